import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BareText, bareText, isBareEnough } from '../../../src/core/http/bareView.ts';
import { closedUp, withoutGaps } from '../../../src/core/http/spreadView.ts';
import {
  codesOf,
  decodedTexts,
  longestSpread,
  type TextView,
  textViews,
} from '../../../src/core/http/textView.ts';
import { base64Forms, bareForms, writtenBytes } from '../../../src/core/http/writtenForms.ts';

/** What a view reads; behind each code unit that the text writes otherwise, as `<...>`, what it was made of. */
function read({ codes, starts, places }: TextView, text: string): string {
  const at = places?.();
  const from = (unit: number) => {
    const place = at === undefined ? unit : (at[unit] ?? codes.length);
    return starts === undefined ? place : (starts[place] ?? 0);
  };
  const stop = (unit: number) => {
    const place = (at === undefined ? unit : (at[unit] ?? 0)) + 1;
    return starts === undefined ? place : (starts[place] ?? 0);
  };
  return Array.from(codes, (code, unit) => {
    const piece = text.slice(from(unit), stop(unit));
    const sign = String.fromCharCode(code);
    return piece === sign ? sign : `${sign}<${piece}>`;
  }).join('');
}

const decoded = (text: string, apart = false) => textViews(text, apart).slice(1);

/** A text, and what it is decoded to: once, twice, ... */
const decodings: readonly (readonly [text: string, ...views: readonly string[]])[] = [
  ['plain text'],
  ['%41b', 'A<%41>b'],
  ['a%41', 'aA<%41>'],
  ['%4a%4A', 'J<%4a>J<%4A>'],
  ['%4'],
  ['%'],
  ['%4g'],
  ['%g4'],
  ['%é1'],
  ['a%2Bb', 'a <%2B>b'],
  ['%7F', '\u007f<%7F>'],
  ['%80', '\u0080<%80>'],
  ['%C3%A9', 'é<%C3%A9>'],
  ['%C3', 'Ã<%C3>'],
  ['%C3A9', 'Ã<%C3>A9'],
  ['%C3%41', 'Ã<%C3>A<%41>'],
  ['%C3%C0', 'Ã<%C3>À<%C0>'],
  ['%C2%80%C2%BF', '\u0080<%C2%80>¿<%C2%BF>'],
  ['%C1%81', 'Á<%C1>\u0081<%81>'],
  ['%BF%C0', '¿<%BF>À<%C0>'],
  ['%DF%BF', '\u07ff<%DF%BF>'],
  ['%E0%A0%80', '\u0800<%E0%A0%80>'],
  ['%EF%BF%BD', '\ufffd<%EF%BF%BD>'],
  ['%E2%82', 'â<%E2>\u0082<%82>'],
  ['%F0%9F%98%80', '\ud83d<>\ude00<%F0%9F%98%80>'],
  ['%F0%90%80%80x', '\ud800<>\udc00<%F0%90%80%80>x'],
  ['%F4%8F%BF%BF', '\udbff<>\udfff<%F4%8F%BF%BF>'],
  ['%F5%80%80%80', 'õ<%F5>\u0080<%80>\u0080<%80>\u0080<%80>'],
  ['%EF%BC%A1', 'A<%EF%BC%A1>'],
  ['%u0041', 'A<%u0041>'],
  ['%ud83d%ude00', '\ud83d<%ud83d>\ude00<%ude00>'],
  ['%u004'],
  ['%u004g'],
  ['%U0041'],
  ['%2541', '%<%25>41', 'A<%2541>'],
  ['%25u0041', '%<%25>u0041', 'A<%25u0041>'],
  ['\\'],
  ['a\\'],
  ['\\u0041', 'A<\\u0041>'],
  ['\\u00e9', 'é<\\u00e9>'],
  ['\\u004'],
  ['\\u004g'],
  ['\\u{41}b', 'A<\\u{41}>b'],
  ['\\u{1F600}', '\ud83d<>\ude00<\\u{1F600}>'],
  ['\\u{10FFFF}', '\udbff<>\udfff<\\u{10FFFF}>'],
  ['\\u{110000}'],
  ['\\u{0000041}'],
  ['\\u{}'],
  ['\\u{4g}'],
  ['\\u{41'],
  ['\\u(41}'],
  ['\\x41b', 'A<\\x41>b'],
  ['\\xC3\\xA9', 'é<\\xC3\\xA9>'],
  ['\\x4'],
  ['\\xg1'],
  ['\\n\\r\\t', '\n<\\n>\r<\\r>\t<\\t>'],
  ['\\b', '\b<\\b>', '\u000b<\\b>'],
  ['\\f', '\f<\\f>', '\u000f<\\f>'],
  ['\\"\\/\\\\', '"<\\">/<\\/>\\<\\\\>'],
  ['\\g\\z\\G\\Z'],
  ['\\9', '\t<\\9>'],
  ['\\U0001F600x', '\ud83d<>\ude00<\\U0001F600>x'],
  ['\\U00000041', 'A<\\U00000041>'],
  ['\\U0010FFFF', '\udbff<>\udfff<\\U0010FFFF>'],
  ['\\U00110000'],
  ['\\U0000004'],
  ['\\101', 'A<\\101>', '\u0101<\\101>'],
  ['x\\303\\251', 'xé<\\303\\251>', 'x\u0303<\\303>\u0251<\\251>'],
  ['\\377', 'ÿ<\\377>', '\u0377<\\377>'],
  ['\\037', '\u001f<\\037>', '7<\\037>'],
  ['\\477', '\u0477<\\477>'],
  ['\\179', '\u0179<\\179>'],
  ['\\197', '\u0197<\\197>'],
  ['\\000', '\0<\\000>', '\0<\\000>'],
  ['\\0 x', '\0<\\0 >x'],
  ['\\u0000', '\0<\\u0000>'],
  ['\\u{0}', '\0<\\u{0}>'],
  ['\\U00000000', '\0<\\U00000000>'],
  ['%00', '\0<%00>'],
  ['%C3xA9', 'Ã<%C3>xA9'],
  ['x%F0%9F%98%80', 'x\ud83d<>\ude00<%F0%9F%98%80>'],
  ['\\n\\', '\n<\\n>\\'],
  ['a&#65;b', 'aA<&#65;>b'],
  ['&amp;&lt;&#65;', '&<&amp;><<&lt;>A<&#65;>'],
  ['&AMP;', '&<&AMP;>'],
  ['&ZeroWidthSpace;', '\u200b<&ZeroWidthSpace;>'],
  ['&ZeroWidthSpaces;'],
  ['&amp'],
  ['&unknown;'],
  ['&constructor;'],
  ['&a-mp;'],
  ['&;'],
  ['&'],
  ['&#65', 'A<&#65>'],
  ['&#65x', 'A<&#65>x'],
  ['&#x41;', 'A<&#x41;>'],
  ['&#X4a', 'J<&#X4a>'],
  ['&#;'],
  ['&#x;'],
  ['&#xg;'],
  ['&#a;'],
  ['&#0000000000000065;', 'A<&#0000000000000065;>'],
  ['&#00000000000000065;', '\u0006<&#0000000000000006>5;'],
  ['&#1114111;', '\udbff<>\udfff<&#1114111;>'],
  ['&#1114112;'],
  ['&#9999999999999999;'],
  ['&#xFFFF;', '\uffff<&#xFFFF;>'],
  ['&#x10000;', '\ud800<>\udc00<&#x10000;>'],
  ['&plus;', ' <&plus;>'],
  ['\\u0026amp;', '&<\\u0026>amp;', '&<\\u0026amp;>'],
  // The sixth decoding is none any more.
  [
    '%2525252541',
    ...['%<%25>25252541', '%<%2525>252541', '%<%252525>2541', '%<%25252525>41', 'A<%2525252541>'],
  ],
  [
    '%252525252541',
    '%<%25>2525252541',
    '%<%2525>25252541',
    '%<%252525>252541',
    '%<%25252525>2541',
    '%<%2525252525>41',
  ],
];

