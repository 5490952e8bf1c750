import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { withoutHidden } from '../../../src/core/http/hiddenSecrets.ts';
import { secretReplacer } from '../../../src/core/http/replaceSecrets.ts';
import { assertLinear } from '../pump/linear.ts';

const pairs = (text: string) => Buffer.from(text).toString('hex').match(/../g) ?? [];

/** What a server can make of what it was sent. */
const encodings: Readonly<Record<string, (text: string) => string>> = {
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  credentials: (text) => Buffer.from(`client:${text}:x`).toString('base64'),
  hex: (text) => pairs(text).join(''),
  HEX: (text) => pairs(text).join('').toUpperCase(),
  bytes: (text) => pairs(text).join(':'),
  dump: (text) => pairs(text).join(' '),
  escapes: (text) =>
    pairs(text)
      .map((pair) => `\\x${pair}`)
      .join(''),
  percent: (text) =>
    pairs(text)
      .map((pair) => `%${pair}`)
      .join(''),
  url: encodeURIComponent,
  lines: (text) => text.replace(/.{12}/g, '$&\n'),
  mail: (text) => Buffer.from(text).toString('base64').replace(/.{16}/g, '$&\r\n'),
};

describe('what hides a secret in encodings within encodings', () => {
  const secret = `${randomBytes(18).toString('base64url')}/+&ö`;
  let replace: (text: string) => string;
  before(() => {
    replace = secretReplacer([secret]);
  });
  const clean = (text: string) => withoutHidden(replace(text), replace);

  for (const [first, one] of Object.entries(encodings))
    for (const [second, other] of Object.entries(encodings))
      it(`is taken out: ${second} of ${first}`, () => {
        const hidden = other(one(secret));
        const said = clean(`It said ${hidden} today.`);
        assert.ok(!said.includes(hidden), said);
        const middle = hidden.slice(hidden.length / 4, (hidden.length * 3) / 4);
        assert.ok(!said.includes(middle), said);
      });

  it('is all that is taken out', () => {
    const text = [
      'Orders: 3fa85f64-5717-4562-b3fc-2c963f66afa6, sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.',
      '{ "thumbprint": "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", "mac": "00:1B:44:11:3A:B7:00:1B:44:11:3A:B7" }',
      'A sentence that goes on and on, over two\nlines, with-many-hyphens-in-one-long-word and/a/path/of/some/length.',
    ].join('\n');
    assert.equal(clean(text), text);
  });

  const known = 'q7Rk2vXb9LmN4pTs';
  const leftOut = '(Left out: a secret stood in it, broken into lines or encoded.)';
  const hex = (text: string) => pairs(text).join('');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const rows: readonly (readonly [text: string, shown: string])[] = [
    [`a ${known}`, leftOut],
    ['a q7Rk2vXb%0A9LmN4pTs', leftOut],
    ['a q7Rk2vXb%209LmN4pTs', leftOut],
    ['a q7Rk2vXb \r\n 9LmN4pTs', leftOut],
    ['a q7Rk2vXb\\r\\n9LmN4pTs', leftOut],
    ['a q7Rk2vXb\\t9LmN4pTs', 'a q7Rk2vXb\\t9LmN4pTs'],
    ['a q7Rk2vXb%8A9LmN4pTs', 'a q7Rk2vXb%8A9LmN4pTs'],
    ['a q7Rk2vXb%0g9LmN4pTs', 'a q7Rk2vXb%0g9LmN4pTs'],
    [`a ${hex(known)} b`, 'a… b'],
    [`a:f${hex(known)} b`, leftOut],
    [`a:f${hex(known)}0 b`, 'a… b'],
    [`(${base64(known)})`, '(…)'],
    [`(x${base64(known)})`, '(…)'],
    [`(xyz${base64(known)})`, '(…)'],
    [`(${base64(hex(base64(known)))})`, '(…)'],
    [`(${base64(base64(base64(base64(known))))})`, `(${base64(base64(base64(base64(known))))})`],
    ['(q7Rk2vXb9LmN4pT)', '(q7Rk2vXb9LmN4pT)'],
  ];
  for (const [text, shown] of rows)
    it(`is taken out of ${text}`, () => {
      assert.equal(
        withoutHidden(text, (one) => one.replaceAll(known, '')),
        shown,
      );
    });

  for (const part of ['ab', '%61', 'a-', '\\x', 'QUJD'])
    it(`is looked for in linear time among ${part}`, () => {
      assertLinear(part, (length) => part.repeat(length / part.length), clean, 1 << 17);
    });
});
