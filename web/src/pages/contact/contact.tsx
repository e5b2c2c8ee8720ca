import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { answer, api, me, type Activity, type Member } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault, Field, Send, useForm } from '../../forms/form';
import { useHere } from '../../shell/here';
import { Page, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';
import NotFound from '../not-found/not-found';
import { activities, load, nameOf } from '../profile/activities';

interface Ask { activity: Activity['activity']; note: string; question: string }
interface Whom { member: string; name: string; asks: Ask[] }

/** Asks somebody for what they are open to: there is no other way to write to them. */
export default function Contact() {
  const { query } = useHere();
  const [whom, setWhom] = useState<Whom | null>();
  void activities.value;
  useEffect(load, []);
  useEffect(() => {
    if (query.alias) return setWhom({ member: query.alias, name: 'somebody', asks: (query.open ?? '').split(',').filter(Boolean).map((each) => ({ activity: each as Ask['activity'], note: '', question: '' })) });
    answer(api.GET('/v1/members/{handle}', { params: { path: { handle: query.member ?? '' } } })).then((found) => setWhom(whomOf(found))).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setWhom(null);
    });
  }, [query.alias, query.member]);
  if (whom === null) return <NotFound />;
  if (!whom) return <Waiting what="Looking for what they are open to" />;
  if (!whom.asks.length) return <Page title={`Contact ${whom.name}`}><p>There is nothing that you could ask {whom.name} for at present.</p></Page>;
  return <Form whom={whom} activity={query.activity} blind={!!query.alias} />;
}

function whomOf({ handle, name, open_to }: Member): Whom {
  return { member: handle, name, asks: open_to.map(({ activity, note, question }) => ({ activity, note, question })) };
}

function Form({ whom, activity, blind }: { whom: Whom; activity?: string; blind: boolean }) {
  const { route } = useLocation();
  const start = { activity: (whom.asks.find((each) => each.activity === activity) ?? whom.asks[0]!).activity, message: '', answer: '' };
  const form = useForm(`contact-${whom.member.slice(-30)}`, start, async (values, key) => {
    if (!values.message.trim()) throw new Problem(422, 'One field needs another look.', new Map([['message', 'Say what you have in mind.']]));
    const body = { member: whom.member, activity: values.activity, message: values.message, answer: chosen?.question ? values.answer : '' };
    const made = await answer(api.POST('/v1/contacts', { params: { header: { 'Idempotency-Key': key } }, body }));
    say('It is sent. You hear of it when they are interested.');
    route(`/app/contacts/${made.id}`, true);
  });
  const { values, set, problem } = form;
  const chosen = whom.asks.find((each) => each.activity === values.activity) ?? whom.asks[0];
  return (
    <Page title={blind ? 'Ask somebody whom you found blind' : `Ask ${whom.name}`} intro={blind ? 'They see your name. You learn theirs when they are interested.' : 'They say whether they are interested; then you can write to each other.'}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <Field label="What for" hint={chosen?.note || undefined} fault={problem?.at('activity') ?? problem?.at('member')}>
          {(given) => <select {...given} value={chosen?.activity} onChange={(event) => set({ activity: event.currentTarget.value as Ask['activity'] })}>{whom.asks.map((each) => <option key={each.activity} value={each.activity}>{nameOf(each.activity)}</option>)}</select>}
        </Field>
        <Field label="Your message" fault={problem?.at('message')}>
          {(given) => <textarea {...given} maxLength={2000} value={values.message} onInput={(event) => set({ message: event.currentTarget.value })} placeholder="What it is about, when, and why them." />}
        </Field>
        {chosen?.question && (
          <Field label={chosen.question} hint={`${whom.name} asks this of everybody.`} fault={problem?.at('answer')}>
            {(given) => <textarea {...given} maxLength={1000} value={values.answer} onInput={(event) => set({ answer: event.currentTarget.value })} />}
          </Field>
        )}
        <Fault problem={problem} />
        <div class="row"><Send busy={form.busy}>Send</Send><a class="button quiet" href={blind ? '/app/space-station?blind=true' : `/app/@${whom.member}`}>Back</a></div>
        <p class="hint">Sent as {me.value!.name}. It waits for thirty days, and needs no answer.</p>
      </form>
    </Page>
  );
}
