import { useEffect, useState } from 'preact/hooks';
import { answer, api, me, type Posted } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault } from '../../forms/form';
import { useHere } from '../../shell/here';
import { Page, Waiting } from '../../shell/page';
import { activities, load, nameOf } from '../profile/activities';
import { asked, type Asked } from './asked';
import './opportunities.css';

/** One's own and what fits go by themselves; a filter is of the whole board. */
const WHOLE = { mine: undefined, matching: undefined };

/** The board: what is open now, the latest first. */
export default function Opportunities() {
  const { query, path, route } = useHere();
  const matching = query.matching === 'true' && !!me.value;
  const board = useBoard(asked(query), matching);
  useEffect(load, []);
  const narrow = (change: Record<string, string | undefined>) => {
    const now = Object.entries({ ...query, ...change }).filter(([, value]) => value) as [string, string][];
    route(now.length ? `${path}?${new URLSearchParams(now)}` : path);
  };
  return (
    <Page title="Opportunities" narrow={false} intro="What is asked for now. Each leaves the board after thirty days, or when it is closed.">
      <form class="row board-filters" onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        narrow({ place: String(given.get('place') ?? ''), tag: String(given.get('tag') ?? ''), ...WHOLE });
      }}>
        <select aria-label="Activity" value={query.activity ?? ''} onChange={(event) => narrow({ activity: event.currentTarget.value, ...WHOLE })}>
          <option value="">Every activity</option>
          {activities.value.map((each) => <option key={each.activity} value={each.activity}>{each.name}</option>)}
        </select>
        <input name="place" aria-label="Place" placeholder="Place" defaultValue={query.place ?? ''} />
        <input name="tag" aria-label="Tag" placeholder="Tag" defaultValue={query.tag ?? ''} />
        <button class="button small" type="submit">Find</button>
        <Switch name="Remote" on={query.remote === 'true'} set={(on) => narrow({ remote: on ? 'true' : undefined, ...WHOLE })} />
        <Switch name="Paid" on={query.paid === 'true'} set={(on) => narrow({ paid: on ? 'true' : undefined, ...WHOLE })} />
        {me.value && <a class="button small" href={matching ? path : `${path}?matching=true`}>{matching ? 'The whole board' : 'What fits me'}</a>}
        {me.value && <a class="button small" href={query.mine ? path : `${path}?mine=true`}>{query.mine ? 'The whole board' : 'My own'}</a>}
        {me.value && <a class="button main small" href="/app/opportunities/new">Post one</a>}
      </form>
      <Fault problem={board.problem} />
      <ul class="plain board">{board.items.map((each) => <li key={each.id}><Notice of={each} /></li>)}</ul>
      {board.loading && <Waiting what="Loading the board" />}
      {!board.loading && !board.items.length && !board.problem && (
        <div class="empty">
          <p>{matching ? <>Nothing fits you yet: it is for something that you are <a href="/app/profile#open-to">open to</a>, with a tag of your timeline.</> : Object.keys(query).length ? 'Nothing on the board matches.' : 'The board is empty.'}</p>
          <p class="example">“Photographs for a booklet of neighbourhood roasters” · three Saturdays in January · Lisboa · paid</p>
        </div>
      )}
      {board.next && !board.loading && <button type="button" class="button" onClick={board.more}>Show more</button>}
    </Page>
  );
}

function Notice({ of }: { of: Posted }) {
  const facts = [of.place, of.remote && 'remote', of.time_needed, of.paid ? of.payment || 'paid' : of.payment || 'unpaid', of.deadline && `until ${of.deadline}`].filter(Boolean);
  return (
    <article aria-labelledby={`title-${of.id}`}>
      <p class="small soft">{nameOf(of.activity)}{of.state !== 'open' && <span class="mark"> {of.state}</span>}</p>
      <h2 id={`title-${of.id}`}><a href={`/app/opportunities/${of.id}`}>{of.title}</a></h2>
      <p>{facts.join(' · ')}</p>
      <p class="small soft">{of.poster.name}{of.tags.length > 0 && ` · ${of.tags.map((tag) => `#${tag}`).join(' ')}`}</p>
    </article>
  );
}

function Switch({ name, on, set }: { name: string; on: boolean; set: (on: boolean) => void }) {
  return <label class="choice"><input type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} />{name}</label>;
}

function useBoard(query: Asked, matching: boolean) {
  const [items, setItems] = useState<Posted[]>([]);
  const [next, setNext] = useState<string | null>();
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  const by = JSON.stringify([query, matching]);
  const page = (after?: string) => {
    setLoading(true);
    setProblem(undefined);
    const params = { query: { ...query, ...(after && { after }) } };
    const found = matching ? answer(api.GET('/v1/me/matches', { params: { query: { ...(after && { after }) } } })) : me.value ? answer(api.GET('/v1/opportunities', { params })) : answer(api.GET('/v1/public/opportunities', { params }));
    found.then((got) => {
      setItems((old) => (after ? [...old, ...got.items] : got.items));
      setNext(got.next);
    }).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    }).finally(() => setLoading(false));
  };
  useEffect(() => page(), [by]);
  return { items, next, loading, problem, more: () => page(next ?? undefined) };
}
