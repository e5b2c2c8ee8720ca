import { useEffect, useRef, useState } from 'preact/hooks';
import { answer, api, me, type Activity, type FacetCounts, type Found } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault } from '../../forms/form';
import { useHere } from '../../shell/here';
import { Page, Waiting } from '../../shell/page';
import { activities, load, nameOf } from '../profile/activities';
import { address, asked, FACETS, isNothing, toggled, type Asked, type Facet } from './asked';
import { Card } from './card';
import './space-station.css';

const NAMES: Record<Facet, string> = { open_to: 'Open to', badge: 'Badges', tag: 'Tags', place: 'Place' };

/** People by what they can be asked for, and by what they have made. */
export default function SpaceStation() {
  const { url, route } = useHere();
  const of = asked(url);
  const found = usePeople(of);
  void activities.value;
  useEffect(load, []);
  const go = (now: Asked) => route(address(now));
  return (
    <Page title="Space Station" narrow={false} intro="People by what they can be asked for and what they have made: ranked by outcomes, never by title or employer.">
      <Search of={of} go={go} />
      <Chosen of={of} />
      <div class="station">
        <Facets of={of} counts={found.facets} />
        <div class="stack">
          <p class="soft small" role="status">{found.facets && counted(found.facets)}</p>
          <Fault problem={found.problem} />
          <ul class="plain people">{found.items.map((each) => <li key={'alias' in each ? each.alias : each.id}><Card of={each} /></li>)}</ul>
          {found.loading && <Waiting what="Looking for people" />}
          {!found.loading && !found.problem && !found.items.length && !found.next && <Nobody of={of} />}
          {found.next && !found.loading && <div><button type="button" class="button" onClick={found.more}>Show more</button></div>}
        </div>
      </div>
    </Page>
  );
}

function counted({ counted, complete }: FacetCounts): string {
  const people = counted === 1 ? '1 person' : `${counted} people`;
  return complete ? people : `More than ${people}; the counts are of the first of them`;
}

function Search({ of, go }: { of: Asked; go: (now: Asked) => void }) {
  const [text, setText] = useState(of.q);
  const [place, setPlace] = useState('');
  useEffect(() => setText(of.q), [of.q]);
  const submit = (event: Event) => {
    event.preventDefault();
    const where = place.trim().toLowerCase();
    setPlace('');
    go({ ...of, q: of.blind ? '' : text.trim(), place: where && !of.place.includes(where) ? [...of.place, where] : of.place });
  };
  return (
    <form class="station-search" role="search" onSubmit={submit}>
      <input type="text" maxLength={100} aria-label="Name, handle or headline" placeholder={of.blind ? 'Blind: nobody is found by name' : 'Name, handle or headline'} value={text} disabled={of.blind} onInput={(event) => setText(event.currentTarget.value)} />
      <input type="text" maxLength={60} aria-label="Place" placeholder="Place" value={place} onInput={(event) => setPlace(event.currentTarget.value)} />
      <button type="submit" class="button main">Find</button>
      <label class="choice"><input type="checkbox" checked={of.blind} onChange={() => go({ ...of, q: '', blind: !of.blind })} /><span>Blind <span class="soft small">work without name, picture and employer</span></span></label>
    </form>
  );
}

function Chosen({ of }: { of: Asked }) {
  const all = FACETS.flatMap((facet) => of[facet].map((value) => ({ facet, value })));
  if (!all.length && !of.q) return null;
  return (
    <p class="row chosen">
      {of.q && <a class="chip" href={address({ ...of, q: '' })} aria-label={`Without “${of.q}”`}>“{of.q}” ×</a>}
      {all.map(({ facet, value }) => <a key={facet + value} class="chip" href={address(toggled(of, facet, value))} aria-label={`Without ${named(facet, value)}`}>{named(facet, value)} ×</a>)}
      {all.length + Number(!!of.q) > 1 && <a class="small" href={address({ ...asked(''), blind: of.blind })}>Clear all</a>}
    </p>
  );
}

function named(facet: Facet, value: string): string {
  return facet === 'open_to' ? nameOf(value) : facet === 'tag' ? `#${value}` : value;
}

/** Open beside the list where there is room, and folded above it on a phone. */
function Facets({ of, counts }: { of: Asked; counts?: FacetCounts }) {
  const wide = useRef(matchMedia('(min-width: 60rem)').matches);
  const lists = FACETS.map((facet) => ({ facet, values: counts?.[facet] ?? [] })).filter((each) => each.values.length);
  return (
    <details class="station-facets" open={wide.current}>
      <summary>Narrow it down</summary>
      {!counts && <p class="soft small">…</p>}
      {counts && !lists.length && <p class="soft small">Nothing would narrow this further.</p>}
      {lists.map(({ facet, values }) => (
        <nav key={facet} aria-label={NAMES[facet]}>
          <h2>{NAMES[facet]}</h2>
          <ul class="plain">
            {values.slice(0, 12).map((each) => (
              <li key={each.value}><a href={address(toggled(of, facet, each.value))}><span>{named(facet, each.value)}</span><span class="soft">{each.people}</span></a></li>
            ))}
          </ul>
        </nav>
      ))}
    </details>
  );
}

function Nobody({ of }: { of: Asked }) {
  return (
    <div class="empty">
      <p>{isNothing(of) ? 'Nobody shows themselves here yet.' : 'Nobody has all of this.'}</p>
      {!isNothing(of) && <p class="soft">Leave one of the filters out: <a href={address({ ...asked(''), blind: of.blind })}>everybody</a>.</p>}
      {me.value && <p class="soft">You are found here by what you are <a href="/app/profile#open-to">open to</a>.</p>}
    </div>
  );
}

interface People { items: Found[]; facets?: FacetCounts; next?: string | null; loading: boolean; problem?: Problem; more: () => void }

function usePeople(of: Asked): People {
  const by = address(of);
  const [held, setHeld] = useState<{ by?: string; items: Found[]; facets?: FacetCounts; next?: string | null }>({ items: [] });
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  const page = (signal: AbortSignal, after?: string) => {
    setLoading(true);
    setProblem(undefined);
    const { q, blind, open_to, ...rest } = of;
    const params = { query: { ...rest, open_to: open_to as Activity['activity'][], ...(q && { q }), ...(blind && { blind: 'true' as const }), ...(after && { after }) } };
    const found = me.value ? answer(api.GET('/v1/space-station', { params, signal })) : answer(api.GET('/v1/public/space-station', { params, signal }));
    found.then((got) => {
      setHeld((old) => ({ by, items: after ? [...old.items, ...got.items] : got.items, facets: after ? old.facets : got.facets ?? undefined, next: got.next }));
      setLoading(false);
    }).catch((error: unknown) => {
      if (signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      setHeld({ by, items: [] });
      setLoading(false);
    });
  };
  useEffect(() => {
    const stop = new AbortController();
    page(stop.signal);
    return () => stop.abort();
  }, [by]);
  const { items, facets, next } = held;
  return { items, facets, next, loading, problem, more: () => page(new AbortController().signal, next ?? undefined) };
}
