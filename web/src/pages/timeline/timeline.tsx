import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { answer, api, me, type Card, type Kind, type Member, type Years } from '../../api/client';
import { Problem } from '../../api/problem';
import { preparing, PREPARED_MS } from '../../media/kinds';
import { useHere } from '../../shell/here';
import { useTitle, Waiting } from '../../shell/page';
import type { Stop } from '../../time/rail';
import NotFound from '../not-found/not-found';
import { Bulk, useTicks } from './bulk';
import { Entry, type Acts } from './entry';
import { useActs } from './acts';
import { Person } from './person';
import { address, countable, filters, KINDS, placeOf, type Place } from './place';
import { Rail } from './rail';
import { LANDS_PX, useStream, type Landing, type Stream } from './stream';
import './timeline.css';

export default function Timeline() {
  const { params } = useRoute();
  const { at } = params;
  if (at && !at.startsWith('@')) return <NotFound />;
  const handle = at ? at.slice(1) : me.value!.handle;
  return handle === me.value?.handle ? <Shown key={handle} member={me.value} /> : <Other key={handle} handle={handle} />;
}

function Other({ handle }: { handle: string }) {
  const [member, setMember] = useState<Member | null>();
  useEffect(() => {
    const params = { path: { handle } };
    const asked = me.value ? answer(api.GET('/v1/members/{handle}', { params })) : answer(api.GET('/v1/public/members/{handle}', { params }));
    asked.then(setMember).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setMember(null);
    });
  }, [handle]);
  if (member === null) return <NotFound />;
  return member ? <Shown member={member} /> : <Waiting what="Looking for the profile" />;
}

