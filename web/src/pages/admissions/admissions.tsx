import { useEffect, useState } from 'preact/hooks';
import { answer, api, groups, type Admissions as All } from '../../api/client';
import { Problem } from '../../api/problem';
import { useTrying } from '../../api/trying';
import { Fault, Field, Send, useForm } from '../../forms/form';
import { Page, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';
import NotFound from '../not-found/not-found';

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const SETTLED_MS = 2_500; // a round is carried out within seconds

/** For operators: who waits, and the next of them are let in. */
export default function Admissions() {
  return groups.value.includes('operators') ? <Inside /> : <NotFound />;
}

function Inside() {
  const [all, setAll] = useState<All>();
  const { problem, busy, trying } = useTrying();
  const look = () => trying(async () => setAll(await answer(api.GET('/v1/admissions', { params: { query: { limit: 100 } } }))));
  useEffect(look, []);
  const form = useForm(undefined, { count: '10' }, async ({ count }, key) => {
    if (!(Number(count) >= 1 && Number(count) <= 500)) throw new Problem(422, 'One field needs another look.', new Map([['count', 'A number from 1 to 500.']]));
    await answer(api.POST('/v1/admissions', { params: { header: { 'Idempotency-Key': key } }, body: { count: Number(count) } }));
    say(`${Number(count) === 1 ? 'One is' : `${count} are`} being let in; each gets a mail.`);
    setTimeout(look, SETTLED_MS);
  });
  if (!all) return problem ? <Page title="Admissions"><Fault problem={problem} /></Page> : <Waiting what="Loading who waits" />;
  return (
    <Page title="Admissions" intro={all.waiting === 1 ? 'One person waits.' : `${all.waiting.toLocaleString('en')} people wait.`}>
      <div class="stack">
        <form class="panel stack" onSubmit={form.submit} noValidate>
          <Field label="Let in the next" hint="Those who have waited the longest. A link that is not used within 14 days goes to the next one." fault={form.problem?.at('count')}>
            {(given) => <input {...given} type="number" min={1} max={500} value={form.values.count} onInput={(event) => form.set({ count: event.currentTarget.value })} />}
          </Field>
          <Fault problem={form.problem} />
          <div class="row"><Send busy={form.busy}>Admit</Send><button type="button" class="button quiet" disabled={busy} onClick={look}>Look again</button></div>
        </form>
        <Fault problem={problem} />
        <List title="Next in line" items={all.next.map((each) => [each.email, `since ${DAY.format(new Date(each.since))}`])} nothing="Nobody waits." />
        <List title="Admitted and not here yet" items={all.not_come.map((each) => [each.email, `until ${DAY.format(new Date(each.until))}`])} nothing="Everybody who was admitted has come." />
      </div>
    </Page>
  );
}

function List({ title, items, nothing }: { title: string; items: [string, string][]; nothing: string }) {
  return (
    <section class="stack">
      <h2>{title}</h2>
      {!items.length && <p class="soft">{nothing}</p>}
      <ol class="plain">{items.map(([email, when]) => <li key={email} class="spread listed-row"><span>{email}</span><span class="soft small">{when}</span></li>)}</ol>
    </section>
  );
}
