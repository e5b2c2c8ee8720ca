import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Attached, Badge, Card } from '../../api/client';
import { Linked } from '../../links/linked';
import { Attachment, Cover } from '../../media/attachment';
import { Prose } from '../../shell/prose';
import { period } from '../../time/dates';
import type { Tick } from './bulk';
import { KINDS } from './place';

export interface Acts { pin: (item: Card) => void; remove: (item: Card) => void }

interface Shown {
  item: Card & { media?: Attached[] };
  badges: Badge[];
  tagged: (tag: string) => string;
  acts?: Acts;
  /** By itself on a page: nothing is cut, and its title leads nowhere. */
  whole?: boolean;
  /** While many are being ticked. */
  tick?: Tick;
}

export function Entry({ item, badges, tagged, acts, tick, whole = false }: Shown) {
  const title = useId(); // what is pinned is on the page twice
  const facet = badges.findIndex((each) => item.badges.includes(each.id));
  return (
    <article class={`entry ${facet < 0 ? '' : `facet-${facet % 6}`}`} data-start={item.start} data-id={item.id} aria-labelledby={title}>
      <div class="entry-when">
        {tick && <input type="checkbox" checked={tick.on} onClick={tick.toggle} onKeyDown={(event) => { if (event.key === 'Enter') tick.done(); }} aria-labelledby={title} />}
        <span class={item.ongoing ? 'now' : ''}>{period(item.start, item.end, item.ongoing)}</span>
        <span class="entry-kind">{KINDS[item.kind]}</span>
        {item.visibility !== 'public' && <span class="mark">{item.visibility === 'draft' ? 'Draft' : 'Members only'}</span>}
        {item.pinned && <span class="mark">Pinned</span>}
        {acts && <Menu item={item} acts={acts} />}
      </div>
      <h3 id={title}>{whole ? item.title : <a href={`/app/highlights/${item.id}`}>{item.title}</a>}</h3>
      {item.html && <Words html={item.html} title={item.title} uncut={whole} />}
      {whole && item.media && item.media.length > 0
        ? <div class="attachments">{item.media.map((each, place) => <Attachment key={each.id} of={each} title={item.title} first={place === 0} />)}</div>
        : item.cover && <Cover of={item.cover} href={`/app/highlights/${item.id}`} count={item.media_count ?? 1} title={item.title} />}
      {item.links.length > 0 && <Linked links={item.links} all={whole} pictured={Boolean(item.cover?.renditions.length)} />}
      {item.collaborators.length > 0 && <p class="small soft">With {item.collaborators.map((each, place) => <Person key={place} of={each} first={place === 0} />)}</p>}
      {(item.tags.length > 0 || item.badges.length > 0) && (
        <ul class="plain entry-tags" aria-label="Badges and tags">
          {item.badges.map((id) => <Facet key={id} id={id} badges={badges} />)}
          {item.tags.map((tag) => <li key={tag}><a href={tagged(tag)}>#{tag}</a></li>)}
        </ul>
      )}
    </article>
  );
}

function Facet({ id, badges }: { id: string; badges: Badge[] }) {
  const place = badges.findIndex((each) => each.id === id);
  if (place < 0) return null;
  return <li class="entry-badge"><i class={`dot facet-${place % 6}`} aria-hidden="true" />{badges[place]!.name}</li>;
}

function Person({ of, first }: { of: Card['collaborators'][number]; first: boolean }) {
  const said = { confirmed: 'confirmed', claimed: 'not confirmed yet', named: '', declined: 'declined' }[of.state];
  return (
    <>
      {!first && ', '}
      {of.handle ? <a href={`/app/@${of.handle}`}>{of.name}</a> : of.name}
      {of.role && ` (${of.role})`}
      {said && <span class={`state ${of.state}`}>{of.state === 'confirmed' ? ' ✓' : ' ·'} {said}</span>}
    </>
  );
}

/** Long texts are cut after some lines, until somebody wants to read on. */
function Words({ html, title, uncut }: { html: string; title: string; uncut: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const [whole, setWhole] = useState(uncut);
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(box.current!.scrollHeight > box.current!.clientHeight + 8);
  }, [html]);
  return (
    <>
      <div ref={box} class={`entry-words ${whole ? 'whole' : ''}`}><Prose html={html} /></div>
      {long && !whole && <button type="button" class="link-like small" onClick={() => setWhole(true)}>Read on<span class="unseen">: {title}</span></button>}
    </>
  );
}

function Menu({ item, acts }: { item: Card; acts: Acts }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = (event: FocusEvent | KeyboardEvent) => {
    if (event instanceof KeyboardEvent ? event.key === 'Escape' : !menu.current?.contains(event.relatedTarget as Node)) menu.current?.removeAttribute('open');
  };
  const act = (run: (item: Card) => void) => () => {
    menu.current!.open = false;
    run(item);
  };
  return (
    <details class="menu" ref={menu} onFocusOut={close} onKeyDown={close}>
      <summary aria-label={`What to do with ${item.title}`}>⋯</summary>
      <div>
        <a href={`/app/highlights/${item.id}/edit`}>Edit</a>
        <button type="button" onClick={act(acts.pin)}>{item.pinned ? 'Unpin' : 'Pin on top'}</button>
        <button type="button" class="danger" onClick={act(acts.remove)}>Delete</button>
      </div>
    </details>
  );
}
