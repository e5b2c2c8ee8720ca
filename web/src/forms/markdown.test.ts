import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHtml } from './markdown.ts';

test('shows what the API will make of it', () => {
  assert.equal(toHtml('# One\n\n~~gone~~ **here**').replaceAll('\n', ''), '<h3>One</h3><p><s>gone</s> <strong>here</strong></p>');
});

test('lets nothing through that could run', () => {
  const html = toHtml('<script>alert(1)</script> [x](javascript:alert(1)) ![x](https://example.org/x.png)');

  assert.doesNotMatch(html, /<script|href="javascript|<img/);
});
