import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf, unreachable } from './problem.ts';

test('puts each sentence at its field', () => {
  const problem = problemOf(422, { errors: [{ pointer: '/password', detail: 'String should have at least 12 characters' }, { pointer: '/tags/3', detail: 'Value error, must be one line' }] }, null);

  assert.equal(problem.at('password'), 'Needs 12 characters or more.');
  assert.equal(problem.at('tags'), 'Must be one line.');
  assert.equal(problem.at('title'), undefined);
  assert.equal(problem.message, 'Some fields need another look.');
});

test('a field is not another that begins with its name', () => {
  const problem = problemOf(422, { errors: [{ pointer: '/start_at', detail: 'is wrong' }] }, null);

  assert.equal(problem.at('start'), undefined);
});

test('says when to try again', () => {
  assert.equal(problemOf(429, {}, '61').message, 'That was often enough for now. Try again in 2 minutes.');
  assert.equal(problemOf(429, {}, null).message, 'That was often enough for now. Try again in a few minutes.');
});

test('a refusal without fields says what the API says', () => {
  assert.equal(problemOf(409, { title: 'In conflict', detail: 'This handle is taken.' }, null).message, 'This handle is taken.');
  assert.equal(problemOf(403, undefined, null).message, 'That did not work.');
});

test('a fault of ours and a broken line lose nothing, and say so', () => {
  assert.match(problemOf(500, { detail: 'logged as 17' }, null).message, /Nothing that you wrote is lost/);
  assert.equal(unreachable().status, 0);
});
