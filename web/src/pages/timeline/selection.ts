// Many highlights at once: which are ticked, what a change would do to each, and how it is undone.

export interface Tagged { id: string; tags: string[] }
export interface Change { add: string[]; remove: string[] }
export interface Step { ids: string[]; add_tags: string[]; remove_tags: string[] }

const AT_ONCE = 200; // in one call of the API

/** With Shift, all between the last one and this one become what this one becomes. */
export function ticked(ids: string[], now: ReadonlySet<string>, id: string, last: string | undefined): Set<string> {
  const chosen = new Set(now);
  const [from, to] = [ids.indexOf(last ?? id), ids.indexOf(id)].sort((a, b) => a - b) as [number, number];
  const among = from < 0 ? [id] : ids.slice(from, to + 1);
  const on = !now.has(id);
  for (const each of among) on ? chosen.add(each) : chosen.delete(each);
  return chosen;
}

/** What would change: how many get a tag that they lack, and how many lose one that they have. */
export function effects(items: Tagged[], { add, remove }: Change): { gain: number; lose: number; same: number } {
  const gain = items.filter((each) => add.some((tag) => !each.tags.includes(tag))).length;
  const lose = items.filter((each) => remove.some((tag) => each.tags.includes(tag))).length;
  const same = items.filter((each) => !differs(each, { add, remove })).length;
  return { gain, lose, same };
}

/** Only of those that it changes; as many calls as it takes. */
export function steps(items: Tagged[], change: Change): Step[] {
  return batches(items.filter((each) => differs(each, change)).map((each) => each.id), { add_tags: change.add, remove_tags: change.remove });
}

/** The way back: each loses what it got, and gets back what it lost, and nothing else. */
export function undoing(items: Tagged[], { add, remove }: Change): Step[] {
  const groups = new Map<string, { ids: string[]; back: Omit<Step, 'ids'> }>();
  for (const each of items.filter((one) => differs(one, { add, remove }))) {
    const back = { remove_tags: add.filter((tag) => !each.tags.includes(tag)), add_tags: remove.filter((tag) => each.tags.includes(tag)) };
    const key = JSON.stringify(back);
    const group = groups.get(key) ?? { ids: [], back };
    group.ids.push(each.id);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ ids, back }) => batches(ids, back));
}

function differs(item: Tagged, { add, remove }: Change): boolean {
  return add.some((tag) => !item.tags.includes(tag)) || remove.some((tag) => item.tags.includes(tag));
}

function batches(ids: string[], what: Omit<Step, 'ids'>): Step[] {
  const found: Step[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) found.push({ ids: ids.slice(from, from + AT_ONCE), ...what });
  return found;
}
