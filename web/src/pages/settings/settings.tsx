import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { answer, api, groups, me, noted, type FollowCounts } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { Pills } from '../../forms/pills';
import { Page } from '../../shell/page';
import { say } from '../../shell/toasts';
import { Email } from './email';
import { Identities } from './identities';
import { Leaving } from './leaving';
import { Sessions } from './sessions';
import './settings.css';

type Theme = 'system' | 'light' | 'dark';
const THEMES: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const theme = signal<Theme>((document.documentElement.dataset.theme as Theme | undefined) ?? 'system');

export default function Settings() {
  return (
    <Page title="Settings">
      <div class="stack settings">
        <section class="stack"><Pills legend="Colours" name="theme" options={THEMES} value={theme.value} onValue={choose} /></section>
        <Ways />
        <Visibility />
        <Handle />
        <Email />
        <Password />
        <Identities />
        <Sessions />
        <Leaving />
      </div>
    </Page>
  );
}

/** What has a page of its own; and what nobody else is told. */
function Ways() {
  const [counts, setCounts] = useState<FollowCounts>();
  useEffect(() => void answer(api.GET('/v1/me/follow-counts')).then(setCounts).catch(() => undefined), []); // the rest is there without
  return (
    <section class="stack">
      <h2>Yours</h2>
      <ul class="plain ways">
        <li><a href="/app/invitations">Invitations</a> <span class="soft small">Bring somebody in.</span></li>
        <li><a href="/app/sources">Sources</a> <span class="soft small">What you publish elsewhere, archives, tools.</span></li>
        <li><a href="/app/privacy">Who sees what</a> <span class="soft small">Employer shield, view as, blocks, reveals.</span></li>
        <li><a href="/app/settings/domain">Your own domain</a> <span class="soft small">Where your profile is found.</span></li>
        <li><a href="/app/tokens">Tokens</a> <span class="soft small">For programs of your own.</span></li>
        {groups.value.includes('operators') && <li><a href="/app/admissions">Admissions</a> <span class="soft small">For operators: who waits, and who is next.</span></li>}
      </ul>
      {counts && <p class="soft small">{counts.followers === 1 ? 'One member follows you' : `${counts.followers} members follow you`}, and you follow {counts.following}. Nobody else is told.</p>}
    </section>
  );
}

function choose(now: Theme): void {
  theme.value = now;
  if (now === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem('theme');
  } else {
    document.documentElement.dataset.theme = now;
    localStorage.setItem('theme', now);
  }
}

function Visibility() {
  const [problem, setProblem] = useState<Problem>();
  const save = async (body: { visibility?: 'public' | 'members'; in_space_station?: boolean }) => {
    setProblem(undefined);
    try {
      noted(await answer(api.PATCH('/v1/me', { body })));
      say('Saved.');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    }
  };
  return (
    <section class="stack">
      <Pills legend="Who sees your profile" name="visibility" options={{ public: 'Everybody', members: 'Members only' }} value={me.value!.visibility} onValue={(visibility) => void save({ visibility })} />
      <label class="choice"><input type="checkbox" checked={me.value!.in_space_station} onChange={(event) => void save({ in_space_station: event.currentTarget.checked })} />Show me in Space Station, where people are found by what they are open to</label>
      <Fault problem={problem} />
    </section>
  );
}

function Handle() {
  const form = useForm('handle', { handle: me.value!.handle }, async ({ handle }) => {
    const params = { header: { 'If-Match': `"${me.value!.version}-"` } };
    noted(await answer(api.PUT('/v1/me/handle', { params, body: { handle } })));
    say(`You are @${me.value!.handle} now. Your former address leads to the new one.`);
  });
  return (
    <form class="stack" onSubmit={form.submit} noValidate>
      <h2>Handle</h2>
      <TextField label="Your handle" autocomplete="off" autocapitalize="none" spellcheck={false} value={form.values.handle} onValue={(handle) => form.set({ handle: handle.replace(/^@/, '') })} hint={`Your address: ${location.host}/@${form.values.handle}`} fault={form.problem?.at('handle')} />
      <Fault problem={form.problem} />
      <div><Send busy={form.busy}>Change handle</Send></div>
    </form>
  );
}

function Password() {
  const nothing = { old_password: '', password: '' };
  const form = useForm(undefined, nothing, async (body) => {
    await answer(api.PUT('/v1/me/password', { body }));
    form.reset(nothing);
    say('Your password is changed.');
  });
  const { values, set, problem } = form;
  return (
    <form class="stack" onSubmit={form.submit} noValidate>
      <h2>Password</h2>
      <input class="unseen" type="text" autocomplete="username" value={me.value!.handle} readOnly tabIndex={-1} aria-hidden="true" />
      <TextField label="Present password" type="password" autocomplete="current-password" value={values.old_password} onValue={(old_password) => set({ old_password })} fault={problem?.at('old_password')} />
      <TextField label="New password" type="password" autocomplete="new-password" value={values.password} onValue={(password) => set({ password })} hint="12 characters or more; a few words are good." fault={problem?.at('password')} />
      <Fault problem={problem} />
      <div><Send busy={form.busy}>Change password</Send></div>
    </form>
  );
}
