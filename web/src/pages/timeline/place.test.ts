import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, countable, filters, placeOf } from './place.ts';

test('an address says what is shown, and is read back the same', () => {
  const place = { badge: 'yoga-teacher', at: '1998-03' };
  const query = Object.fromEntries(new URLSearchParams(address('/app/', place).split('?')[1]));

  assert.deepEqual({ ...placeOf(query) }, { ...place, tag: undefined, kind: undefined, drafts: undefined });
  assert.equal(address('/app/', {}), '/app/');
});

test('what an address cannot mean is passed over', () => {
  const place = placeOf({ at: '1998-3', kind: 'nonsense', drafts: 'no' });

  assert.deepEqual([place.at, place.kind, place.drafts], [undefined, undefined, undefined]);
});

test('counts by one filter at most', () => {
  assert.deepEqual(countable({ tag: 'python', at: '2020' }), { tag: 'python' });
  assert.deepEqual(countable({}), {});
  assert.equal(countable({ tag: 'python', badge: 'cook' }), undefined);
  assert.equal(countable({ drafts: true }), undefined);
  assert.deepEqual(filters({ drafts: true, at: '2020' }), { visibility: 'draft' });
});
