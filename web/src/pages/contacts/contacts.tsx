import { useEffect, useState } from 'preact/hooks';
import { answer, api, type ContactCard } from '../../api/client';
import { useTrying } from '../../api/trying';
import { Fault } from '../../forms/form';
import { Face } from '../../media/face';
import { useHere } from '../../shell/here';
import { Page, Waiting } from '../../shell/page';
import { lookForWaiting, waiting } from '../../shell/waiting';
import { activities, load, nameOf } from '../profile/activities';
import './contacts.css';

type Box = 'received' | 'sent';
type List = 'waiting' | 'conversations' | 'sent' | 'all';
type State = 'pending' | 'interested' | undefined;
const LISTS: Record<List, { name: string; boxes: Box[]; state: State; nothing: string }> = {
  waiting: { name: 'Waiting for you', boxes: ['received'], state: 'pending', nothing: 'Nobody waits for an answer of yours.' },
  conversations: { name: 'Conversations', boxes: ['received', 'sent'], state: 'interested', nothing: 'Conversations begin when somebody is interested: you in what they ask, or they in what you ask.' },
  sent: { name: 'Sent', boxes: ['sent'], state: 'pending', nothing: 'You wait for nobody’s answer.' },
  all: { name: 'All', boxes: ['received', 'sent'], state: undefined, nothing: 'Nobody has asked you for anything yet, nor you anybody.' },
};
export const STATES: Record<ContactCard['state'], string> = {
  pending: 'Waiting', interested: 'Conversation', not_now: 'Not right now', withdrawn: 'Withdrawn', ended: 'Ended', closed: 'Not answered',
};

export default function Contacts() {
  const { query } = useHere();
  const list = query.list && query.list in LISTS ? (query.list as List) : 'waiting';
  const held = useContacts(list);
  void activities.value;
  useEffect(load, []);
  useEffect(() => void lookForWaiting(), [list]);
  return (
    <Page title="Contacts" intro={<>What you were asked for, and what you ask others for. <a href="/app/profile#open-to">What you are open to</a> decides what can be asked.</>}>
      <nav class="tabs" aria-label="Lists">
        {(Object.keys(LISTS) as List[]).map((each) => <a key={each} href={`/app/contacts?list=${each}`} aria-current={each === list ? 'page' : undefined} ref={each === list ? intoView : undefined}>{LISTS[each].name}</a>)}
      </nav>
      <Fault problem={held.problem} />
      <ul class="plain contact-list">{held.items.map((each) => <li key={each.id}><Row of={each} /></li>)}</ul>
      {held.busy && <Waiting what="Loading contacts" />}
      {!held.busy && !held.problem && !held.items.length && (
        <div class="empty"><p class="soft">{LISTS[list].nothing}</p><a class="button" href="/app/space-station">Find people</a></div>
      )}
      {held.more && !held.busy && <button type="button" class="button" onClick={held.more}>Show more</button>}
    </Page>
  );
}

/** On a phone not all lists fit beside each other. */
function intoView(tab: HTMLElement | null): void {
  if (tab) tab.parentElement!.scrollLeft = tab.offsetLeft - 40;
}

function Row({ of }: { of: ContactCard }) {
  const isNew = waiting.value.unread.includes(of.id);
  return (
    <a class="contact-row" href={`/app/contacts/${of.id}`}>
      <Face name={of.other?.name ?? '?'} />
      <span>
        <strong>{of.other?.name ?? 'Somebody whom you found blind'}</strong>
        <span class="small soft">{of.role === 'sender' ? 'You asked: ' : 'Asks: '}{nameOf(of.activity)}</span>
        <span class="preview-line">{of.preview}</span>
      </span>
      <span class={isNew ? 'chip fresh' : 'chip'}>{isNew ? 'New message' : STATES[of.state]}</span>
    </a>
  );
}

/** One list, or both of them in one, the latest first. */
function useContacts(list: List) {
  const { boxes, state } = LISTS[list];
  const [held, setHeld] = useState<{ list?: List; items: ContactCard[]; next: Partial<Record<Box, string>> }>({ items: [], next: {} });
  const { problem, busy, trying } = useTrying();
  const page = (old: typeof held, from: Box[]) => trying(async () => {
    const pages = await Promise.all(from.map((box) => answer(api.GET('/v1/contacts', { params: { query: { box, ...(state && { state }), limit: 30, ...(old.next[box] && { after: old.next[box] }) } } }))));
    const items = [...old.items, ...pages.flatMap((each) => each.items)].sort((a, b) => b.created_at.localeCompare(a.created_at));
    setHeld({ list, items, next: Object.fromEntries(from.flatMap((box, place) => (pages[place]!.next ? [[box, pages[place]!.next]] : []))) });
  });
  useEffect(() => page({ items: [], next: {} }, boxes), [list]);
  const here = held.list === list ? held : { items: [], next: {} };
  const left = Object.keys(here.next) as Box[];
  return { items: here.items, problem, busy, more: left.length ? () => page(held, left) : undefined };
}
