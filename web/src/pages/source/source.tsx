import { useEffect, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { answer, api, type SourceEntry, type SourceWhole } from '../../api/client';
import { Problem } from '../../api/problem';
import { useTrying } from '../../api/trying';
import { Fault } from '../../forms/form';
import { Pills } from '../../forms/pills';
import { Page, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';
import { said as dated } from '../../time/dates';
import NotFound from '../not-found/not-found';
import { ConnectLinkedin } from '../sources/linkedin';
import { PUBLISH, STATES } from '../sources/said';
import '../sources/sources.css';

const EVERY_MS = 2_000;
const LOOKS_MS = 30_000;
const MOST = 200;
const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** What a source has, what of it is taken, and how it is doing. */
export default function SourcePage() {
  const { id } = useRoute().params as { id: string };
  const [of, setOf] = useState<SourceWhole | null>();
  const path = { source_id: id };
  const look = () => answer(api.GET('/v1/sources/{source_id}', { params: { path } })).then(setOf).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 404) setOf(null);
  });
  useEffect(() => void look(), [id]);
  const isNew = of?.state === 'previewing' && !of.polled_at;
  useEffect(() => {
    if (!isNew) return undefined;
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => clearInterval(timer);
  }, [isNew, id]);
  if (of === null) return <NotFound />;
  if (!of) return <Waiting what="Opening the source" />;
  return (
    <Page title={of.title || of.address} intro={<><a href="/app/sources">Sources</a> · {STATES[of.state]} · {of.kind === 'linkedin' ? of.address : of.feed_url || of.address}</>}>
      <div class="stack">
        {of.trouble && <p class="notice wrong">{of.trouble.reason} <span class="soft">Since {MOMENT.format(new Date(of.trouble.since))}. {of.next_poll_at && 'It is tried again by itself.'}</span></p>}
        {of.trouble?.code === 'reconnect' && <ConnectLinkedin again />}
        {of.kind === 'linkedin' && of.state === 'previewing' && <p class="soft">What has no date stays out of this list: its archive asks you for one.</p>}
        {isNew && !of.trouble ? <><Waiting what="Looking what is there" /><p class="soft">We look what is there …</p></> : <Entries of={of} again={look} />}
        {of.state !== 'previewing' && <Own of={of} again={look} />}
        <Remove of={of} />
      </div>
    </Page>
  );
}

function Entries({ of, again }: { of: SourceWhole; again: () => Promise<unknown> }) {
  const waiting = of.entries.filter((each) => each.state === 'found');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set(waiting.filter((each) => !each.is_reply).map((each) => each.id)));
  const { problem, busy, trying } = useTrying();
  useEffect(() => setTicked(new Set(waiting.filter((each) => !each.is_reply).map((each) => each.id))), [waiting.map((each) => each.id).join()]);
  const edit = (body: object, what: string) => trying(async () => {
    await answer(api.PATCH('/v1/sources/{source_id}', { params: { path: { source_id: of.id }, header: { 'If-Match': `"${of.version}-"` } }, body }));
    say(what);
    await again();
  });
  const take = () => edit({ take: [...ticked].slice(0, MOST), ...(of.state === 'previewing' && { state: 'active' }) }, ticked.size ? `${ticked.size === 1 ? 'One comes' : `${ticked.size} come`} to your timeline.` : 'Nothing of it is taken. What comes later is.');
  const toggle = (id: string, on: boolean) => setTicked((old) => new Set(on ? [...old, id] : [...old].filter((each) => each !== id)));
  const chooses = waiting.length > 0 || (of.state === 'previewing' && !of.trouble); // one can take nothing, and what comes later
  const gone = of.entries.filter((each) => each.state === 'gone');
  return (
    <>
      {chooses && (
        <section class="stack" aria-labelledby="found">
          <h2 id="found">{waiting.length === 1 ? 'One entry' : `${waiting.length} entries`} to choose from</h2>
          {waiting.length > 1 && <div class="row"><button type="button" class="button small" onClick={() => setTicked(new Set(waiting.map((each) => each.id)))}>All</button><button type="button" class="button small" onClick={() => setTicked(new Set())}>None</button></div>}
          <ul class="plain">{waiting.map((each) => <li key={each.id}><label class="found-row"><input type="checkbox" checked={ticked.has(each.id)} onChange={(event) => toggle(each.id, event.currentTarget.checked)} /><About of={each} /></label></li>)}</ul>
          <div class="panel bar-below row"><button type="button" class="button main" disabled={busy} onClick={take}>{ticked.size === 1 ? 'Take over one' : `Take over ${ticked.size}`}</button><span class="hint">{of.state === 'previewing' ? 'And what comes from now on, by itself.' : ''}</span></div>
        </section>
      )}
      {gone.length > 0 && (
        <section class="stack" aria-labelledby="gone">
          <h2 id="gone">No longer at the source</h2>
          <ul class="plain">
            {gone.map((each) => (
              <li key={each.id} class="spread listed-row"><About of={each} />
                <span class="row"><button type="button" class="button small" onClick={() => edit({ keep: [each.id] }, 'It stays.')}>Keep it</button><button type="button" class="button small" onClick={() => edit({ remove: [each.id] }, 'It is taken off.')}>Take it off</button></span></li>
            ))}
          </ul>
        </section>
      )}
      <Fault problem={problem} />
    </>
  );
}

