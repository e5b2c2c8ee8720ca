import { useEffect, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { answer, api, type ContactWhole } from '../../api/client';
import { Problem } from '../../api/problem';
import { useTrying } from '../../api/trying';
import { Fault } from '../../forms/form';
import { useTitle, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';
import { lookForWaiting } from '../../shell/waiting';
import { STATES } from '../contacts/contacts';
import NotFound from '../not-found/not-found';
import { activities, load, nameOf } from '../profile/activities';
import { Messages } from './messages';
import '../contacts/contacts.css';

type Decision = 'interested' | 'not_now' | 'withdrawn' | 'ended';
const SAID: Record<Decision, string> = {
  interested: 'Now you can write to each other.', not_now: 'Nobody is told.', withdrawn: 'It is taken back.', ended: 'The conversation has ended.',
};
const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** What was asked, what came of it, and what the two write to each other. */
export default function Conversation() {
  const { id } = useRoute().params as { id: string };
  const [of, setOf] = useState<ContactWhole | null>();
  const name = of?.other?.name ?? 'Somebody whom you found blind';
  void activities.value;
  useTitle(of ? name : 'Contact');
  useEffect(load, []);
  useEffect(() => {
    answer(api.GET('/v1/contacts/{contact_id}', { params: { path: { contact_id: id } } })).then(setOf).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setOf(null);
    });
  }, [id]);
  if (of === null) return <NotFound />;
  if (!of) return <Waiting what="Opening the contact" />;
  const talks = of.state === 'interested' || of.state === 'ended';
  return (
    <div class="page narrow">
      <header>
        <p class="small"><a href={`/app/contacts?list=${talks ? 'conversations' : of.role === 'sender' ? 'sent' : 'waiting'}`}>Contacts</a></p>
        <h1>{of.other?.handle ? <a class="plain-link" href={`/app/@${of.other.handle}`}>{name}</a> : name}</h1>
        <p class="soft">{nameOf(of.activity)} · {STATES[of.state]}{of.other?.headline && ` · ${of.other.headline}`}</p>
      </header>
      <div class="stack">
        <section class="panel asked" aria-label="What was asked">
          <p class="small soft">{of.role === 'sender' ? 'You' : name}, {MOMENT.format(new Date(of.created_at))}</p>
          <p class="words">{of.message || 'What was asked is gone, with whoever asked it.'}</p>
          {of.question && <div><p class="label">{of.question}</p><p class="words">{of.answer}</p></div>}
          {of.note && <p class="soft">{of.note}</p>}
        </section>
        <Decide of={of} done={setOf} />
        {talks && <Messages of={of} />}
      </div>
    </div>
  );
}

function Decide({ of, done }: { of: ContactWhole; done: (now: ContactWhole) => void }) {
  const { problem, busy, trying } = useTrying();
  const [told, setTold] = useState(false);
  const decide = (state: Decision) => () => trying(async () => {
    done(await answer(api.PATCH('/v1/contacts/{contact_id}', { params: { path: { contact_id: of.id } }, body: { state } })));
    say(SAID[state]);
    void lookForWaiting();
  });
  const handle = of.other?.handle;
  const reveal = () => trying(async () => {
    await answer(api.PUT('/v1/me/reveals/{handle}', { params: { path: { handle: handle! } } }));
    setTold(true);
    say('Where they found you blind, they now see who you are.');
  });
  const received = of.role === 'recipient' && of.state === 'pending';
  const sent = of.role === 'sender' && of.state === 'pending';
  if (!received && !sent && of.state !== 'interested') return null;
  return (
    <div class="stack">
      <div class="row">
        {received && <button type="button" class="button main" disabled={busy} onClick={decide('interested')}>Interested</button>}
        {received && <button type="button" class="button" disabled={busy} onClick={decide('not_now')}>Not right now</button>}
        {received && handle && !told && <button type="button" class="button quiet" disabled={busy} onClick={reveal}>Tell them who I am</button>}
        {sent && <button type="button" class="button" disabled={busy} onClick={decide('withdrawn')}>Withdraw</button>}
        {of.state === 'interested' && <button type="button" class="button small quiet" disabled={busy} onClick={decide('ended')}>End this conversation</button>}
      </div>
      {received && <p class="hint">“Interested” opens a conversation and tells them who you are. “Not right now” tells nobody.</p>}
      {sent && <p class="hint">It waits until {new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(new Date(of.closes_at))}.</p>}
      <Fault problem={problem} />
    </div>
  );
}
