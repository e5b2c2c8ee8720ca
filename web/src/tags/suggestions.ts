// What could be meant: by what was typed, and by what goes with the chosen tags.
import { useEffect, useState } from 'preact/hooks';
import { answer, api } from '../api/client';
import { fold } from './tags';

const WAIT_MS = 140;
const RECENT = 'recent-tags';
const MOST_RECENT = 12;

/** Every tag that somebody is known to use: all others are new. */
const known = new Map<string, boolean>();

export function useSuggestions(typed: string, chosen: string[], open: boolean): string[] {
  const [found, setFound] = useState<string[]>([]);
  const prefix = fold(typed).replace(/^[# ]+/, '');
  const beside = chosen.slice(-3).join(',');
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const query = { prefix: prefix.slice(0, 40), with: beside, limit: 20 };
      answer(api.GET('/v1/tags', { params: { query }, signal: stop.signal }))
        .then(({ items }) => {
          for (const each of items) known.set(each.tag, true);
          setFound(items.map((each) => each.tag));
        })
        .catch(() => undefined); // typing goes on without suggestions
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [prefix, beside, open]);
  return found;
}

/** Those that nobody uses yet, as far as is known by now. */
export function useNew(tags: string[]): ReadonlySet<string> {
  const [, again] = useState(0);
  const unknown = tags.filter((each) => !known.has(each)).join(',');
  useEffect(() => {
    if (!unknown) return;
    const stop = new AbortController();
    void look(unknown.split(','), stop.signal, () => again((count) => count + 1));
    return () => stop.abort();
  }, [unknown]);
  return new Set(tags.filter((each) => known.get(each) === false));
}

async function look(tags: string[], signal: AbortSignal, heard: () => void): Promise<void> {
  for (const tag of tags) {
    if (signal.aborted) return;
    try {
      const { items } = await answer(api.GET('/v1/tags', { params: { query: { prefix: tag, limit: 20 } }, signal }));
      for (const each of items) known.set(each.tag, true);
      known.set(tag, items.some((each) => each.tag === tag));
    } catch {
      return; // nothing is said of what is not known
    }
  }
  heard();
}

export function recent(): string[] {
  try {
    return (JSON.parse(localStorage.getItem(RECENT) ?? '[]') as string[]).slice(0, MOST_RECENT);
  } catch {
    return [];
  }
}

export function used(tags: string[]): void {
  for (const each of tags) known.set(each, true);
  localStorage.setItem(RECENT, JSON.stringify([...new Set([...tags, ...recent()])].slice(0, MOST_RECENT)));
}