function Shown({ member }: { member: Member }) {
  const { path, url, query, route } = useHere();
  const place = placeOf(query);
  const own = member.id === me.value?.id;
  const flow = useRef<HTMLDivElement>(null);
  const stream = useStream(member.handle, place, url, () => whereIn(flow.current));
  const ticks = useTicks(stream.items.map((each) => each.id));
  const acts = useActs(stream);
  const counts = useCounts(member.handle, place, acts.deleted);
  usePrepared(stream);
  const reading = useReading(flow, stream.items);
  useTitle(own ? 'Your timeline' : member.name);
  useLanding(flow, stream);
  useSteady(flow, stream);

  const to = (change: Partial<Place>) => address(path, { ...place, at: undefined, ...change });
  const jump = (stop: Stop) => route(address(path, { ...place, at: stop.at }));
  const filtered = Object.keys(filters(place)).length > 0;
  return (
    <div class="page">
      <Person member={member} own={own} place={place} to={to} />
      <div class="timeline">
        <div class="flow" ref={flow}>
          <div class="tools">
            <span class="count" role="status">{counts && counted(counts.count)}</span>
            {filtered && <a class="button small" href={path}>{`Show all${place.tag ? `, not only #${place.tag}` : ''}`}</a>}
            {(filtered || counts?.count !== 0) && (
              <select aria-label="Kind" value={place.kind ?? ''} onChange={(event) => route(to({ kind: (event.currentTarget.value || undefined) as Kind | undefined }))}>
                <option value="">Every kind</option>
                {Object.entries(KINDS).map(([kind, name]) => <option key={kind} value={kind}>{name}</option>)}
              </select>
            )}
            {own && <a class="button small" href={to({ drafts: !place.drafts || undefined })} aria-current={place.drafts}>{place.drafts ? 'Not only drafts' : 'Drafts'}</a>}
            {own && stream.items.length > 0 && <button ref={ticks.start} type="button" class="button small" aria-pressed={ticks.on} onClick={ticks.toggleOn}>{ticks.on ? 'Done' : 'Select'}</button>}
          </div>
          {/* Before the list, which has no end for whoever goes by keyboard; it stands below. */}
          {ticks.on && <Bulk ticks={ticks} stream={stream} handle={member.handle} place={place} />}
          {!filtered && !place.at && <Pinned member={member} acts={own ? acts : undefined} to={to} changed={stream.items.filter((each) => each.pinned).length} />}
          {stream.newer && <Further load={stream.moreAbove} name="Newer" above />}
          <Years items={stream.items.filter((each) => !acts.hidden.has(each.id))} shown={(item) => (
            <Entry item={item} badges={badgesFor(item, member)} tagged={(tag) => to({ tag })} acts={own && item.member_id === member.id ? acts : undefined} tick={ticks.of(item)} />
          )} />
          {stream.problem && <p class="notice wrong" role="alert">{stream.problem.message} <button type="button" class="link-like" onClick={stream.more}>Try again</button></p>}
          {stream.loading && <Waiting what="Loading highlights" />}
          {stream.older && !stream.loading && <Further load={stream.more} name="Older" />}
          {!stream.loading && !stream.problem && !stream.items.length && <Empty own={own} filtered={filtered} name={member.name} />}
        </div>
        {counts && counts.years.length > 0 && <Rail counts={counts} reading={stream.of === url ? reading : place.at ?? reading} jump={jump} />}
      </div>
    </div>
  );
}

/** Pictures that were just sent come in when they are ready: one call each, not the list again. */
function usePrepared({ items, patch }: Stream): void {
  useEffect(() => {
    const soon = items.filter((each) => each.cover && preparing(each.cover) && each.member_id === me.value?.id).slice(0, 5);
    if (!soon.length) return undefined;
    const timer = setTimeout(() => {
      void Promise.all(soon.map(({ id }) => answer(api.GET('/v1/highlights/{highlight_id}', { params: { path: { highlight_id: id } } }))))
        .then((found) => patch((now) => now.map((each) => found.find((one) => one.id === each.id) ?? each)))
        .catch(() => undefined); // they are there with the next look
    }, PREPARED_MS);
    return () => clearTimeout(timer);
  }, [items]);
}

function counted(count: number): string {
  return count === 1 ? '1 highlight' : `${count.toLocaleString('en')} highlights`;
}

/** Badges are the owner's own: those of what is shared by others name facets of somebody else. */
function badgesFor(item: Card, member: Member): Member['badges'] {
  return item.member_id === member.id ? member.badges : [];
}

/** Years as sections: the number stands beside them for as long as one reads them. */
function Years({ items, shown }: { items: Card[]; shown: (item: Card) => preact.JSX.Element }) {
  const years = [...new Set(items.map((each) => each.start.slice(0, 4)))];
  return (
    <>
      {years.map((year) => (
        <section class="year" key={year} aria-labelledby={`year-${year}`}>
          <h2 id={`year-${year}`}>{year}</h2>
          <ol class="entries">
            {items.filter((each) => each.start.startsWith(year)).map((item) => <li key={item.id}>{shown(item)}</li>)}
          </ol>
        </section>
      ))}
    </>
  );
}

function Pinned({ member, acts, to, changed }: { member: Member; acts?: Acts; to: (change: Partial<Place>) => string; changed: number }) {
  const [items, setItems] = useState<Card[]>([]);
  useEffect(() => {
    const params = { path: { handle: member.handle }, query: { pinned: 'true' as const, limit: 6 } };
    const asked = me.value ? answer(api.GET('/v1/members/{handle}/highlights', { params })) : answer(api.GET('/v1/public/members/{handle}/highlights', { params }));
    asked.then((page) => setItems(page.items)).catch(() => setItems([])); // what is pinned stands below as well
  }, [member.handle, changed]);
  if (!items.length) return null;
  return (
    <section class="panel pinned" aria-labelledby="pinned">
      <h2 id="pinned">Pinned</h2>
      {items.map((item) => <div key={item.id}><Entry item={{ ...item, pinned: false, id: item.id }} badges={badgesFor(item, member)} tagged={(tag) => to({ tag })} acts={acts && { ...acts, pin: () => acts.pin(item) }} /></div>)}
    </section>
  );
}

/** Loads when it comes near; and is a button for those who go by keyboard. */
function Further({ load, name, above }: { load: () => void; name: string; above?: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const margin = above ? `-${LANDS_PX}px 0px 0px 0px` : '0px 0px 900px 0px';
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), { rootMargin: margin });
    // After a jump the page is first put in its place.
    const timer = setTimeout(() => observer.observe(element), above ? 400 : 0);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  });
  return <div class="further" ref={box}><button type="button" class="button quiet" onClick={load}>{name}</button></div>;
}

