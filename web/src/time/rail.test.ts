import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labels, marks, moved, nearest, spoken, stopOf, stops, type Years } from './rail.ts';

const COUNTS: Years = {
  years: [
    { year: 2021, count: 7, months: [{ month: 12, count: 2 }, { month: 3, count: 4 }] },
    { year: 2019, count: 1, months: [{ month: 6, count: 1 }] },
    { year: 1998, count: 2, months: [] },
  ],
};
const STOPS = stops(COUNTS);

test('stops where there is something, newest first', () => {
  assert.deepEqual(STOPS.map((each) => each.at), ['2021-12', '2021-03', '2021', '2019-06', '1998']);
  assert.deepEqual(STOPS.map((each) => each.count), [2, 4, 1, 1, 2]);
});

test('says where it is', () => {
  assert.equal(spoken(STOPS[1]!), 'March 2021, 4 highlights');
  assert.equal(spoken(STOPS[3]!), 'June 2019, 1 highlight');
  assert.equal(spoken(STOPS[4]!), '1998, 2 highlights');
});

test('time is to scale', () => {
  const placed = marks(STOPS, 2400);
  assert.ok(placed.every((each, place) => place === 0 || each.y > placed[place - 1]!.y));
  assert.ok(Math.abs(placed[4]!.y - placed[2]!.y - 2300) < 1, '23 years of 24');
  assert.ok(placed.at(-1)!.y <= 2400);
});

test('labels keep 16 px apart, and the oldest year has one always', () => {
  const forty: Years = { years: Array.from({ length: 40 }, (_, n) => ({ year: 2026 - n, count: 1, months: [{ month: 5, count: 1 }] })) };
  for (const height of [100, 300, 560, 640, 2000]) {
    const found = labels(marks(stops(forty), height));
    assert.equal(found.at(-1)?.year, 1987);
    found.forEach((each, place) => assert.ok(place === 0 || each.y - found[place - 1]!.y >= 16, `${height}`));
  }
  assert.equal(labels(marks(stops(forty), 2000)).length, 40);
  assert.deepEqual(labels([]), []);
});

test('the nearest stop is the one that one lands in', () => {
  const placed = marks(STOPS, 800);
  placed.forEach((each, place) => assert.equal(nearest(placed, each.y), place));
  assert.equal(nearest(placed, 0), 0);
  assert.equal(nearest(placed, 9999), 4);
});

test('a highlight is at the stop of its month', () => {
  assert.equal(stopOf(STOPS, '2021-03-14'), 1);
  assert.equal(stopOf(STOPS, '2021'), 2);
  assert.equal(stopOf(STOPS, '2020-05'), 3);
  assert.equal(stopOf(STOPS, '1990'), 4);
});

test('keys go by months, by years, and to the ends', () => {
  assert.equal(moved(STOPS, 1, 'ArrowDown'), 2);
  assert.equal(moved(STOPS, 0, 'ArrowUp'), 0);
  assert.equal(moved(STOPS, 1, 'PageDown'), 3);
  assert.equal(moved(STOPS, 3, 'PageUp'), 0);
  assert.equal(moved(STOPS, 4, 'PageDown'), 4);
  assert.equal(moved(STOPS, 3, 'Home'), 0);
  assert.equal(moved(STOPS, 0, 'End'), 4);
  assert.equal(moved(STOPS, 0, 'x'), undefined);
});
