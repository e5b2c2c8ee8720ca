import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handleFor } from './handle.ts';

test('suggests a handle that the API takes', () => {
  assert.equal(handleFor('Ana Vilaça Moura'), 'ana-vilaca-moura');
  assert.equal(handleFor('  Łukasz & Co. '), 'ukasz-co');
  assert.equal(handleFor('x'.repeat(29) + ' y'), 'x'.repeat(29));
  assert.equal(handleFor('山田'), '');
});