function Empty({ own, filtered, name }: { own: boolean; filtered: boolean; name: string }) {
  if (filtered) return <div class="empty"><p class="soft">Nothing here matches.</p></div>;
  if (!own) return <div class="empty"><p class="soft">{name} has not put anything here yet.</p></div>;
  return (
    <div class="empty">
      <h2>Your timeline begins with one thing you made</h2>
      <p>A talk, a shipped feature, a course, a roasted batch: what it was, when, and who was there. Titles and employers are optional.</p>
      <p class="example">“Open evening at the roastery: forty chairs, three coffees, one broken scale” · November 2026 · #coffee #community</p>
      <div class="row"><a class="button main" href="/app/highlights/new">Add your first highlight</a><a class="button" href="/app/sources">Start from a blog or an archive</a></div>
    </div>
  );
}

function useCounts(handle: string, place: Place, deleted: number): Years | undefined {
  const [counts, setCounts] = useState<Years>();
  const by = JSON.stringify(countable(place) ?? null);
  useEffect(() => {
    const query = JSON.parse(by) as ReturnType<typeof countable> | null;
    if (!query) return setCounts(undefined);
    const params = { path: { handle }, query };
    const asked = me.value ? answer(api.GET('/v1/members/{handle}/timeline', { params })) : answer(api.GET('/v1/public/members/{handle}/timeline', { params }));
    asked.then(setCounts).catch(() => setCounts(undefined)); // the list is there without it
  }, [handle, by, deleted]);
  return counts;
}

/** The date of what stands on top of the window. */
function useReading(flow: { current: HTMLElement | null }, items: Card[]): string | undefined {
  const [reading, setReading] = useState<string>();
  useEffect(() => {
    let waiting = false;
    const look = () => {
      waiting = false;
      setReading(onTop(flow.current)?.dataset.start ?? items[0]?.start);
    };
    const soon = () => {
      if (!waiting) requestAnimationFrame(look);
      waiting = true;
    };
    look();
    addEventListener('scroll', soon, { passive: true });
    return () => removeEventListener('scroll', soon);
  }, [items]);
  return reading;
}

function onTop(flow: HTMLElement | null): HTMLElement | undefined {
  const all = [...(flow?.querySelectorAll<HTMLElement>('.entries .entry') ?? [])];
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]!.getBoundingClientRect().bottom > LANDS_PX) high = middle;
    else low = middle + 1;
  }
  return all[low];
}

/** What is being read, and how far down it stands. */
function whereIn(flow: HTMLElement | null): Landing {
  const entry = onTop(flow);
  return entry && { id: entry.dataset.id!, top: entry.getBoundingClientRect().top };
}

/** A jump lands with the first highlight of its period on top: what is newer is above the window. */
function useLanding(flow: { current: HTMLElement | null }, { of, landing }: Stream): void {
  useLayoutEffect(() => {
    if (!landing) return;
    if (landing === 'top') return scrollTo(0, 0);
    const go = () => {
      const entry = flow.current?.querySelector(landing === 'first' ? '.entries .entry' : `.entries [data-id="${landing.id}"]`);
      if (entry) scrollBy(0, entry.getBoundingClientRect().top - (landing === 'first' ? LANDS_PX : landing.top));
    };
    go();
    requestAnimationFrame(go); // when what came into the window has its true height
  }, [of]);
}

/** What comes in above moves nothing of what is being read: where the browser does not see to that (at the very top none does), we do. */
function useSteady(flow: { current: HTMLElement | null }, { items, of }: Stream): void {
  const seen = useRef<{ of: string; first?: string; at: Landing }>({ of, at: undefined });
  useLayoutEffect(() => {
    const { at, first } = seen.current;
    const grown = seen.current.of === of && first !== items[0]?.id && items.some((each) => each.id === first);
    if (grown && typeof at === 'object' && (scrollY === 0 || !CSS.supports('overflow-anchor', 'auto'))) {
      const entry = flow.current?.querySelector(`.entries [data-id="${at.id}"]`);
      if (entry) scrollBy(0, entry.getBoundingClientRect().top - at.top);
    }
    const note = () => (seen.current = { of, first: items[0]?.id, at: whereIn(flow.current) });
    note();
    addEventListener('scroll', note, { passive: true });
    return () => removeEventListener('scroll', note);
  }, [items]);
}
