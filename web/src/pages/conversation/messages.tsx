import { useEffect, useRef, useState } from 'preact/hooks';
import { answer, api, type ContactWhole, type Message } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault, Field, Send, useForm } from '../../forms/form';
import { Waiting } from '../../shell/page';
import { lookForWaiting } from '../../shell/waiting';
import { merged } from './merged';

const EVERY_MS = 5_000;
const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** In order, the latest at the end; new ones come by themselves while the page is looked at. */
export function Messages({ of }: { of: ContactWhole }) {
  const talk = useTalk(of);
  const last = useRef<HTMLLIElement>(null);
  const name = of.other?.name ?? 'They';
  const path = { contact_id: of.id };
  const form = useForm(`message-${of.id}`, { message: '' }, async ({ message }, key) => {
    if (!message.trim()) throw new Problem(422, 'There is nothing to send yet.');
    const sent = await answer(api.POST('/v1/contacts/{contact_id}/messages', { params: { path, header: { 'Idempotency-Key': key } }, body: { message } }));
    talk.put([sent]);
    form.reset({ message: '' });
  });
  useEffect(() => last.current?.scrollIntoView({ block: 'nearest' }), [talk.items.at(-1)?.number]);
  if (!talk.known) return talk.problem ? <Fault problem={talk.problem} /> : <Waiting what="Loading messages" />;
  return (
    <section class="stack" aria-labelledby="talk">
      <h2 id="talk" class="unseen">Messages</h2>
      {talk.older && <div><button type="button" class="button small" onClick={talk.older}>Earlier messages</button></div>}
      {!talk.items.length && <p class="soft">Nothing is said yet. Begin.</p>}
      <ol class="talk" aria-live="polite">
        {talk.items.map((each) => [
          each.number === talk.newFrom && <li key="new" class="new-from">New</li>,
          <li key={each.number} ref={each === talk.items.at(-1) ? last : undefined} class={each.mine ? 'mine' : ''}>
            <span class="unseen">{each.mine ? 'You' : name}: </span>{each.message}<time dateTime={each.sent_at}>{MOMENT.format(new Date(each.sent_at))}</time>
          </li>,
        ])}
      </ol>
      {of.state === 'interested' && talk.open ? (
        <form class="stack write" onSubmit={form.submit} noValidate onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit(); }}>
          <Field label={`Write to ${name}`} hint="Ctrl and Enter sends." fault={form.problem?.at('message')}>
            {(given) => <textarea {...given} maxLength={5000} value={form.values.message} onInput={(event) => form.set({ message: event.currentTarget.value })} />}
          </Field>
          <Fault problem={form.problem} />
          <div><Send busy={form.busy}>Send</Send></div>
        </form>
      ) : <p class="notice">This conversation has ended. What was said stays.</p>}
    </section>
  );
}

function useTalk(of: ContactWhole) {
  const path = { contact_id: of.id };
  const [held, setHeld] = useState<{ items: Message[]; next?: string | null; newer?: string; newFrom?: number; state?: string }>();
  const [problem, setProblem] = useState<Problem>();
  const newer = useRef<string>(undefined);
  const read = useRef(0);

  const put = (items: Message[]) => setHeld((old) => old && { ...old, items: merged(old.items, items) });
  const seen = (items: Message[]) => {
    const highest = Math.max(0, ...items.map((each) => each.number));
    if (document.hidden || highest <= read.current) return;
    read.current = highest;
    answer(api.PUT('/v1/contacts/{contact_id}/messages/read', { params: { path }, body: { up_to: highest } })).then(lookForWaiting).catch(() => undefined); // the next one says it as well
  };
  const quietly = (error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    setProblem(error);
  };
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    answer(api.GET('/v1/contacts/{contact_id}/messages', { params: { path, query: { limit: 50 } }, signal })).then((page) => {
      newer.current = page.newer;
      read.current = page.read_up_to;
      const firstNew = merged([], page.items).find((each) => !each.mine && each.number > page.read_up_to);
      setHeld({ items: merged([], page.items), next: page.next, newFrom: firstNew?.number, state: page.state });
      seen(page.items);
    }).catch((error: unknown) => signal.aborted || quietly(error));
    const look = async () => {
      if (document.hidden || !newer.current) return;
      const page = await answer(api.GET('/v1/contacts/{contact_id}/messages', { params: { path, query: { since: newer.current, limit: 50 } }, signal }));
      newer.current = page.newer;
      if (page.items.length) put(page.items);
      setHeld((old) => (old && old.state !== page.state ? { ...old, state: page.state } : old));
      seen(page.items);
    };
    const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS); // without a line: the next one
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [of.id]);
  const earlier = () => {
    answer(api.GET('/v1/contacts/{contact_id}/messages', { params: { path, query: { after: held!.next!, limit: 50 } } }))
      .then((page) => setHeld((old) => old && { ...old, items: merged(old.items, page.items), next: page.next })).catch(quietly);
  };
  return { known: !!held, items: held?.items ?? [], newFrom: held?.newFrom, open: held?.state === 'interested', problem, put, older: held?.next ? earlier : undefined };
}
