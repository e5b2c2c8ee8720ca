import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked } from './asked.ts';

test('asks for what the address says, and for one’s own alone', () => {
  assert.deepEqual(asked({ activity: 'speak', place: 'lisboa', tag: 'coffee', remote: 'true' }), { activity: 'speak', place: 'lisboa', tag: ['coffee'], remote: 'true' });
  assert.deepEqual(asked({ mine: 'true', place: 'lisboa' }), { mine: 'true' });
  assert.deepEqual(asked({}), {});
});
