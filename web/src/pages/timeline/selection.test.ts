import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effects, steps, ticked, undoing, type Tagged } from './selection.ts';

const IDS = ['a', 'b', 'c', 'd', 'e'];
const ITEMS: Tagged[] = [{ id: 'a', tags: ['python'] }, { id: 'b', tags: ['python', 'old'] }, { id: 'c', tags: ['old'] }, { id: 'd', tags: [] }];

/** What the API does. */
function applied(items: Tagged[], all: ReturnType<typeof steps>): Tagged[] {
  return all.reduce((now, step) => now.map((each) => !step.ids.includes(each.id) ? each
    : { id: each.id, tags: [...new Set([...each.tags.filter((tag) => !step.remove_tags.includes(tag)), ...step.add_tags])] }), items);
}

test('ticks one, and with Shift all between', () => {
  assert.deepEqual([...ticked(IDS, new Set(), 'b', undefined)], ['b']);
  assert.deepEqual([...ticked(IDS, new Set(['b']), 'd', 'b')].sort(), ['b', 'c', 'd']);
  assert.deepEqual([...ticked(IDS, new Set(['b']), 'a', 'b')].sort(), ['a', 'b']);
  assert.deepEqual([...ticked(IDS, new Set(IDS), 'd', 'b')].sort(), ['a', 'e']);
  assert.deepEqual([...ticked(IDS, new Set(), 'b', 'gone')], ['b']);
});

test('counts what would change', () => {
  assert.deepEqual(effects(ITEMS, { add: ['python'], remove: ['old'] }), { gain: 2, lose: 2, same: 1 });
});

test('undoing brings back exactly what was there', () => {
  const change = { add: ['python', 'new'], remove: ['old'] };
  const after = applied(ITEMS, steps(ITEMS, change));
  const back = applied(after, undoing(ITEMS, change));

  assert.notDeepEqual(after, ITEMS);
  assert.deepEqual(back.map((each) => [each.id, [...each.tags].sort()]), ITEMS.map((each) => [each.id, [...each.tags].sort()]));
});

test('asks for 200 at a time, and nothing for those that stay', () => {
  const many = Array.from({ length: 450 }, (_, n) => ({ id: String(n), tags: n === 0 ? ['x'] : [] }));

  assert.deepEqual(steps(many, { add: ['x'], remove: [] }).map((each) => each.ids.length), [200, 200, 49]);
});