function About({ of }: { of: SourceEntry }) {
  return <span><span>{of.title}</span><span class="soft small">{[of.start ? dated(of.start) : 'no date', of.is_reply && 'perhaps an answer to somebody'].filter(Boolean).join(' · ')}</span></span>;
}

function Own({ of, again }: { of: SourceWhole; again: () => Promise<unknown> }) {
  const { problem, busy, trying } = useTrying();
  const path = { source_id: of.id };
  const edit = (body: object) => trying(async () => {
    await answer(api.PATCH('/v1/sources/{source_id}', { params: { path, header: { 'If-Match': `"${of.version}-"` } }, body }));
    say('Saved.');
    await again();
  });
  const [looks, setLooks] = useState(false);
  const poll = () => trying(async () => {
    await answer(api.POST('/v1/sources/{source_id}/polls', { params: { path } }));
    setLooks(true);
  });
  useEffect(() => setLooks(false), [of.catch?.at, of.trouble?.since]);
  useEffect(() => {
    if (!looks) return undefined;
    const timer = setInterval(() => void again(), EVERY_MS);
    const end = setTimeout(() => setLooks(false), LOOKS_MS); // where nothing is new, nothing says so
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [looks]);
  return (
    <section class="stack" aria-labelledby="own">
      <h2 id="own">How it goes on</h2>
      <p class="soft">{of.polled_at ? `Last looked at ${MOMENT.format(new Date(of.polled_at))}.` : 'Not looked at yet.'} {of.is_pushed ? 'It tells of news itself, within seconds.' : of.next_poll_at && `Next: ${MOMENT.format(new Date(of.next_poll_at))}.`}{looks && <span role="status"> We look now …</span>}</p>
      {of.catch && <p class="soft">{caught(of.catch)}</p>}
      <Pills legend="What comes" name="publish" options={PUBLISH} value={of.publish} onValue={(publish) => edit({ publish })} />
      <div class="row">
        {of.state === 'active' && <button type="button" class="button" disabled={busy} onClick={poll}>Look now</button>}
        {of.state === 'active' && <button type="button" class="button" disabled={busy} onClick={() => edit({ state: 'paused' })}>Pause</button>}
        {of.state === 'paused' && <button type="button" class="button" disabled={busy} onClick={() => edit({ state: 'active' })}>Go on</button>}
      </div>
      <Fault problem={problem} />
    </section>
  );
}

/** `1 new, 2 changed, of 30 entries, on 24 Nov 2026, 09:48.` */
function caught({ at, entries, new: fresh, changed }: NonNullable<SourceWhole['catch']>): string {
  const what = [fresh && `${fresh} new`, changed && `${changed} changed`].filter(Boolean).join(', ') || 'Nothing new';
  return `${what}, of ${entries === 1 ? 'one entry' : `${entries} entries`}, on ${MOMENT.format(new Date(at))}.`;
}

function Remove({ of }: { of: SourceWhole }) {
  const { route } = useLocation();
  const [asking, setAsking] = useState(false);
  const { problem, trying } = useTrying();
  const remove = (highlights: 'keep' | 'remove') => trying(async () => {
    await answer(api.DELETE('/v1/sources/{source_id}', { params: { path: { source_id: of.id }, query: { highlights } } }));
    say('It is disconnected.');
    route('/app/sources');
  });
  return (
    <section class="stack">
      {!asking ? <div><button type="button" class="button danger" onClick={() => setAsking(true)}>Disconnect …</button></div> : (
        <div class="panel stack">
          <p>What came from it: does it stay on your timeline? What you have edited stays in any case.</p>
          <div class="row"><button type="button" class="button" onClick={() => remove('keep')}>It stays</button><button type="button" class="button danger" onClick={() => remove('remove')}>It goes too</button><button type="button" class="button quiet" onClick={() => setAsking(false)}>Not now</button></div>
        </div>
      )}
      <Fault problem={problem} />
    </section>
  );
}
