import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysIn, isBefore, partial, parts, period, said, sortKey } from './dates.ts';

test('keeps a date as precise as it was given', () => {
  for (const date of ['2021', '2021-03', '2021-03-04']) assert.equal(partial(parts(date)), date);
  assert.equal(partial({ year: '2021', month: '', day: '4' }), '2021');
  assert.equal(partial({ year: '2021', month: '3', day: '4' }), '2021-03-04');
});

test('says dates as people do', () => {
  assert.equal(said('2021'), '2021');
  assert.equal(said('2021-03'), 'March 2021');
  assert.equal(said('2021-03-04'), '4 March 2021');
});

test('says a period once', () => {
  assert.equal(period('2021-03-14', '2021-03-16', false), '14 to 16 March 2021');
  assert.equal(period('2021-03', '2021-05', false), 'March to May 2021');
  assert.equal(period('2021-03-30', '2021-04-02', false), '30 March to 2 April 2021');
  assert.equal(period('2021-03', '2021-03', false), 'March 2021');
  assert.equal(period('2019', '2021-05', false), '2019 to May 2021');
  assert.equal(period('2019', null, true), 'since 2019');
  assert.equal(period('2021-03', '2021-03-09', false), 'March to 9 March 2021');
});

test('orders as the API does', () => {
  const newest = [
    { start: '2021-02', ongoing: true }, { start: '2021-12-31', ongoing: false }, { start: '2021-12', ongoing: false },
    { start: '2021', ongoing: false }, { start: '2020-12-31', ongoing: false },
  ].map((each) => ({ ...each, id: 'x' }));

  assert.deepEqual([...newest].sort((a, b) => (sortKey(a) < sortKey(b) ? 1 : -1)), newest);
});

test('compares at the precision that both have', () => {
  assert.equal(isBefore('2021', '2021-03'), false);
  assert.equal(isBefore('2021-02', '2021-03-01'), true);
});

test('knows leap years', () => {
  assert.equal(daysIn('2024', '2'), 29);
  assert.equal(daysIn('2023', '02'), 28);
});
