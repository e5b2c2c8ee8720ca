import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { answer, api, type Import, type ImportRow } from '../../api/client';
import { Problem } from '../../api/problem';
import { useTrying } from '../../api/trying';
import { Fault } from '../../forms/form';
import { Pills } from '../../forms/pills';
import { Page, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';
import { period } from '../../time/dates';
import NotFound from '../not-found/not-found';
import { IMPORTED, isMoving, PUBLISH, said } from '../sources/said';
import '../sources/sources.css';

const EVERY_MS = 1_500;
const OUTCOMES: Record<NonNullable<ImportRow['outcome']>, string> = {
  taken: 'on your timeline', updated: 'updated', same: 'as it was', kept: 'left as you made it', skipped: 'left out', refused: 'refused', suggested: 'suggested for your profile',
};

/** An archive: what is in it, with ticks; then how far it is; then what came of it, and the way back. */
export default function ImportPage() {
  const { id } = useRoute().params as { id: string };
  const held = useImport(id);
  const { of, rows } = held;
  if (of === null) return <NotFound />;
  if (!of) return <Waiting what="Opening the archive" />;
  return (
    <Page title={of.file_name} intro={<><a href="/app/sources">Sources</a> · {IMPORTED[of.kind]} · {said(of)}</>}>
      <div class="stack">
        {of.state === 'refused' && <p class="notice wrong">{of.reason ?? 'It cannot be read.'}</p>}
        {(of.state === 'waiting' || of.state === 'reading') && <><Waiting what="Reading the archive" /><p class="soft">The archive is being read …</p></>}
        {(of.state === 'taking' || of.state === 'undoing') && (
          <div class="panel stack" role="status"><p>{of.state === 'taking' ? 'It is being taken over' : 'It is being undone'}: {of.progress.done} of {of.progress.of}</p><progress aria-label="How far it is" value={of.progress.done} max={Math.max(1, of.progress.of)} /><p class="hint">You can leave this page; it goes on.</p></div>
        )}
        {of.state === 'done' && <Report of={of} undone={held.look} />}
        {of.state === 'preview' && <Choose of={of} edit={held.edit} done={held.set} again={held.look} />}
        <Fault problem={held.problem} />
        <ul class="plain">{rows.map((each) => <li key={each.id}><Row of={each} choosing={of.state === 'preview'} choose={held.choose} /></li>)}</ul>
        {held.more && <div><button type="button" class="button small" onClick={held.more}>Show more</button></div>}
        {of.ignored.length > 0 && <details><summary>Not read: {of.ignored.length}</summary><ul>{of.ignored.map((each) => <li key={each}>{each}</li>)}</ul></details>}
      </div>
    </Page>
  );
}

type Choice = { id: string; take?: boolean; start?: string };
type Edit = { rows?: Choice[]; publish?: Import['publish']; take?: 'all' | 'none'; state?: 'taking' };

function useImport(id: string) {
  const [of, setOf] = useState<Import | null>();
  const [rows, setRows] = useState<ImportRow[]>([]);
  const [next, setNext] = useState<string | null>();
  const { problem, trying } = useTrying();
  const path = { import_id: id };
  const { route } = useLocation();
  const known = useRef<string>(undefined);
  known.current = of?.state;
  const page = (after?: string) => trying(async () => {
    try {
      const { rows: got, ...now } = await answer(api.GET('/v1/imports/{import_id}', { params: { path, query: { limit: 100, ...(after && { after }) } } }));
      setOf(now);
      setRows((old) => (after ? [...old, ...got.items] : got.items));
      setNext(got.next);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) throw error;
      if (known.current !== 'undoing') return setOf(null);
      say('It is undone.'); // and with that it is gone
      route('/app/sources', true);
    }
  });
  useEffect(() => page(), [id]);
  const moving = !!of && isMoving(of);
  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(() => page(), EVERY_MS);
    return () => clearInterval(timer);
  }, [moving, id]);
  // One after the other: of two at once the service would refuse one.
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const edit = (body: Edit) => {
    const send = () => answer(api.PATCH('/v1/imports/{import_id}', { params: { path }, body }));
    const sent = last.current.then(send, send);
    last.current = sent;
    return sent;
  };
  // Shown at once, and put back where it was refused.
  const choose = (choice: Choice) => {
    const before = rows;
    setRows((old) => old.map((each) => (each.id === choice.id ? { ...each, ...(choice.take !== undefined && { ticked: choice.take }), ...(choice.start && { start: choice.start, ticked: true }) } : each)));
    trying(async () => {
      try {
        setOf(await edit({ rows: [choice] }));
      } catch (error) {
        setRows(before);
        throw error;
      }
    });
  };
  return { of, rows, problem, choose, edit, set: setOf, look: () => page(), more: next ? () => page(next) : undefined };
}