/** Encodings that are decoded once, by themselves. */
const rare: readonly (readonly [text: string, ...views: readonly string[]])[] = [
  ['=41b', 'A<=41>b'],
  ['=C3=A9', 'é<=C3=A9>'],
  ['=4'],
  ['=4g'],
  ['=c3'],
  ['=3D41', '=<=3D>41'],
  ['a=\r\nb', 'a\n<=\r\n>b'],
  ['a=\nb', 'a\n<=\n>b'],
  ['a=\rb'],
  ['=41 =', 'A<=41> ='],
  ['+AEE-b', 'A<+AEE->b'],
  ['+AEE b', 'A<+AEE> b'],
  ['+AEE', 'A<+AEE>'],
  ['+AEEAQg-b', 'A<+AE>B<EAQg->b'],
  ['a+AEEAQgBD-', 'aA<+AE>B<EAQ>C<gBD->'],
  ['x+2D3eAA-', 'x\ud83d<+2D>\ude00<3eAA->'],
  ['+ACs-', ' <+ACs->'],
  ['+/yE-', 'A<+/yE->'],
  ['+AE'],
  ['a+-b', 'a <+->b'],
  ['a+-b+AEE-', 'a <+->bA<+AEE->'],
  ['+-', ' <+->'],
  ['-+AEE', '-A<+AEE>'],
];

