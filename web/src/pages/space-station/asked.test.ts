import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, asked, isNothing, toggled } from './asked.ts';

test('an address says all that is looked for, and is said again the same', () => {
  const url = '/app/space-station?q=ana&open_to=speak&tag=c%2B%2B&tag=coffee&place=lisboa';
  assert.deepEqual(asked(url), { q: 'ana', open_to: ['speak'], badge: [], tag: ['c++', 'coffee'], place: ['lisboa'], blind: false });
  assert.equal(address(asked(url)), url);
});

test('blind, nobody is looked for by name', () => {
  assert.equal(asked('/x?q=ana&blind=true').q, '');
  assert.equal(address({ ...asked('/x?q=ana'), blind: true }), '/app/space-station?blind=true');
});

test('a facet is chosen by one click and left by the next', () => {
  const one = toggled(asked('/x'), 'tag', 'coffee');
  assert.deepEqual(one.tag, ['coffee']);
  assert.ok(isNothing(toggled(one, 'tag', 'coffee')));
});
