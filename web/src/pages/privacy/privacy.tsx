import { useEffect, useState } from 'preact/hooks';
import { answer, api, me, noted, type Member } from '../../api/client';
import { Problem } from '../../api/problem';
import { useTrying } from '../../api/trying';
import { Fault, Field, Send, TextField, useForm } from '../../forms/form';
import { Page, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';
import { activities, load, nameOf } from '../profile/activities';
import '../settings/settings.css';

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** From whom what is hidden, and how it then looks to them. */
export default function Privacy() {
  void activities.value;
  useEffect(load, []);
  return (
    <Page title="Who sees what" intro={<>Whether your profile is for everybody is among your <a href="/app/settings">settings</a>; each highlight has its own switch.</>}>
      <div class="stack settings">
        <Shield />
        <ViewAs />
        <Blocks />
        <Reveals />
      </div>
    </Page>
  );
}

/** `a.example, @ben` and line breaks. */
function listed(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).map((each) => each.trim().replace(/^@/, '').toLowerCase()).filter(Boolean))];
}

function Shield() {
  const { shield } = me.value!;
  const start = { domains: shield.domains.join('\n'), members: shield.members.map((each) => `@${each.handle}`).join('\n') };
  const form = useForm('shield', start, async ({ domains, members }) => {
    noted(await answer(api.PUT('/v1/me/shield', { body: { domains: listed(domains), members: listed(members) } })));
    say(listed(domains).length + listed(members).length ? 'Your shield is up.' : 'Your shield is down.');
  });
  const { values, set, problem } = form;
  return (
    <form class="stack" onSubmit={form.submit} noValidate>
      <h2>Employer shield</h2>
      <p class="soft">What you are open to is hidden from everybody with a mail address at these domains, and from these members. While anybody is named, visitors without an account do not see it either.</p>
      <Field label="Domains" hint="One a line, as company.example. Those below it are covered." fault={problem?.at('domains')}>
        {(given) => <textarea {...given} class="short" value={values.domains} onInput={(event) => set({ domains: event.currentTarget.value })} />}
      </Field>
      <Field label="Members" hint="One handle a line." fault={problem?.at('members')}>
        {(given) => <textarea {...given} class="short" value={values.members} onInput={(event) => set({ members: event.currentTarget.value })} />}
      </Field>
      <Fault problem={problem} />
      <div><Send busy={form.busy}>Save the shield</Send></div>
    </form>
  );
}

function ViewAs() {
  const [seen, setSeen] = useState<Member | null>();
  const form = useForm(undefined, { who: '' }, async ({ who }) => {
    const said = who.trim().toLowerCase();
    const query = said.includes('.') ? { domain: said.replace(/^.*@/, '') } : said ? { member: said.replace(/^@/, '') } : {};
    setSeen(undefined);
    setSeen(await answer(api.GET('/v1/me/view-as', { params: { query } })).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 404 && !query.member) return null;
      throw error;
    }));
  });
  return (
    <section class="stack" aria-labelledby="view-as">
      <h2 id="view-as">See it as somebody else</h2>
      <form class="stack" onSubmit={form.submit} noValidate>
        <TextField label="As whom" autocapitalize="none" spellcheck={false} value={form.values.who} onValue={(who) => form.set({ who })} hint="A handle, a mail domain; or nobody, for a visitor." placeholder="@ben, or company.example" fault={form.problem?.at('domain') ?? form.problem?.at('member')} />
        <Fault problem={form.problem} />
        <div><Send busy={form.busy}>Look</Send></div>
      </form>
      {seen === null && <p class="notice">They do not see your profile at all.</p>}
      {seen && (
        <div class="panel stack" role="status">
          <p><strong>{seen.name}</strong>{seen.headline && `: ${seen.headline}`}</p>
          {seen.open_to.length ? <ul>{seen.open_to.map((each) => <li key={each.activity}>{nameOf(each.activity)}{each.note && <span class="soft">: {each.note}</span>}</li>)}</ul> : <p class="soft">They see nothing that you are open to, and cannot contact you.</p>}
        </div>
      )}
    </section>
  );
}