const styles: readonly (readonly [text: string, view: string])[] = [
  ['\\41 b', 'A<\\41 >b'],
  ['\\41g', 'A<\\41>g'],
  ['\\41  b', 'A<\\41 > b'],
  ['\\000041b', 'A<\\000041>b'],
  ['\\0000411', 'A<\\000041>1'],
  ['\\0000041', '\u0004<\\000004>1'],
  ['\\1F600 x', '\ud83d<>\ude00<\\1F600 >x'],
  ['\\10FFFF', '\udbff<>\udfff<\\10FFFF>'],
  ['\\41 \\110000', 'A<\\41 >\\110000'],
  ['\\41 \\g%41=41', 'A<\\41 >\\g%41=41'],
];

describe('the views of a text', () => {
  for (const [text, ...views] of [...decodings, ...rare])
    it(`are what ${text} is decoded to`, () => {
      assert.deepEqual(
        decoded(text).map((view) => read(view, text)),
        views,
      );
    });

  for (const [text, view] of styles)
    it(`have the escapes of a style sheet: ${text}`, () => {
      const last = decoded(text).at(-1);
      assert.equal(last && read(last, text), view);
    });

  it('have no escapes of style sheets but where one may be', () => {
    for (const text of ['41 ', '\\g', '\\G41']) assert.equal(decoded(text).length, 0, text);
  });

  it('read each letter of UTF-7, and no sign', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    for (const [index, letter] of Array.from(letters).entries()) {
      const view = decoded(`+${letter}BA-`).at(-1);
      assert.equal(
        view && String.fromCharCode(...view.codes),
        String.fromCharCode((index << 10) + 16),
        letter,
      );
    }
    for (const sign of '@[`{:,.') {
      const view = decoded(`+AEE${sign}x`).at(-1);
      assert.equal(view && String.fromCharCode(...view.codes), `A${sign}x`);
    }
  });

  it('say which of them are decoded further', () => {
    const halves = (text: string) => textViews(text, false).map(({ isHalfDecoded }) => isHalfDecoded);
    assert.deepEqual(halves('%252541'), [false, true, true, false]);
    assert.deepEqual(halves('%41'), [false, false]);
    assert.deepEqual(halves('=41 +AEE-'), [false, false, false]);
  });

  it('have kinds of encodings apart only where asked, and where there are both', () => {
    const all = (text: string, apart: boolean) => decoded(text, apart).map((view) => read(view, text));
    assert.deepEqual(all('\\n%0A', false), ['\n<\\n>\n<%0A>']);
    assert.deepEqual(all('\\n%0A', true), ['\n<\\n>\n<%0A>', '\\n\n<%0A>', '\n<\\n>%0A']);
    assert.deepEqual(all('\\n', true), ['\n<\\n>']);
    assert.deepEqual(all('&lt;', true), ['<<&lt;>']);
  });

  it('have no rare encodings where a text is long', () => {
    const long = (text: string, length: number) => decoded(text + 'x'.repeat(length - text.length)).length;
    assert.equal(long('\\41 +AEE-', longestSpread), 2);
    assert.equal(long('\\41 +AEE-', longestSpread + 1), 0);
    assert.equal(long('\\41 =41 ', longestSpread + 1), 1);
  });

  it('have full-width letters as the usual ones, and + as a blank, whatever the length', () => {
    const rows = [
      ['a+b＋c', 'a b c'],
      ['！～\uff00\uff5f', '!~\uff00\uff5f'],
      ['Ａz', 'Az'],
    ] as const;
    for (const [text, shown] of rows)
      for (const length of [0, 199, 200, 300]) {
        const codes = codesOf(text + '.'.repeat(length));
        assert.equal(String.fromCharCode(...codes), shown + '.'.repeat(length));
      }
    assert.equal(String.fromCharCode(...codesOf(`+${'+.'.repeat(150)}`)), ` ${' .'.repeat(150)}`);
  });

  it('are told as texts of a secret that looks encoded', () => {
    assert.deepEqual(decodedTexts('a%252Fb'), ['a%2Fb', 'a/b']);
    assert.deepEqual(decodedTexts('&lt;\\n'), ['<\n']);
    assert.deepEqual(decodedTexts('\\u0041'), ['A']);
    assert.deepEqual(decodedTexts('plain'), []);
  });
});

