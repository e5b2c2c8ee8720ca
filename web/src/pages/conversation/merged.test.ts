import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merged } from './merged.ts';

test('each message once and in order, whichever page it came with', () => {
  const numbers = (all: { number: number }[]) => all.map((each) => each.number);
  assert.deepEqual(numbers(merged([{ number: 2 }, { number: 3 }], [{ number: 3 }, { number: 1 }])), [1, 2, 3]);
});
