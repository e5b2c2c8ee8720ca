import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lasting, sized, typeOf } from './kinds.ts';

test('believes the browser, and else the name', () => {
  assert.equal(typeOf({ type: 'image/png', name: 'x.jpg' }), 'image/png');
  assert.equal(typeOf({ type: '', name: 'Ferien.HEIC' }), 'image/heic');
  assert.equal(typeOf({ type: '', name: 'Makefile' }), 'application/octet-stream');
});

test('says how long and how large', () => {
  assert.deepEqual([4_000, 64_400, 3_723_000].map(lasting), ['0:04', '1:04', '1:02:03']);
  assert.deepEqual([12, 340_400, 4_214_166].map(sized), ['1 kB', '340 kB', '4.2 MB']);
});
