import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { answer, api, me, signIn, signInBy, type Invited } from '../../api/client';
import { keepProven, proven } from '../../api/providers';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { Door } from '../../shell/page';
import { say } from '../../shell/toasts';
import { Providers } from '../sign-in/providers';
import { handleFor } from './handle';

const SHORTEST_CODE = 16; // what is shorter is still being typed, and guesses are counted

interface Waiting { id: string; email: string }

export default function SignUp() {
  const [waiting, setWaiting] = useState<Waiting>();
  // The password is kept nowhere on the device: all else is, until it has arrived.
  const [password, setPassword] = useState('');
  const { route } = useLocation();
  const enter = async (email: string) => {
    const by = proven();
    await (by ? signInBy(by.identity) : signIn(email, password));
    keepProven(undefined);
    route('/app/welcome', true);
  };
  return waiting
    ? <Confirm waiting={waiting} enter={() => enter(waiting.email)} />
    : <Open password={password} onPassword={setPassword} wait={setWaiting} enter={enter} />;
}

function Open({ password, onPassword, wait, enter }: { password: string; onPassword: (password: string) => void; wait: (waiting: Waiting) => void; enter: (email: string) => Promise<void> }) {
  const { query } = useLocation();
  // Behind a hash a code is told to nobody on its way here.
  const [by, setBy] = useState(proven);
  const start = { email: query.email ?? by?.email ?? '', code: query.code ?? decodeURIComponent(location.hash.slice(1)), name: by?.name ?? '', handle: '' };
  const form = useForm('sign-up', start, async (values, key) => {
    const account = { ...values, handle: values.handle || handleFor(values.name), ...(by ? { identity: by.identity } : { password }) };
    const opened = await answer(api.POST('/v1/accounts', { params: { header: { 'Idempotency-Key': key } }, body: account }));
    if (opened.confirmed === false) wait({ id: opened.id, email: values.email });
    else await enter(values.email);
  });
  const { values, set, problem } = form;
  const suggested = handleFor(values.name);
  return (
    <Door title="Open your account" intro="Polyfolio grows by invitation. Yours has a code; it works once.">
      <Inviter code={values.code} />
      <form class="stack" onSubmit={form.submit} noValidate>
        <TextField label="Invitation code" name="code" autocomplete="off" spellcheck={false} value={values.code} onValue={(code) => set({ code: code.trim() })} fault={problem?.at('code')} />
        <TextField label="E-mail" type="email" name="email" autocomplete="username" value={values.email} onValue={(email) => set({ email })} fault={problem?.at('email')} />
        <TextField label="Name" name="name" autocomplete="name" value={values.name} onValue={(name) => set({ name })} fault={problem?.at('name')} />
        <TextField label="Handle" name="handle" autocomplete="off" spellcheck={false} autocapitalize="none" placeholder={suggested} value={values.handle} onValue={(handle) => set({ handle: handle.replace(/^@/, '') })} hint={`Your address: ${location.host}/@${values.handle || suggested || '…'}. You can change it later.`} fault={problem?.at('handle')} />
        {by ? (
          <p class="notice">Your account at {by.provider} signs you in: no password is needed. <button type="button" class="link-like" onClick={() => { keepProven(undefined); setBy(undefined); }}>Take a password instead</button>{problem?.at('identity') && <span class="fault">{problem.at('identity')}</span>}</p>
        ) : <TextField label="Password" type="password" name="password" autocomplete="new-password" value={password} onValue={onPassword} hint="12 characters or more; a few words are good." fault={problem?.at('password')} />}
        <Fault problem={problem} />
        <Send busy={form.busy}>Open your account</Send>
      </form>
      {!by && <Providers then="/app/" say="Without a password: by" />}
      <p class="soft">You have an account? <a href="/app/sign-in">Sign in</a>. No invitation? <a href="/app/waiting-list">Wait for a place</a>.</p>
    </Door>
  );
}

/** Who invites and why; or, where the code is no longer good, what to do now. */
function Inviter({ code }: { code: string }) {
  const [shown, setShown] = useState<Invited>();
  useEffect(() => {
    setShown(undefined);
    if (code.length < SHORTEST_CODE) return undefined;
    const timer = setTimeout(() => {
      answer(api.GET('/v1/invitations/{code}', { params: { path: { code } } })).then(setShown).catch(() => undefined); // an admission's code is nobody's
    }, 300);
    return () => clearTimeout(timer);
  }, [code]);
  if (!shown) return null;
  if (shown.inviter?.id && shown.inviter.id === me.value?.id) return <p class="notice">This is your own link: hand it on.</p>;
  if (!shown.holds) return <p class="notice wrong">{shown.reason}</p>;
  return <p class="notice good"><strong>{shown.inviter?.name}</strong> invites you.{shown.note && ` “${shown.note}”`}</p>;
}

function Confirm({ waiting, enter }: { waiting: Waiting; enter: () => Promise<void> }) {
  const form = useForm(undefined, { code: '' }, async ({ code }, key) => {
    await answer(api.POST('/v1/accounts/confirmations', { params: { header: { 'Idempotency-Key': key } }, body: { ...waiting, code } }));
    await enter();
  });
  const again = useForm(undefined, {}, async () => {
    await answer(api.POST('/v1/accounts/confirmation-codes', { body: waiting }));
    say('A new code is on its way; the former one counts no more.');
  });
  return (
    <Door title="Is this your address?" intro={`A code of six digits is on its way to ${waiting.email}. Your handle is held for a day.`}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <TextField label="Code" inputmode="numeric" autocomplete="one-time-code" maxLength={6} autofocus value={form.values.code} onValue={(code) => form.set({ code: code.trim() })} fault={form.problem?.at('code')} />
        <Fault problem={form.problem ?? again.problem} />
        <div class="spread">
          <Send busy={form.busy}>Open your account</Send>
          <button type="button" class="link-like" onClick={again.submit}>Send another code</button>
        </div>
      </form>
    </Door>
  );
}
