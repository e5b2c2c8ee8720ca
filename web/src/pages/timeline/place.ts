// What of a timeline is shown, as its address says it: a filter, and a period to begin at.
import type { Kind } from '../../api/client';

export interface Place { badge?: string; tag?: string; kind?: Kind; drafts?: boolean; at?: string }

export const KINDS: Record<Kind, string> = {
  work: 'Work', job: 'Job', learning: 'Learning', event: 'Event', achievement: 'Achievement', milestone: 'Milestone',
  presentation: 'Presentation', article: 'Article', code: 'Code', design: 'Design', video: 'Video',
  campaign: 'Campaign', analysis: 'Analysis', personal: 'Personal',
};

export function placeOf(query: Record<string, string>): Place {
  const { badge, tag, kind, at, drafts } = query;
  return {
    badge, tag,
    kind: kind && kind in KINDS ? (kind as Kind) : undefined,
    at: at && /^\d{4}(-\d{2})?$/.test(at) ? at : undefined,
    drafts: drafts === 'true' || undefined,
  };
}

export function address(path: string, place: Place): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) {
    if (value) query.set(name, String(value));
  }
  return query.size ? `${path}?${query}` : path;
}

/** All that narrows, but for where it begins: what the API's filters are. */
export function filters({ badge, tag, kind, drafts }: Place): { badge?: string; tag?: string; kind?: Kind; visibility?: 'draft' } {
  return { ...(badge && { badge }), ...(tag && { tag }), ...(kind && { kind }), ...(drafts && { visibility: 'draft' as const }) };
}

/** The year selector counts by one filter at most, and knows nothing of drafts. */
export function countable({ badge, tag, kind, drafts }: Place): { badge?: string; tag?: string; kind?: Kind } | undefined {
  const one = { ...(badge && { badge }), ...(tag && { tag }), ...(kind && { kind }) };
  return drafts || Object.keys(one).length > 1 ? undefined : one;
}
