import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdownText } from '../../src/core/markdownText.ts';

describe('text in Markdown', () => {
  for (const [text, written] of [
    // Read at a terminal, in a log and by a model, too, where nobody renders it.
    ['invalid_request and client_secret_basic', 'invalid_request and client_secret_basic'],
    ['größe_1_of_2', 'größe_1_of_2'],
    ['_emphasis_ and __strong__', String.raw`\_emphasis\_ and \_\_strong\_\_`],
    ['a__b, a_, _b, a_(_b', String.raw`a\_\_b, a\_, \_b, a\_(\_b`],
    ['[x](y) <b> `c` *d* ~e~ &amp; |', String.raw`\[x\](y) \<b\> \`c\` \*d\* \~e\~ \&amp; \|`],
  ] as const)
    it(`stays as it is: ${text}`, () => assert.equal(markdownText(text), written));
});
