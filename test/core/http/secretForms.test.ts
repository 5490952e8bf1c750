import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretReplacer } from '../../../src/core/http/replaceSecrets.ts';

const bytes = (text: string) => Buffer.from(text).toString('hex').match(/../g) ?? [];
const each = (prefix: string) => (text: string) =>
  bytes(text)
    .map((pair) => prefix + pair)
    .join('');
const points = (write: (point: number) => string) => (text: string) =>
  Array.from(text, (character) => write(character.codePointAt(0) ?? 0)).join('');
const units = (prefix: string) => (text: string) =>
  text
    .split('')
    .map((unit) => prefix + unit.charCodeAt(0).toString(16).padStart(4, '0'))
    .join('');
const percent = encodeURIComponent;
const form = (text: string) => new URLSearchParams({ s: text }).toString().slice(2);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const mixed = (text: string) =>
  text.replace(/./g, (digit, at: number) => (at % 3 === 0 ? digit.toUpperCase() : digit));
const within = (sign: string) => (text: string) => Array.from(text).join(sign);
const lines = (length: number, end: string) => (text: string) => {
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += length) parts.push(text.slice(at, at + length));
  return parts.join(end);
};

const base32 = (text: string) =>
  Array.from(Buffer.from(text), (byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .replace(/.{1,5}/g, (five) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(five.padEnd(5, '0'), 2)),
    );
const base32hex = (text: string) =>
  base32(text).replace(/./g, (letter) =>
    '0123456789ABCDEFGHIJKLMNOPQRSTUV'.charAt('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter)),
  );
const hex = (text: string) => bytes(text).join('');
/** @see RFC 2152 */
const shifted = (run: string) =>
  `+${Buffer.from(run, 'utf16le').swap16().toString('base64').replaceAll('=', '')}-`;
const wide = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const halves = (between: string) => (text: string) => `${text.slice(0, 9)}${between}${text.slice(9)}`;
const entities: Readonly<Record<string, string>> = {
  ...{ '/': '&sol;', '+': '&plus;', '=': '&equals;', '%': '&percnt;', '&': '&AMP;', '?': '&quest;' },
  ...{ '"': '&QUOT;', '\\': '&bsol;', q: '&#0000113;' },
};

/** What servers, proxies, mail and logs write a text as. */
const forms: Readonly<Record<string, (text: string) => string>> = {
  'mixed hexadecimal digits': (text) => mixed(bytes(text).join('')),
  'hexadecimal digits of a form': (text) => bytes(form(text)).join(''),
  'hexadecimal digits with colons': (text) => bytes(text).join(':'),
  'hexadecimal digits with blanks': (text) => mixed(bytes(form(text)).join(' ')),
  'hexadecimal digits with hyphens': (text) => mixed(bytes(text).join('-')),
  'hexadecimal digits with line ends in JSON': (text) => json(lines(32, '\n')(bytes(text).join(' '))),
  'hexadecimal numbers': (text) =>
    bytes(text)
      .map((pair) => `0x${pair}`)
      .join(', '),
  'percent of hexadecimal digits': (text) => percent(bytes(text).join(':')),
  'base64 in lines': (text) => lines(76, '\r\n')(`${base64('client:'.repeat(8))}${base64(text)}`).slice(56),
  'base64 in short lines': (text) => lines(8, '\n')(base64(text)),
  'base64 in lines of JSON': (text) => json(lines(8, '\n')(base64(text))),
  'base64 in lines, indented': (text) => lines(10, '\n    ')(base64(text)),
  'base64 of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'base64 of big-endian UTF-16': (text) => Buffer.from(`a:${text}`, 'utf16le').swap16().toString('base64'),
  'base64 of JSON': (text) => base64(JSON.stringify({ password: text })),
  'base64 of percent': (text) => base64(percent(text)),
  'base64 of a form': (text) => base64(`client:${form(text)}`),
  'percent of base64': (text) => percent(base64(`a:${text}`)),
  'percent of base64 in lines': (text) => percent(lines(12, '\r\n')(base64(text))),
  'percent of percent of base64': (text) => percent(percent(base64(text))),
  'every character of base64 in percent': (text) => each('%')(base64(text)),
  '\\x': each('\\x'),
  '\\u{}': points((point) => `\\u{${point.toString(16)}}`),
  '\\u': units('\\u'),
  '%u': units('%u'),
  '&#': points((point) => `&#${point} `.trimEnd()),
  '&#;': points((point) => `&#${point};`),
  '&#x': points((point) => `&#x${point.toString(16)}`),
  'quoted-printable': (text) => each('=')(text).toUpperCase(),
  'quoted-printable in lines': (text) => lines(12, '=\r\n')(each('=')(text).toUpperCase()),
  'percent, four times': (text) => percent(percent(percent(percent(text)))),
  'every character percent, four times': (text) => percent(percent(percent(each('%')(text)))),
  lines: lines(7, '\n'),
  'folded lines': lines(7, '\r\n '),
  'folded lines of JSON': (text) => json(lines(7, '\n  ')(text)),
  'zero-width signs': within('\u200b'),
  joiners: within('\u2060'),
  'soft hyphens': within('\u00ad'),
  'soft hyphens of a page': within('&shy;'),
  'byte order marks': within('\ufeff'),
  'Hangul fillers': within('\u3164'),
  'variation selectors of plane 14': within('\u{e0100}'),
  base32,
  'base32 in lower case': (text) => base32(text).toLowerCase(),
  ...Object.fromEntries(
    [1, 2, 3, 4].map((length) => [
      `base32, ${length} bytes on`,
      (text: string) => base32(`${'a:bc'.slice(0, length)}${text}`),
    ]),
  ),
  'base32 in groups': (text) => lines(4, '-')(base32(text)),
  base32hex,
  'base32hex in lower case, of a pair': (text) => base32hex(`a:${text}`).toLowerCase(),
  'escapes of a style sheet': points((point) => `\\${point.toString(16)} `),
  'six digits of a style sheet': points((point) => `\\${point.toString(16).padStart(6, '0')}`),
  'signs as escapes of a style sheet': (text) =>
    text.replace(/[^A-Za-z0-9]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `),
  'UTF-7': (text) => text.replace(/[^A-Za-z0-9]+/g, shifted),
  'UTF-7 that writes + as itself': (text) =>
    text.replace(/\+|[^A-Za-z0-9+]+/g, (run) => (run === '+' ? '+-' : shifted(run))),
  'all of it shifted in UTF-7': shifted,
  'full-width letters': wide,
  'full-width letters in percent': (text) => percent(wide(text)),
  '<wbr>': within('<wbr>'),
  '<wbr /> in JSON': (text) => json(within('<wbr class="a" />')(text)).replaceAll('<', '\\u003c'),
  '<wbr> of a page in a page': within('&lt;wbr&gt;'),
  comments: within('<!-- x -->'),
  'tags between halves': halves('</b><span class="rest">'),
  'colours of a terminal': within('\u001b[1;31m'),
  'colours of a terminal in JSON': (text) => json(within('\u001b[0m')(text)),
  'signs without width by name': within('&ZeroWidthSpace;'),
  'joiners by name': within('&zwnj;'),
  'JSON in JSON in a form': (text) => form(JSON.stringify({ a: JSON.stringify({ b: text }) })),
  'a form in JSON in a form in JSON': (text) =>
    json(form(JSON.stringify({ a: form(JSON.stringify({ b: text })) }))),
  'base64 of base64': (text) => base64(base64(text)),
  'base64 of base64 of a pair': (text) => base64(base64(`ab:${text}`)),
  'base64 of hexadecimal digits': (text) => base64(hex(text)),
  'base64 of hexadecimal digits in upper case': (text) => base64(hex(text).toUpperCase()),
  'hexadecimal digits of base64': (text) => hex(base64(text)),
  'octal digits': (text) =>
    bytes(text)
      .map((pair) => `\\${Number.parseInt(pair, 16).toString(8).padStart(3, '0')}`)
      .join(''),
  '\\U': points((point) => `\\U${point.toString(16).padStart(8, '0')}`),
  'names of characters': (text) => text.replace(/./g, (sign) => entities[sign] ?? sign),
  'numbers of bytes': (text) => Array.from(Buffer.from(text)).join(', '),
  'a buffer in JSON': (text) => JSON.stringify(Buffer.from(text)),
  'two texts with a plus between': halves('" + "'),
  'two texts with a dot between': halves("' . '"),
  'two texts in two lines': halves('"\n  "'),
  'two texts in a list': halves('","'),
  'a list of characters': (text) => JSON.stringify(Array.from(text)),
  'pieces in JSON in JSON': (text) => json(json(halves('" + "')(text))),
};
const secrets = {
  plain: 'q7Rk2vXb9LmN4pTs6wYz',
  signs: 'q/7+Rk=2v%Xb&9L?mN~4',
  quotes: 'q"7R\\k2v"X\\b9L/mN4pT',
  blanks: 'q7 Rk2v Xb9L+mN4 pTs',
  letters: 'qüé7Rk2vß€Xb9Lm𝄞N4p',
};

describe('a known secret', () => {
  for (const [kind, secret] of Object.entries(secrets)) {
    const replace = secretReplacer([secret]);
    for (const [name, form] of Object.entries(forms))
      it(`is replaced as ${name} (${kind})`, () => {
        const hidden = form(secret);
        const shown = replace(`It said "${hidden}", today.`);
        assert.match(shown, /^It said ".*", today\.$/s);
        assert.ok(shown.includes('…'), shown);
        const middle = hidden.slice(hidden.length / 3, (hidden.length * 2) / 3);
        assert.ok(!shown.includes(middle), shown);
      });
  }

  it('leaves what stands beside it, blanks and line ends included', () => {
    const replace = secretReplacer(['q7Rk2vXb9LmN4pTs6wYz']);
    assert.equal(replace('a \n q7Rk2vXb9LmN4pTs6wYz \n b%20'), 'a \n …s6wYz \n b%20');
    assert.equal(replace('a=%0A&b=q7Rk2vXb9L%0AmN4pTs6wYz%0A&c'), 'a=%0A&b=…s6wYz%0A&c');
    assert.equal(replace('a \n q7Rk2vX\n\t b9LmN4pTs6wYz \n b'), 'a \n …s6wYz \n b');
  });

  it('hides nothing but itself', () => {
    const replace = secretReplacer(['pass word', '12345678', '1234', 'open-sesame-now', 'abc', 'cafe']);
    for (const text of [
      'At 12:34 on 12 34, 1 2 3 4.',
      'open sesame now, Open-Sesame-Now',
      'No pass words, 912 345 678, 1234567 8a.',
      'Orders 3fa85f64-5717-4562-b3fc-2c963f66afa6, c a f e, 00:1B:44:11:3A:B7, a=63&b=%61%62',
    ])
      assert.equal(replace(text), text);
  });
});
