import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf, draftOf, empty, faults } from './draft.ts';

const TODAY = new Date(2026, 10, 24);
const TALK = { ...empty(TODAY), title: 'A talk' };

test('begins with this month, and no day', () => {
  assert.equal(bodyOf(TALK).start, '2026-11');
});

test('sends what lasts as what it is', () => {
  const end = { year: '2027', month: '', day: '' };
  assert.deepEqual([bodyOf({ ...TALK, end }).end, bodyOf({ ...TALK, end }).ongoing], [null, false]);
  assert.equal(bodyOf({ ...TALK, end, lasting: 'range' }).end, '2027');
  assert.deepEqual([bodyOf({ ...TALK, end, lasting: 'ongoing' }).end, bodyOf({ ...TALK, lasting: 'ongoing' }).ongoing], [null, true]);
});

test('members go by their handle, all others by their name; empty rows go nowhere', () => {
  const people = [{ who: '@Ben', role: 'Sound' }, { who: 'Ben @ Home', role: '' }, { who: ' ', role: 'x' }];
  assert.deepEqual(bodyOf({ ...TALK, people }).collaborators, [{ handle: 'ben', role: 'Sound' }, { name: 'Ben @ Home', role: '' }]);
  const links = [{ url: 'example.org/x', title: '' }, { url: 'http://example.org', title: 'It' }, { url: '', title: '' }];
  assert.deepEqual(bodyOf({ ...TALK, links }).links?.map((each) => each.url), ['https://example.org/x', 'http://example.org']);
});

test('says what is missing, at its field', () => {
  assert.deepEqual([...faults(empty(TODAY)).keys()], ['title']);
  assert.deepEqual([...faults({ ...TALK, start: { year: '', month: '03', day: '' } }).keys()], ['start']);
  const before = { ...TALK, lasting: 'range' as const, end: { year: '2026', month: '10', day: '' } };
  assert.equal(faults(before).get('end'), 'Is before the start.');
  assert.match(faults({ ...TALK, tags: [{ tag: 'ok' }, { tag: '<', fault: 'is wrong' }] }).get('tags') ?? '', /is wrong/);
  assert.equal(faults(TALK).size, 0);
});

test('what is opened and saved again is the same', () => {
  const body = { ...bodyOf(TALK), tags: ['a', 'b'], end: '2026-12-03', media: [{ id: 'm', alt: 'Chairs', caption: '' }], collaborators: [{ handle: 'ben', role: 'Sound' }] };
  const stored = { ...body, collaborators: [{ name: 'Ben', handle: 'ben', role: 'Sound', state: 'claimed' }], media: [{ id: 'm', alt: 'Chairs', caption: '', kind: 'image' }] };
  assert.deepEqual(bodyOf(draftOf(stored as never)), body);
});
