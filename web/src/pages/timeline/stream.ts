// A timeline as it is read: from one period downwards page by page, and back up. Wherever one jumps costs one call.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { answer, api, me, type Card } from '../../api/client';
import { Problem } from '../../api/problem';
import { sortKey } from '../../time/dates';
import { filters, type Place } from './place';

export interface Stream {
  items: Card[];
  /** The address that they were loaded for, and where the window goes with them. */
  of: string;
  landing: Landing;
  /** Whether there is more below, and above. */
  older: boolean;
  newer: boolean;
  loading: boolean;
  problem?: Problem;
  more: () => void;
  moreAbove: () => void;
  patch: (change: (items: Card[]) => Card[]) => void;
}

/** To the first of them, to the top, or to where one was before. */
export type Landing = 'first' | 'top' | { id: string; top: number } | undefined;

interface Held { items: Card[]; of: string; from: string | undefined; landing: Landing; below: string | null | undefined; above: string | null | undefined }
type Query = { until?: string; newer_than?: string; after?: string; limit?: number };

const PAGE = 30;
export const LANDS_PX = 72; // below the bar
const EMPTY: Held = { items: [], of: '', from: undefined, landing: undefined, below: undefined, above: null };

// Back returns to the former place with what was there; a click on a link begins anew.
const left = new Map<string, Held>();
let popped = false;
addEventListener('popstate', () => (popped = true));
history.scrollRestoration = 'manual';

export function useStream(handle: string, place: Place, url: string, reading: () => Landing): Stream {
  const [held, setHeld] = useState<Held>(EMPTY);
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  const now = useRef({ held, url, busy: false });
  now.current.held = held;

  const load = useCallback(async (next: () => Promise<Held>) => {
    const asked = url;
    now.current.busy = true;
    setLoading(true);
    setProblem(undefined);
    try {
      const held = await next();
      if (now.current.url === asked) setHeld(held);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (now.current.url === asked) setProblem(error);
    } finally {
      if (now.current.url === asked) {
        now.current.busy = false;
        setLoading(false);
      }
    }
  }, [handle, url]);

  /** One call; a second one where the month holds only what is ongoing, for that stands on top of its year. */
  const begin = () => load(async () => {
    const { at } = place;
    const first = now.current.held.of ? 'top' : undefined;
    const page = await read(handle, place, { until: at, limit: PAGE });
    const held = { items: page.items, of: url, from: at, below: page.next ?? null, above: at ? undefined : null };
    if (!at || at.length < 7 || page.items[0]?.start.startsWith(at)) return { ...held, landing: at ? 'first' : first };
    const year = await read(handle, place, { until: at.slice(0, 4), limit: PAGE });
    const found = year.items.find((each) => each.start.startsWith(at));
    if (!found) return { ...held, landing: 'first' };
    return { ...held, items: year.items, from: at.slice(0, 4), below: year.next ?? null, landing: { id: found.id, top: LANDS_PX } };
  });

  useEffect(() => {
    const before = popped ? left.get(url) : undefined;
    popped = false;
    now.current.url = url;
    now.current.busy = false;
    if (before) {
      setHeld(before);
      setLoading(false);
      setProblem(undefined);
    } else {
      void begin();
    }
  }, [url, handle]);

  // Before the address changes: what is read now is where Back leads.
  useEffect(() => {
    const keep = () => {
      if (now.current.held.of === url) left.set(url, { ...now.current.held, landing: reading() });
    };
    addEventListener('scroll', keep, { passive: true });
    keep();
    return () => removeEventListener('scroll', keep);
  }, [url, held]);

  const more = () => {
    const { below, from, of } = now.current.held;
    if (now.current.busy || !below || of !== url) return;
    void load(async () => {
      const page = await read(handle, place, { until: from, after: below, limit: PAGE });
      const { held } = now.current;
      return { ...held, items: merged(held.items, page.items), below: page.next ?? null };
    });
  };
  const moreAbove = () => {
    const { above, from, of } = now.current.held;
    if (now.current.busy || above === null || !from || of !== url) return;
    void load(async () => {
      const page = await read(handle, place, { newer_than: from, ...(above && { after: above }), limit: PAGE });
      const { held } = now.current;
      return { ...held, items: merged(held.items, page.items), above: page.next ?? null };
    });
  };
  const patch = (change: (items: Card[]) => Card[]) => setHeld((old) => ({ ...old, items: merged([], change(old.items)) }));

  return { items: held.items, of: held.of, landing: held.landing, older: !!held.below, newer: held.above !== null, loading, problem, more, moreAbove, patch };
}

/** Signed in, one sees what is for members, and one's own drafts; else what is public. */
export async function read(handle: string, place: Place, query: Query) {
  const params = { path: { handle }, query: { ...filters(place), ...query } };
  return me.value
    ? answer(api.GET('/v1/members/{handle}/highlights', { params }))
    : answer(api.GET('/v1/public/members/{handle}/highlights', { params }));
}

/** Each once, in the order of the timeline. */
function merged(old: Card[], more: Card[]): Card[] {
  const all = new Map([...old, ...more].map((each) => [each.id, each]));
  return [...all.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? 1 : -1));
}
