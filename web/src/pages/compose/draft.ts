// A highlight as a form holds it, and what is sent of it.
import type { Highlight, Kind, NewHighlight } from '../../api/client';
import type { Attaching } from '../../media/media-field';
import { isBefore, partial, parts, type Parts } from '../../time/dates.ts';
import { good, type Chip } from '../../tags/tags.ts';

export type Lasting = 'once' | 'range' | 'ongoing';

export interface Draft {
  kind: Kind;
  title: string;
  lasting: Lasting;
  start: Parts;
  end: Parts;
  text: string;
  badges: string[];
  tags: Chip[];
  links: { url: string; title: string }[];
  people: { who: string; role: string }[];
  media: Attaching[];
  visibility: NewHighlight['visibility'];
  pinned: boolean;
  under: string;
}

export function empty(today: Date): Draft {
  const start = { year: String(today.getFullYear()), month: String(today.getMonth() + 1).padStart(2, '0'), day: '' };
  return {
    kind: 'work', title: '', lasting: 'once', start, end: parts(null), text: '', badges: [], tags: [], links: [], people: [], media: [],
    visibility: 'public', pinned: false, under: '',
  };
}

export function draftOf(of: Highlight): Draft {
  return {
    kind: of.kind, title: of.title, lasting: of.ongoing ? 'ongoing' : of.end ? 'range' : 'once',
    start: parts(of.start), end: parts(of.end), text: of.text, badges: of.badges, tags: of.tags.map((tag) => ({ tag })),
    links: of.links.map(({ url, title = '' }) => ({ url, title })),
    people: of.collaborators.map((each) => ({ who: each.handle ? `@${each.handle}` : each.name, role: each.role ?? '' })),
    media: of.media.map((each) => ({ id: each.id, alt: each.alt, caption: each.caption ?? '', name: each.caption || each.alt || NAMES[each.kind] })),
    visibility: of.visibility, pinned: of.pinned, under: of.under ?? '',
  };
}

const NAMES = { image: 'Picture', video: 'Video', audio: 'Sound', document: 'PDF' };

export function bodyOf(draft: Draft): NewHighlight {
  return {
    kind: draft.kind,
    title: draft.title,
    start: partial(draft.start),
    end: (draft.lasting === 'range' && partial(draft.end)) || null,
    ongoing: draft.lasting === 'ongoing',
    text: draft.text,
    badges: draft.badges,
    tags: good(draft.tags),
    links: draft.links.filter((each) => each.url.trim()).map(({ url, title }) => ({ url: whole(url.trim()), title })),
    collaborators: draft.people.filter((each) => each.who.trim()).map(({ who, role }) => ({ ...named(who.trim()), role })),
    media: draft.media.map(({ id, alt, caption }) => ({ id, alt: alt.trim(), caption: caption.trim() })),
    visibility: draft.visibility,
    pinned: draft.pinned,
    under: draft.under || null,
  };
}

/** What is certain to be refused is said before anything is sent, and so are files that are `sending` still. */
export function faults(draft: Draft, sending = 0): Map<string, string> {
  const found = new Map<string, string>();
  const [start, end] = [partial(draft.start), partial(draft.end)];
  if (!draft.title.trim()) found.set('title', 'Say in a line what it was.');
  if (!/^\d{4}/.test(start)) found.set('start', 'Needs a year at least, as 2021.');
  if (draft.lasting === 'range' && !/^\d{4}/.test(end)) found.set('end', 'Needs a year at least; or choose “One date”.');
  else if (draft.lasting === 'range' && isBefore(end, start)) found.set('end', 'Is before the start.');
  if (sending) found.set('sending', sending === 1 ? 'One file is still on its way.' : `${sending} files are still on their way.`);
  const bad = draft.tags.find((each) => each.fault);
  if (bad) found.set('tags', `“${bad.tag.slice(0, 40)}” ${bad.fault}.`);
  return found;
}

function named(who: string): { handle: string } | { name: string } {
  return /^@[\w-]+$/.test(who) ? { handle: who.slice(1).toLowerCase() } : { name: who };
}

/** People leave out what is always there. */
function whole(url: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
}
