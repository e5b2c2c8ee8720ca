import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { answer, api } from '../../api/client';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { Door } from '../../shell/page';
import { say } from '../../shell/toasts';

export default function ForgottenPassword() {
  const { query } = useLocation();
  const [asked, setAsked] = useState<string>();
  return asked === undefined
    ? <Ask email={query.email ?? ''} done={setAsked} />
    : <NewPassword email={asked} again={() => setAsked(undefined)} />;
}

function Ask({ email, done }: { email: string; done: (email: string) => void }) {
  const form = useForm(undefined, { email }, async (values) => {
    await answer(api.POST('/v1/password-resets', { body: values }));
    done(values.email);
  });
  return (
    <Door title="Forgotten password" intro="We send a code to your address, and you choose a new password by it.">
      <form class="stack" onSubmit={form.submit} noValidate>
        <TextField label="E-mail" type="email" autocomplete="username" autofocus value={form.values.email} onValue={(email) => form.set({ email })} fault={form.problem?.at('email')} />
        <Fault problem={form.problem} />
        <Send busy={form.busy}>Send me a code</Send>
      </form>
      <p class="soft"><a href="/app/sign-in">Back to signing in</a></p>
    </Door>
  );
}

function NewPassword({ email, again }: { email: string; again: () => void }) {
  const { route } = useLocation();
  const form = useForm(undefined, { code: '', password: '' }, async (values) => {
    await answer(api.PUT('/v1/password-resets', { body: { ...values, email } }));
    say('Your password is changed. All other devices are signed out.');
    route(`/app/sign-in?email=${encodeURIComponent(email)}`, true);
  });
  const { values, set, problem } = form;
  return (
    <Door title="A new password" intro={`If ${email} has an account here, a code of six digits is on its way.`}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <TextField label="Code" inputmode="numeric" autocomplete="one-time-code" maxLength={6} autofocus value={values.code} onValue={(code) => set({ code: code.trim() })} fault={problem?.at('code')} />
        <TextField label="New password" type="password" autocomplete="new-password" value={values.password} onValue={(password) => set({ password })} hint="12 characters or more; a few words are good." fault={problem?.at('password')} />
        <Fault problem={problem} />
        <div class="spread">
          <Send busy={form.busy}>Change password</Send>
          <button type="button" class="link-like" onClick={again}>Another address</button>
        </div>
      </form>
    </Door>
  );
}