interface Row { key: string; name: string; handle?: string | null; note?: string }

function Rows({ items, next, more, act, label, nothing }: { items?: Row[]; next?: string | null; more: () => void; act?: (row: Row) => void; label?: string; nothing: string }) {
  if (!items) return <Waiting what="Loading" />;
  if (!items.length && !next) return <p class="soft">{nothing}</p>;
  return (
    <>
      <ul class="plain">
        {items.map((each) => (
          <li key={each.key} class="spread listed-row">
            <span>{each.handle && !act ? <a href={`/app/@${each.handle}`}>{each.name}</a> : each.name} <span class="soft small">{each.handle && `@${each.handle}`} {each.note}</span></span>
            {act && <button type="button" class="button small" aria-label={`${label} ${each.name}`} onClick={() => act(each)}>{label}</button>}
          </li>
        ))}
      </ul>
      {next && <div><button type="button" class="button small" onClick={more}>Show more</button></div>}
    </>
  );
}

function Blocks() {
  const [held, setHeld] = useState<{ items: Row[]; next?: string | null }>();
  const { problem, trying } = useTrying();
  const page = (after?: string) => trying(async () => {
    const got = await answer(api.GET('/v1/blocks', { params: { query: { limit: 50, ...(after && { after }) } } }));
    setHeld((old) => ({ items: [...(after ? old?.items ?? [] : []), ...got.items.map((each) => ({ key: each.id, name: each.name, handle: each.handle }))], next: got.next }));
  });
  useEffect(() => page(), []);
  const unblock = (row: Row) => trying(async () => {
    await answer(api.DELETE('/v1/blocks/{handle}', { params: { path: { handle: row.handle! } } }));
    setHeld((old) => old && { ...old, items: old.items.filter((each) => each.key !== row.key) });
    say(`${row.name} is blocked no more.`);
  });
  return (
    <section class="stack" aria-labelledby="blocks">
      <h2 id="blocks">Whom you block</h2>
      <Rows items={held?.items} next={held?.next} more={() => page(held?.next ?? undefined)} act={unblock} label="Unblock" nothing="Nobody." />
      <Fault problem={problem} />
    </section>
  );
}

function Reveals() {
  const [held, setHeld] = useState<{ items: Row[]; next?: string | null }>();
  const { problem, trying } = useTrying();
  const page = (after?: string) => trying(async () => {
    const got = await answer(api.GET('/v1/me/reveals', { params: { query: { limit: 50, ...(after && { after }) } } }));
    const rows = got.items.map((each) => ({ key: each.member_id, name: each.name ?? 'Former member', handle: each.handle, note: DAY.format(new Date(each.at)) }));
    setHeld((old) => ({ items: [...(after ? old?.items ?? [] : []), ...rows], next: got.next }));
  });
  useEffect(() => page(), []);
  const form = useForm(undefined, { handle: '' }, async ({ handle }) => {
    await answer(api.PUT('/v1/me/reveals/{handle}', { params: { path: { handle: handle.trim().replace(/^@/, '').toLowerCase() } } }));
    form.reset({ handle: '' });
    say('Where they found you blind, they now see who you are.');
    page();
  });
  return (
    <section class="stack" aria-labelledby="reveals">
      <h2 id="reveals">Who knows you from a blind search</h2>
      <Rows items={held?.items} next={held?.next} more={() => page(held?.next ?? undefined)} nothing="You have told nobody." />
      <form class="stack" onSubmit={form.submit} noValidate>
        <TextField label="Tell somebody who you are" autocapitalize="none" spellcheck={false} value={form.values.handle} onValue={(handle) => form.set({ handle })} placeholder="@handle" hint="It is written down here, and cannot be taken back." />
        <Fault problem={form.problem ?? problem} />
        <div><Send busy={form.busy}>Tell them</Send></div>
      </form>
    </section>
  );
}