function Choose({ of, edit, done, again }: { of: Import; edit: (body: Edit) => Promise<Import>; done: (now: Import) => void; again: () => void }) {
  const { problem, busy, trying } = useTrying();
  const all = (body: Edit) => trying(async () => {
    done(await edit(body));
    again();
  });
  const come = (publish: Import['publish']) => {
    done({ ...of, publish });
    trying(async () => {
      try {
        done(await edit({ publish }));
      } catch (error) {
        done(of);
        throw error;
      }
    });
  };
  const { counts } = of;
  const told = [[counts.new, 'new'], [counts.updated, 'changed since'], [counts.same, 'here already'], [counts.undated, 'without a date'], [counts.refused, 'that cannot be taken'], [counts.suggested, 'for your profile']] as const;
  return (
    <section class="panel bar-below stack" aria-label="What to take over">
      <p>{told.filter(([count]) => count).map(([count, what]) => `${count} ${what}`).join(', ') || 'There is nothing in it that we know.'}</p>
      <Pills legend="It comes" name="publish" options={PUBLISH} value={of.publish} onValue={come} />
      <div class="row">
        <button type="button" class="button main" disabled={busy} onClick={() => all({ state: 'taking' })}>Take over what is ticked</button>
        <button type="button" class="button small" disabled={busy} onClick={() => all({ take: 'all' })}>All</button>
        <button type="button" class="button small" disabled={busy} onClick={() => all({ take: 'none' })}>None</button>
      </div>
      <Fault problem={problem} />
    </section>
  );
}

function Row({ of, choosing, choose }: { of: ImportRow; choosing: boolean; choose: (choice: Choice) => void }) {
  const [start, setStart] = useState('');
  const can = of.what === 'new' || of.what === 'updated' || (of.what === 'undated' && !!of.start) || of.what === 'same';
  const when = of.start ? period(of.start, of.end, of.ongoing) : '';
  return (
    <div class="found-row">
      {choosing ? <input type="checkbox" checked={of.ticked} disabled={!can} aria-label={`Take over ${of.title}`} onChange={(event) => choose({ id: of.id, take: event.currentTarget.checked })} /> : <span />}
      <span>
        <span>{of.highlight_id && of.outcome !== 'skipped' ? <a href={`/app/highlights/${of.highlight_id}`}>{of.title}</a> : of.title}</span>
        <span class="soft small">{[of.section, when].filter(Boolean).join(' · ')}</span>
        {of.reason && <span class="small soft">{of.reason}</span>}
        {choosing && of.what === 'undated' && !of.start && (
          <form class="row" onSubmit={(event) => { event.preventDefault(); choose({ id: of.id, start: start.trim(), take: true }); }}>
            <input type="text" inputmode="numeric" placeholder="When? 2019, 2019-05" aria-label={`When was ${of.title}?`} value={start} onInput={(event) => setStart(event.currentTarget.value)} />
            <button type="submit" class="button small">Set</button>
          </form>
        )}
      </span>
      <span class="small soft">{of.outcome ? OUTCOMES[of.outcome] : of.what === 'same' ? 'here already' : of.what === 'updated' ? 'changed' : ''}</span>
    </div>
  );
}

function Report({ of, undone }: { of: Import; undone: () => void }) {
  const [asking, setAsking] = useState(false);
  const { problem, trying } = useTrying();
  const { report } = of;
  const told = (Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]).filter((each) => report[each]).map((each) => `${report[each]} ${OUTCOMES[each]}`);
  const undo = () => trying(async () => {
    await answer(api.DELETE('/v1/imports/{import_id}', { params: { path: { import_id: of.id } } }));
    say('It is being undone. What you have edited stays.');
    undone();
  });
  return (
    <div class="notice good stack" role="status">
      <p>{told.join(', ') || 'Nothing was taken.'}.</p>
      <div class="row">
        {of.publish === 'draft' ? <a class="button small" href="/app/?drafts=true">Look at the drafts</a> : <a class="button small" href="/app/">Look at your timeline</a>}
        {!asking ? <button type="button" class="button small" onClick={() => setAsking(true)}>Undo all of it …</button> : <><button type="button" class="button small danger" onClick={undo}>Undo it</button><button type="button" class="button small" onClick={() => setAsking(false)}>Not now</button></>}
      </div>
      <Fault problem={problem} />
    </div>
  );
}
