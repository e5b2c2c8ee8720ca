import assert from 'node:assert/strict';
import { test } from 'node:test';
import { added, chip, fold, good } from './tags.ts';

test('folds as the API does', () => {
  assert.equal(fold('  Café  Latte '), 'cafe latte');
  assert.equal(fold('Straße'), 'strasse');
  assert.equal(fold('Ωμέγα'), 'ωμεγα');
  assert.equal(fold('ガーデン'), 'ガーデン');
  assert.equal(fold('Чай'), 'чай');
});

test('four from a paste, folded and without doubles', () => {
  assert.deepEqual(good(added([], 'A, b; c\nd')), ['a', 'b', 'c', 'd']);
  assert.deepEqual(good(added([{ tag: 'cafe' }], 'Café, #CAFE; tea')), ['cafe', 'tea']);
});

test('one bad chip keeps the others', () => {
  const chips = added([], `python, ${'x'.repeat(41)}, <b>, c#`);

  assert.deepEqual(good(chips), ['python', 'c#']);
  assert.deepEqual(chips.filter((each) => each.fault).map((each) => each.tag), ['x'.repeat(41), '<b>']);
});

test('what does not fit stays, and says so', () => {
  const chips = added([], Array.from({ length: 32 }, (_, n) => `tag ${n}`).join(','));

  assert.equal(good(chips).length, 30);
  assert.match(chips[31]?.fault ?? '', /more than the 30/);
});

test('keeps what is part of a word', () => {
  for (const tag of ['c++', 'f#', 'node.js', "rock'n'roll", 'r&d', 'ci/cd', 'हिन्दी']) assert.equal(chip(tag).fault, undefined, tag);
});