describe('a view without gaps', () => {
  const without = (text: string, marked = false) => {
    const [raw = assert.fail()] = textViews(text, false);
    const view = withoutGaps(raw, marked);
    return view && read(view, text);
  };

  it('lacks blanks, line ends, controls and signs that have no width, and nothing else', () => {
    const gaps = [0, 10, 32, 127, 160, 173, 0x34f, 0x61c, 0x180e, 0x2000, 0x200f, 0x2028, 0x202f, 0x205f];
    gaps.push(0x206f, 0x2800, 0x3000, 0x3164, 0xdb40, 0xfe00, 0xfe0f, 0xfeff, 0xffa0);
    const signs = [
      33, 126, 161, 172, 174, 0x34e, 0x350, 0x61b, 0x61d, 0x180d, 0x180f, 0x1fff, 0x2010, 0x2027,
    ];
    signs.push(0x2030, 0x205e, 0x2070, 0x27ff, 0x2801, 0x2fff, 0x3001, 0x3163, 0x3165, 0xdb3f, 0xdb41);
    signs.push(0xfdff, 0xfe10, 0xfefe, 0xff9f, 0xffa1);
    for (const code of gaps) assert.equal(closedUp(`a${String.fromCharCode(code)}b`), 'ab', String(code));
    for (const code of signs) {
      const text = `a${String.fromCharCode(code)}b`;
      assert.equal(closedUp(text), text, String(code));
    }
    assert.equal(closedUp(' a+b  c '), 'abc');
  });

  const rows: readonly (readonly [text: string, view: string | undefined])[] = [
    ['ab', undefined],
    ['', undefined],
    ['a b', 'ab'],
    [' a\n\tb ', 'ab'],
    ['a<b>c', undefined],
    ['a\u001b[1mb', 'a[1mb'],
    ['  ', ''],
  ];
  for (const [text, view] of rows)
    it(`is ${view ?? 'none'}: ${JSON.stringify(text)}`, () => {
      assert.equal(without(text), view);
    });

  const marked: readonly (readonly [text: string, view: string | undefined])[] = [
    ['a b', undefined],
    ['a<b>c', 'ac'],
    ['a <b x="1"> c', 'ac'],
    ['a<b', undefined],
    ['a<b<i>c', 'a<bc'],
    ['a<>b', 'ab'],
    ['a<', undefined],
    ['a\u001b[1;31mb', 'ab'],
    ['a\u001b[mb', 'ab'],
    ['a [1m<b>b', 'a[1mb'],
    ['a\u001b[1;', 'a'],
    ['a\u001bmb', 'amb'],
    ['a\u001b[/b', 'ab'],
    ['a\u001b[<b', 'ab'],
    ['\u001b[0ma', 'a'],
    [`a\u001b[${'1'.repeat(14)}mb`, 'ab'],
    [`a\u001b[${'1'.repeat(15)}mb`, 'amb'],
    [`a<${'x'.repeat(254)}>b`, 'ab'],
    [`a<${'x'.repeat(255)}>b`, undefined],
  ];
  for (const [text, view] of marked)
    it(`has no marks either: ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.equal(without(text, true), view);
    });

  it('knows where in a text that was decoded its characters stand', () => {
    const text = 'a%20<b>%41';
    const [view = assert.fail()] = decoded(text);
    const closed = withoutGaps(view, true) ?? assert.fail();
    assert.equal(read(closed, text), 'aA<%41>');
  });
});

describe('the letters and digits of a text', () => {
  const rows: readonly (readonly [text: string, bare: string])[] = [
    ['aZ-09_é/:@[`{', 'az09'],
    ['0x71, 0X6b', '716b'],
    ['x71 a0 x', 'x71a0x'],
    ['U+0071 u 0072 u1 u+1', '00710072u1u1'],
    ['%u0071%U0072', '00710072'],
    ['u', 'u'],
    ['Az{z', 'azz'],
    ['1x 9x 0a 0u', '1x9x0a0u'],
    ['%ab a 0 ux0', 'aba0ux0'],
    ['00x', '0'],
    ['0', '0'],
  ];
  const bareOf = (text: string, words: readonly string[]) => {
    const [raw = assert.fail()] = textViews(text, false);
    const view = new BareText(new Map(words.map((word) => [word, word]))).of(raw);
    assert.ok(view === undefined || read(view, text).replaceAll(/<[A-Z]>/g, '').length === view.codes.length);
    return view && String.fromCharCode(...view.codes);
  };
  for (const [text, bare] of rows)
    it(`are ${bare}: ${text}`, () => {
      assert.equal(bareText(text), bare);
      assert.equal(bareOf(`${text} abcdefgh`, ['abcdefgh12345678']), `${bare}abcdefgh`);
    });

  it('are looked at only where the beginning of a word is', () => {
    const words = ['abcdefgh12345678', '0123456789abcdef'];
    assert.equal(bareOf('a-b-c-d-e-f-g-', words), undefined);
    assert.equal(bareOf('a-b-c-d-e-f-g-i-h', words), undefined);
    assert.equal(bareOf('"a" + "BCdEFG" + "H"', words), 'abcdefgh');
    assert.equal(bareOf('0 1 2 3 4 5 6 7', words), '01234567');
    const many = Array.from({ length: 600 }, (_, at) => `abcdefg${String.fromCharCode(97 + (at % 26))}${at}`);
    assert.equal(bareOf('abcdefgh', many), 'abcdefgh');
    assert.equal(bareOf('bacdefgh', many), undefined);
  });

  it('are enough where they are many, or mixed', () => {
    for (const text of ['a'.repeat(16), '1'.repeat(16), 'abcdefghijk1', '12345678901a'])
      assert.equal(isBareEnough(text), true, text);
    for (const text of ['a'.repeat(15), '1'.repeat(15), 'abcdefghij1', ''])
      assert.equal(isBareEnough(text), false, text);
  });
});

describe('what a secret is written as', () => {
  it('is in base64 what it alone makes, wherever it begins', () => {
    assert.deepEqual([...base64Forms(Buffer.from('abc'))], ['YWJj', 'FiY', 'hYm']);
    assert.deepEqual(
      [...base64Forms(Buffer.from([0xfb, 0xff, 0xfe]))],
      ['+//+', '-__-', 'v//', 'v__', '7//', '7__'],
    );
    for (const before of ['', 'x', 'xy'])
      for (const after of ['', 'z', 'zz'])
        assert.ok(
          [...base64Forms(Buffer.from('q7Rk2vXb'))].some((form) =>
            Buffer.from(`${before}q7Rk2vXb${after}`).toString('base64').includes(form),
          ),
        );
  });

  it('is as bytes what forms, addresses, JSON and UTF-16 make of it, each once', () => {
    const written = (secret: string) => writtenBytes(secret).map((bytes) => bytes.toString('latin1'));
    assert.deepEqual(written('ab'), ['ab', 'a\0b\0', '\0a\0b']);
    assert.deepEqual(written('a b"'), [
      ...['a b"', 'a+b%22', 'a%20b%22', 'a b\\"'],
      ...['a\0 \0b\0"\0', '\0a\0 \0b\0"'],
    ]);
    assert.ok(written("a'").includes('a%27'));
    assert.equal(written('a'.repeat(256)).length, 3);
    assert.equal(written('a'.repeat(257)).length, 1);
    assert.ok(written('\ud800').includes('%EF%BF%BD'));
  });

  it('is its letters and digits, its bytes in base32 and as numbers, and, where asked, encoded twice', () => {
    const secret = 'q7Rk2vXb9Lm4';
    const bare = bareForms(secret, false);
    assert.equal(bare.length, 12);
    assert.equal(bare[0], 'q7rk2vxb9lm4');
    // As base32 of the secret, and of the secret behind one other byte.
    assert.ok(bare.includes('oe3ve2zsozmgeokmnu2'));
    assert.ok(bare.includes('ytoutlgj3fqyrzjrwt'));
    assert.equal(bare[11], '1135582107501188898577610952');
    const nested = bareForms(secret, true);
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const hex = (text: string) => Buffer.from(text).toString('hex');
    // But for the last character, of which a part is of what follows.
    for (const form of [
      hex(base64(secret)),
      base64(base64(secret)),
      base64(hex(secret)),
      base64(hex(secret).toUpperCase()),
    ])
      assert.ok(
        nested.some((one) => one.length > 20 && form.toLowerCase().startsWith(one)),
        form,
      );
    assert.equal(bareForms('a'.repeat(256), false).length, 12);
    assert.deepEqual(bareForms('a'.repeat(257), true), ['a'.repeat(257)]);
    // What might come together by chance is not looked for.
    assert.deepEqual(bareForms('ab', false), []);
  });
});
