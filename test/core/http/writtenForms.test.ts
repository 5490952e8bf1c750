import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { base64Forms, bareForms, writtenBytes } from '../../../src/core/http/writtenForms.ts';

/** What is made of whole digits only, however many characters stand before. */
const whole = (text: string) => text.replace(/=+$/, '').toLowerCase();

describe('forms that a secret is written in', () => {
  it('are all of base32 and base32hex, wherever it begins', () => {
    // RFC 4648 section 10 has foobar; the others are of `base32`, of the GNU core utilities.
    const texts = ['MZXW6YTBOJTG633CMFZA====', 'CPNMUOJ1E9J6URR2C5P0===='];
    const forms = bareForms('foobarfoobar', false);
    for (const text of texts)
      assert.ok(
        forms.some((form) => whole(text).startsWith(form)),
        text,
      );
    assert.ok(forms.includes('mzxw6ytbojtg633cmfz'), forms.join());
    // 80 bits are 16 digits, of which none is of anything else.
    assert.ok(bareForms('foobarfoob', false).includes('mzxw6ytbojtg633c'));
    // printf 'xfoobarfoobar' | base32, and with up to four more before it.
    for (const text of [
      'PBTG633CMFZGM33PMJQXE===',
      'PB4GM33PMJQXEZTPN5RGC4Q=',
      'PB4HQZTPN5RGC4TGN5XWEYLS',
      'PB4HQ6DGN5XWEYLSMZXW6YTBOI======',
    ])
      assert.ok(
        forms.some((form) => form.length >= 18 && whole(text).includes(form)),
        text,
      );
  });

  it('are those of base64 and base64url, wherever it begins', () => {
    assert.deepEqual(
      [...base64Forms(Buffer.from('??>ab'))],
      ['Pz8+YW', 'Pz8-YW', '8/PmFi', '8_PmFi', '/Pz5hY', '_Pz5hY'],
    );
    assert.deepEqual([...base64Forms(Buffer.from('foobar'))], ['Zm9vYmFy', 'Zvb2Jhc', 'mb29iYX']);
  });

  it('are those that forms, URLs, JSON and UTF-16 make of it, and of what is long no UTF-16', () => {
    assert.deepEqual(
      writtenBytes('a "é').map((bytes) => bytes.toString('latin1')),
      ['a "Ã©', 'a+%22%C3%A9', 'a%20%22%C3%A9', 'a \\"Ã©', 'a\0 \0"\0é\0', '\0a\0 \0"\0é'],
    );
    assert.equal(writtenBytes('x'.repeat(256)).length, 3);
    assert.equal(writtenBytes('x'.repeat(257)).length, 1);
    assert.equal(bareForms('x'.repeat(257), true).length, 1);
  });
});
