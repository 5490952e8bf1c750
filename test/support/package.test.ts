import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withTexts } from './package.mjs';

describe('the manifest in the packages', () => {
  it('says its texts itself, however deep they stand', () => {
    const manifest = { title: '%a.title%', deep: [{ text: '%b%', size: 3, not: '100 %', none: null }] };
    assert.deepEqual(withTexts(manifest, { 'a.title': 'One', b: 'Two' }), {
      title: 'One',
      deep: [{ text: 'Two', size: 3, not: '100 %', none: null }],
    });
  });

  it('has no key without a text', () => {
    assert.throws(() => withTexts({ title: '%gone%' }, {}), /no text for %gone%/);
  });
});
