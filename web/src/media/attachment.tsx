import type { Attached } from '../api/client';
import { lasting, sized } from './kinds';
import { listed, Picture } from './picture';

const WHOLE = '(max-width: 45rem) 92vw, 40rem';

/** One of a highlight's media, as large as the page lets it be. */
export function Attachment({ of, title, first }: { of: Attached; title: string; first: boolean }) {
  const name = of.alt || of.caption || title;
  return (
    <figure class="attachment">
      {of.state === 'refused' ? <p class="soft small">This file could not be shown.</p>
        : of.state !== 'ready' ? <p class="soft small">{KINDS[of.kind]} is being prepared …</p>
        : of.kind === 'image' ? <Picture of={of} alt={of.alt} sizes={WHOLE} eager={first} />
        : of.kind === 'video' ? <video controls playsInline preload="none" poster={of.renditions.at(-1)?.url} width={of.width ?? undefined} height={of.height ?? undefined} src={of.file?.url} aria-label={name} />
        : of.kind === 'audio' ? <audio controls preload="none" src={of.file?.url} aria-label={name} />
        : <Document of={of} name={name} first={first} />}
      {of.caption && <figcaption class="small soft">{of.caption}</figcaption>}
    </figure>
  );
}

const KINDS = { image: 'The picture', video: 'The video', audio: 'The sound', document: 'The document' };

function Document({ of, name, first }: { of: Attached; name: string; first: boolean }) {
  return (
    <a class="document" href={of.file?.url} target="_blank" rel="noopener">
      <Picture of={of} alt="" sizes="10rem" eager={first} />
      <span><strong>{name}</strong><span class="small soft">{said(of)}</span></span>
    </a>
  );
}

/** `PDF, 12 pages, 1.2 MB` */
function said(of: Attached): string {
  const pages = of.pages && (of.pages === 1 ? '1 page' : `${of.pages} pages`);
  return ['PDF', pages, of.file && sized(of.file.bytes)].filter(Boolean).join(', ');
}

/** What stands for all of a highlight's media in a list: it leads to where they are. */
export function Cover({ of, href, count, title, eager }: { of: Attached; href: string; count: number; title: string; eager?: boolean }) {
  if (of.state === 'refused') return null;
  if (of.state !== 'ready') return <p class="soft small">{KINDS[of.kind]} is being prepared …</p>;
  if (of.kind === 'audio') return <figure class="attachment"><audio controls preload="none" src={of.file?.url} aria-label={of.alt || title} /></figure>;
  const mark = of.kind === 'video' ? `▶ ${of.milliseconds ? lasting(of.milliseconds) : 'Video'}` : of.kind === 'document' ? `PDF${of.pages ? ` · ${of.pages}` : ''}` : '';
  return (
    <a class="cover" href={href} aria-label={`${of.alt || (of.kind === 'image' ? 'Picture' : KINDS[of.kind].slice(4))}: ${title}`}>
      <Picture of={of} alt="" sizes="(max-width: 45rem) 86vw, 38rem" shape={listed(of)} eager={eager} />
      {mark && <span class="cover-mark">{mark}</span>}
      {count > 1 && <span class="cover-mark more">{`+ ${count - 1}`}</span>}
    </a>
  );
}
