import { useState } from 'preact/hooks';
import { answer, api } from '../../api/client';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { say } from '../../shell/toasts';

/** Another address: a code goes to the new one, and nothing changes before it comes back. */
export function Email() {
  const [asked, setAsked] = useState<string>();
  const nothing = { email: '', password: '' };
  const form = useForm(undefined, nothing, async (body) => {
    await answer(api.POST('/v1/me/email-changes', { body }));
    setAsked(body.email);
    form.reset(nothing);
  });
  if (asked) return <Confirm email={asked} done={() => setAsked(undefined)} />;
  const { values, set, problem } = form;
  return (
    <form class="stack" onSubmit={form.submit} noValidate>
      <h2>E-mail address</h2>
      <TextField label="New address" type="email" autocomplete="email" value={values.email} onValue={(email) => set({ email })} hint="You sign in with it, and mails go there." fault={problem?.at('email')} />
      <TextField label="Your password" type="password" autocomplete="current-password" value={values.password} onValue={(password) => set({ password })} fault={problem?.at('password')} />
      <Fault problem={problem} />
      <div><Send busy={form.busy}>Change address</Send></div>
    </form>
  );
}

function Confirm({ email, done }: { email: string; done: () => void }) {
  const form = useForm(undefined, { code: '' }, async ({ code }) => {
    await answer(api.PUT('/v1/me/email-changes', { body: { code } }));
    say(`Your address is ${email} now.`);
    done();
  });
  return (
    <form class="stack" onSubmit={form.submit} noValidate>
      <h2>E-mail address</h2>
      <p>A code of six digits is on its way to {email}. Until it is given, your address stays what it was.</p>
      <TextField label="Code" inputmode="numeric" autocomplete="one-time-code" maxLength={6} autofocus value={form.values.code} onValue={(code) => form.set({ code: code.trim() })} fault={form.problem?.at('code')} />
      <Fault problem={form.problem} />
      <div class="row"><Send busy={form.busy}>Confirm</Send><button type="button" class="button quiet" onClick={done}>Another address</button></div>
    </form>
  );
}
