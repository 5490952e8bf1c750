import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { GramIndex } from '../../../src/core/http/gramIndex.ts';
import { secretReplacer } from '../../../src/core/http/replaceSecrets.ts';

/** Few characters, so that words hold one another and begin and end alike. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', '0', '-', '%', 'é', '…'), maxLength: 14 });

describe('the index of words', () => {
  it('gives at least every word that occurs, in order', () => {
    fc.assert(
      fc.property(fc.array(word), fc.array(word), (words, pieces) => {
        const index = new GramIndex();
        words.forEach((each, at) => index.add(each, at));
        const text = pieces.join('');
        const found = index.candidates(text);
        assert.deepEqual(
          found,
          [...new Set(found)].sort((left, right) => left - right),
        );
        for (const [at, each] of words.entries())
          assert.ok(!text.includes(each) || found.includes(at), `${each} in ${text}`);
      }),
    );
  });

  it('leaves out the words whose end is nowhere', () => {
    const index = new GramIndex();
    ['signature-1', 'signature-2', 'x'.repeat(40)].forEach((each, at) => index.add(each, at));
    assert.deepEqual(index.candidates(`${'x'.repeat(5)} gnature-2 `), [1]);
  });
});

describe('secrets replaced in many texts', () => {
  const tokens = Array.from({ length: 300 }, (_, at) => `eyJhbGciOiJIUzI1NiJ9.${at}/e30.s1gnature-${at}+end`);
  const replace = secretReplacer(tokens);

  it('are found in every form, also among many that begin and end alike', () => {
    const forms: ((token: string) => string)[] = [
      (token) => token,
      encodeURIComponent,
      (token) => JSON.stringify(JSON.stringify(token)).replaceAll('/', '\\/'),
      (token) => token.replace(/[./+-]/g, (character) => `&#${character.charCodeAt(0)};`),
      (token) => Buffer.from(`client:${token}`).toString('base64'),
    ];
    for (const form of forms)
      for (const token of tokens) {
        const shown = replace(`before ${form(token)} after`);
        assert.match(shown, /^before .* after$/);
        assert.doesNotMatch(shown, /eyJhbG|ZXlKaGJH|5SmhiR2|leUpoYkdj|s1gnature/, form(token));
      }
  });

  it('leave a text with none of them as it is', () => {
    for (const text of ['', 'eyJhbGciOiJIUzI1NiJ9.e30.', 's1gnature', '+end', 'x'.repeat(100_000)])
      assert.equal(replace(text), text);
  });

  it('are replaced the longest first, so that no part of one stays', () => {
    const nested = secretReplacer(['inner-secret-0123', 'outer-inner-secret-0123-outer']);
    assert.equal(nested('a outer-inner-secret-0123-outer b inner-secret-0123 c'), 'a …-outer b …0123 c');
  });

  it('may have no letter and no digit', () => {
    assert.equal(secretReplacer(['-_-_-_-_-_-_-_-_'])('a -_-_-_-_-_-_-_-_ b'), 'a …-_-_ b');
  });
});
