import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bodyView, shownLimit } from '../../../src/core/api/bodyView.ts';
import { layOutJson } from '../../../src/core/api/layOutJson.ts';

it('sizes are told in bytes, kB and MB, and what is exactly as long as may be shown is not cut', () => {
  const size = (length: number) => bodyView('x'.repeat(length), '').size;
  assert.deepEqual([999, 1000, 999_900, 1_000_000, 2_500_000].map(size), [
    '999 bytes',
    '1.0 kB',
    '999.9 kB',
    '1.0 MB',
    '2.5 MB',
  ]);
  assert.equal(bodyView('x'.repeat(shownLimit), '').cut, false);
  assert.equal(bodyView('', '').cut, false);
});

it('what is not text is told by its type or by what stands in its beginning', () => {
  const kind = (body: string, type = '') => bodyView(body, type).kind;
  assert.deepEqual(
    [kind('x', 'image/png'), kind('x', 'text/x-image/'), kind('x', 'application/zip')],
    ['binary', 'text', 'binary'],
  );
  const { cut } = bodyView('\0\0\0\0', '');
  assert.equal(cut, false);
  // A tenth of it may be.
  assert.equal(kind(`${'a'.repeat(90)}${'\0'.repeat(10)}`), 'text');
  assert.equal(kind(`${'a'.repeat(89)}${'\0'.repeat(11)}`), 'binary');
  // Behind the first 2,000 characters nothing is looked for.
  assert.equal(kind(`${'a'.repeat(2000)}${'\0'.repeat(2000)}`), 'text');
});

it('text that only holds JSON further on is no JSON, and a layout ends at its limit', () => {
  for (const text of ['1', 'x {"a":1}', 'x[1]', '{', '[1', '"[1]"'])
    assert.equal(layOutJson(text, Infinity), undefined, text);
  assert.equal(layOutJson('  [1]', Infinity), '[\n  1\n]');
  const long = JSON.stringify(Array.from({ length: 10_000 }, (_, n) => n));
  const shown = layOutJson(long, 100) ?? '';
  assert.ok(shown.length > 100 && shown.length < 200, String(shown.length));
});
