import { useEffect, useRef, useState } from 'preact/hooks';
import { answer, api, me, type Link, type Preview } from '../api/client';
import { Picture } from '../media/picture';
import './links.css';

const DWELL_MS = 450; // what one only scrolls past is not asked for
const LOOKS = 4;
const known = new Map<string, Preview | null>();

/** Links as cards, each with what its page says of itself; a player is loaded by nobody but who clicks on it.
 *  `pictured`: what they belong to shows pictures of its own, mostly the same ones. */
export function Linked({ links, all, pictured }: { links: Link[]; all: boolean; pictured: boolean }) {
  const [cards, plain] = all ? [links, []] : [links.slice(0, 1), links.slice(1)];
  return (
    <ul class="plain linked" aria-label="Links">
      {cards.map((each) => <li key={each.url}><Linking link={each} pictured={pictured} /></li>)}
      {plain.map((each) => <li key={each.url} class="small"><a href={each.url} rel="nofollow noopener noreferrer ugc">{each.title || host(each.url)}</a></li>)}
    </ul>
  );
}

/** Of one height from the beginning, so that nothing moves when more is known. */
function Linking({ link, pictured }: { link: Link; pictured: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const preview = usePreview(link.url, box);
  const [playing, setPlaying] = useState(false);
  const picture = pictured ? undefined : preview?.picture;
  const title = link.title || preview?.title || host(link.url);
  if (playing && preview?.embed) {
    return <iframe class="player" title={title} src={preview.embed} allow="autoplay; fullscreen; encrypted-media; picture-in-picture" allowFullScreen referrerpolicy="strict-origin-when-cross-origin" sandbox="allow-scripts allow-same-origin allow-popups allow-presentation" />;
  }
  return (
    <div class="link-card" ref={box}>
      {preview && picture && (
        <span class="link-picture">
          <Picture of={picture} alt="" sizes="9rem" shape={4 / 3} />
          {preview.embed && <button type="button" class="play" aria-label={`Play here: ${title}`} onClick={() => setPlaying(true)}>▶</button>}
        </span>
      )}
      <span class="link-words">
        <a href={link.url} rel="nofollow noopener noreferrer ugc">{title}</a>
        {preview?.description && <span class="small soft">{preview.description}</span>}
        <span class="small soft">{preview?.site_name || host(link.url)}{preview?.embed && !picture && <button type="button" class="link-like small" onClick={() => setPlaying(true)}>Play here</button>}</span>
      </span>
    </div>
  );
}

function usePreview(url: string, box: { current: HTMLElement | null }): Preview | undefined {
  const [preview, setPreview] = useState(known.get(url) ?? undefined);
  useEffect(() => {
    if (known.has(url) || !box.current) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const observer = new IntersectionObserver(([entry]) => {
      clearTimeout(timer);
      if (entry?.isIntersecting) timer = setTimeout(() => { observer.disconnect(); void look(url, stop.signal, setPreview); }, DWELL_MS);
    });
    observer.observe(box.current);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      stop.abort();
    };
  }, [url]);
  return preview;
}

/** It comes some moments after it was asked for the first time, and its picture a little later. */
async function look(url: string, signal: AbortSignal, heard: (preview: Preview) => void): Promise<void> {
  const params = { query: { url } };
  for (let tried = 0; tried < LOOKS && !signal.aborted; tried += 1) {
    try {
      const found = await (me.value ? answer(api.GET('/v1/link-previews', { params, signal })) : answer(api.GET('/v1/public/link-previews', { params, signal })));
      if (found.state === 'ready') heard(found);
      if (found.state === 'failed' || found.picture) return void known.set(url, found);
      if (tried === LOOKS - 1) known.set(url, found);
    } catch {
      return; // the address itself leads there without it
    }
    await new Promise((done) => setTimeout(done, 1500 * (tried + 1)));
  }
}

export function host(url: string): string {
  try {
    return new URL(url).host.replace(/^www\./, '');
  } catch {
    return url;
  }
}
