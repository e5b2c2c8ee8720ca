import { useLocation } from 'preact-iso';
import { signIn } from '../../api/client';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { Door } from '../../shell/page';
import { Providers } from './providers';

export default function SignIn() {
  const { query, route } = useLocation();
  const form = useForm(undefined, { email: query.email ?? '', password: '' }, async ({ email, password }) => {
    await signIn(email, password);
    route(inner(query.then), true);
  });
  const { values, set, problem } = form;
  return (
    <Door title="Welcome back" intro="Sign in to your timeline.">
      <form class="stack" onSubmit={form.submit} noValidate>
        <TextField label="E-mail" type="email" name="email" autocomplete="username" autofocus value={values.email} onValue={(email) => set({ email })} fault={problem?.at('email')} />
        <TextField label="Password" type="password" name="password" autocomplete="current-password" value={values.password} onValue={(password) => set({ password })} fault={problem?.at('password')} />
        <Fault problem={problem} />
        <div class="spread">
          <Send busy={form.busy}>Sign in</Send>
          <a href={`/app/forgotten-password?email=${encodeURIComponent(values.email)}`}>Forgotten password?</a>
        </div>
      </form>
      <Providers then={inner(query.then)} say="Sign in by" />
      <p class="soft">You have an invitation? <a href="/app/sign-up">Open your account</a>.</p>
    </Door>
  );
}

/** Only to ourselves: an address from outside could lead anywhere. */
function inner(then: string | undefined): string {
  return then && /^\/app(\/|$)/.test(then) ? then : '/app/';
}
