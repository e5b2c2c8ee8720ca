import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { answer, api, me, type Card } from '../../api/client';
import { Problem } from '../../api/problem';
import { offerUndo, say } from '../../shell/toasts';
import { used } from '../../tags/suggestions';
import { TagBox } from '../../tags/tag-box';
import { good, type Chip } from '../../tags/tags';
import type { Place } from './place';
import { effects, steps, ticked, undoing, type Change, type Step } from './selection';
import { read, type Stream } from './stream';

export interface Tick { on: boolean; toggle: (event: MouseEvent) => void; done: () => void }

export interface Ticks {
  on: boolean;
  /** What begins it, and where one is again after it; and where one goes when all are ticked. */
  start: RefObject<HTMLButtonElement | null>;
  tray: RefObject<HTMLElement | null>;
  chosen: ReadonlySet<string>;
  toggleOn: () => void;
  choose: (ids: string[]) => void;
  of: (item: Card) => Tick | undefined;
}

export function useTicks(ids: string[]): Ticks {
  const [on, setOn] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const start = useRef<HTMLButtonElement>(null);
  const tray = useRef<HTMLElement>(null);
  const of = (item: Card) => on && item.member_id === me.value?.id ? {
    on: chosen.has(item.id),
    toggle: (event: MouseEvent) => {
      setChosen(ticked(ids, chosen, item.id, event.shiftKey ? last.current : undefined));
      last.current = item.id;
    },
    done: () => tray.current?.querySelector('input')?.focus(),
  } : undefined;
  const toggleOn = () => {
    setOn(!on);
    setChosen(new Set());
    start.current?.focus();
  };
  return { on, start, tray, chosen, toggleOn, choose: (all) => setChosen(new Set(all)), of };
}

/** All that is ticked, also what is not on the screen: "all that match" knows it from the API. */
export function Bulk({ ticks, stream, handle, place }: { ticks: Ticks; stream: Stream; handle: string; place: Place }) {
  const [elsewhere, setElsewhere] = useState<Card[]>([]);
  const [add, setAdd] = useState<Chip[]>([]);
  const [remove, setRemove] = useState<Chip[]>([]);
  const [busy, setBusy] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const items = [...new Map([...elsewhere, ...stream.items].map((each) => [each.id, each])).values()].filter((each) => ticks.chosen.has(each.id));
  const change: Change = { add: good(add), remove: good(remove) };
  const { gain, lose, same } = effects(items, change);

  const all = async () => {
    setBusy(true);
    try {
      const found = await everything(handle, { ...place, at: undefined });
      setElsewhere(found);
      ticks.choose(found.map((each) => each.id));
    } catch (error) {
      told(error);
    } finally {
      setBusy(false);
    }
  };
  const apply = async () => {
    dialog.current!.close();
    setBusy(true);
    try {
      const refused = await run(steps(items, change));
      if (refused.size) say(`${refused.size} stayed as they were: ${[...refused.values()][0]}`);
      const done = items.filter((each) => !refused.has(each.id));
      show(stream, done, change);
      used(change.add);
      offerUndo(`Tags changed on ${done.length === 1 ? 'one highlight' : `${done.length} highlights`}.`, () => void undo(done));
      ticks.toggleOn();
    } catch (error) {
      told(error);
    } finally {
      setBusy(false);
    }
  };
  const undo = async (done: Card[]) => {
    try {
      await run(undoing(done, change));
      stream.patch((now) => now.map((each) => ({ ...each, tags: done.find((old) => old.id === each.id)?.tags ?? each.tags })));
      say('All tags are as they were.');
    } catch (error) {
      told(error);
    }
  };

  const nothing = !items.length || !(change.add.length || change.remove.length);
  return (
    <section class="panel tray" ref={ticks.tray} aria-label="Change many at once">
      <div class="spread">
        <strong role="status">{items.length === 1 ? '1 highlight chosen' : `${items.length} highlights chosen`}</strong>
        <span class="row">
          <button type="button" class="button small" onClick={() => void all()} aria-disabled={busy}>All that match this filter</button>
          <button type="button" class="button small" onClick={() => ticks.choose([])}>None</button>
        </span>
      </div>
      <p class="hint by-keys">By keyboard: Space ticks, with Shift a range, and Enter comes back here.</p>
      <TagBox label="Add tags" chips={add} onChips={setAdd} />
      <TagBox label="Remove tags" chips={remove} onChips={setRemove} />
      <div class="row">
        <button type="button" class="button main" aria-disabled={nothing || busy} onClick={() => !nothing && !busy && dialog.current!.showModal()}>Change tags …</button>
        <button type="button" class="button quiet" onClick={ticks.toggleOn}>Cancel</button>
      </div>
      <dialog ref={dialog} aria-labelledby="bulk-title">
        <div class="stack">
          <h2 id="bulk-title">Change tags on {items.length - same} of {items.length}?</h2>
          <ul>
            {change.add.length > 0 && <li>{gain} get {change.add.join(', ')}</li>}
            {change.remove.length > 0 && <li>{lose} lose {change.remove.join(', ')}</li>}
            {same > 0 && <li>{same} stay as they are</li>}
          </ul>
          <div class="row">
            <button type="button" class="button main" onClick={() => void apply()}>Change</button>
            <button type="button" class="button" onClick={() => dialog.current!.close()}>Not now</button>
          </div>
        </div>
      </dialog>
    </section>
  );
}

async function everything(handle: string, place: Place): Promise<Card[]> {
  const found: Card[] = [];
  let after: string | null | undefined;
  do {
    const page = await read(handle, place, { limit: 100, ...(after && { after }) });
    found.push(...page.items.filter((each) => each.member_id === me.value?.id));
    after = page.next;
  } while (after);
  return found;
}

/** Those that were refused, and why. */
async function run(all: Step[]): Promise<Map<string, string>> {
  const refused = new Map<string, string>();
  for (const step of all) {
    const { items } = await answer(api.POST('/v1/highlights/bulk', { body: step }));
    for (const each of items) if (each.status !== 200) refused.set(each.id, each.detail ?? '');
  }
  return refused;
}

function show(stream: Stream, done: Card[], { add, remove }: Change): void {
  const ids = new Set(done.map((each) => each.id));
  const tags = (old: string[]) => [...new Set([...old.filter((tag) => !remove.includes(tag)), ...add])];
  stream.patch((now) => now.map((each) => (ids.has(each.id) ? { ...each, tags: tags(each.tags) } : each)));
}

function told(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
  say(error.message);
}
