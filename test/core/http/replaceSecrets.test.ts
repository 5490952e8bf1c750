import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { redactExchanges } from '../../../src/core/http/redact.ts';
import { secretsIn } from '../../../src/core/http/secrets.ts';
import { isLongEnough, replacersOf, secretReplacer } from '../../../src/core/http/replaceSecrets.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { textViews } from '../../../src/core/http/textView.ts';
import { withoutGaps } from '../../../src/core/http/spreadView.ts';
import { joinMatches, WordFinder } from '../../../src/core/http/wordFinder.ts';

/** Few characters, so that words hold one another and begin and end alike. */
const word = fc.string({
  unit: fc.constantFrom('a', 'b', '0', '-', '.', 'é', '…'),
  minLength: 4,
  maxLength: 90,
});
const asWord = (text: string) => ({ text, alone: false, shown: 0 });
const find = (words: readonly string[], text: string) =>
  new WordFinder(words.map(asWord)).find(rawOf(text)).map(({ start, end }) => [start, end]);
const rawOf = (text: string) => textViews(text, false)[0] ?? assert.fail();

/** The same, word by word and place by place. */
function placesOf(words: readonly string[], text: string): number[][] {
  const covered = new Array<number[]>();
  for (let end = 0; end <= text.length; end++) {
    const longest = words
      .filter((one) => text.slice(0, end).endsWith(one))
      .reduce((most, one) => Math.max(most, one.length), 0);
    if (longest === 0) continue;
    let start = end - longest;
    for (let last = covered.at(-1); last && start < (last[1] ?? 0); last = covered.at(-1)) {
      start = Math.min(start, last[0] ?? 0);
      covered.pop();
    }
    covered.push([start, end]);
  }
  return covered;
}

describe('the finder of words', () => {
  it('finds exactly the words that occur', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.array(fc.tuple(word, fc.nat(9))), (words, pieces) => {
        const text = pieces.map(([piece, at]) => piece + (words[at] ?? '')).join('');
        assert.deepEqual(find(words, text), placesOf(words, text));
      }),
    );
  });

  it('finds them where they overlap over and over, also those that begin before the others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 4, maxLength: 12 }), {
          minLength: 1,
        }),
        fc.array(fc.tuple(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 5 }), fc.nat(30))),
        (words, pieces) => {
          const text = pieces.map(([piece, times]) => piece.repeat(times)).join('');
          assert.deepEqual(find(words, text), placesOf(words, text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  const rows: readonly (readonly [words: readonly string[], text: string, places: readonly number[][]])[] = [
    [['abcd'], 'abcd', [[0, 4]]],
    [['abcd'], 'abc', []],
    [['abcd'], 'xabcdx', [[1, 5]]],
    [
      ['abcd'],
      'abcdabcd',
      [
        [0, 4],
        [4, 8],
      ],
    ],
    [['abcd', 'cdef'], 'abcdef', [[0, 6]]],
    [
      ['abcd', 'xbcd'],
      'abcd xbcd',
      [
        [0, 4],
        [5, 9],
      ],
    ],
    [
      ['bcde', 'abcde'],
      'abcde bcde',
      [
        [0, 5],
        [6, 10],
      ],
    ],
    [['abcde', 'bcdef', 'cdefghij'], 'abcdefghij', [[0, 10]]],
    [['cdef', 'bcdefg', 'abcdefgh'], 'abcdefgh', [[0, 8]]],
    [['aaaa'], 'aaaaaaaaaa', [[0, 10]]],
    [['aaaa', 'aaaaaab'], 'aaaaaaaaaab', [[0, 11]]],
    [
      ['aaaa'],
      'aaaaabaaaa',
      [
        [0, 5],
        [6, 10],
      ],
    ],
    [['abab', 'ababab'], 'xababababx', [[1, 9]]],
    [
      ['abcd', 'abcdefghabcd'],
      'efghabcd abcdefghabcd',
      [
        [4, 8],
        [9, 21],
      ],
    ],
    [['a b c'], 'a+b c', [[0, 5]]],
    [[], 'abcd', []],
  ];
  for (const [words, text, places] of rows)
    it(`finds ${words.join(', ')} in ${text}`, () => {
      assert.deepEqual(find(words, text), places);
    });

  it('finds what stands alone only there, the longest first', () => {
    const alone = (words: readonly string[], text: string) =>
      new WordFinder(words.map((word) => ({ text: word, alone: true, shown: 0 })))
        .find(rawOf(text))
        .map(({ start, end }) => text.slice(start, end));
    for (const sign of ['', ' ', '.', '/', ':', '@', '[', '`', '{', '^', ',', 'é', '\u0080'])
      assert.deepEqual(alone(['abcd'], `${sign}abcd${sign}`), ['abcd'], sign);
    for (const sign of ['a', 'z', 'A', 'Z', '0', '9', '_', '-']) {
      assert.deepEqual(alone(['abcd'], `${sign}abcd`), [], sign);
      assert.deepEqual(alone(['abcd'], `abcd${sign}`), [], sign);
    }
    assert.deepEqual(alone(['.bcd', 'a.bcd'], 'a.bcd x.bcd'), ['a.bcd']);
    assert.deepEqual(alone(['a.bcd', '.bcd'], 'a.bcd  .bcd'), ['a.bcd', '.bcd']);
    const both = new WordFinder([asWord('abcd'), { text: '.abcd', alone: true, shown: 0 }]);
    assert.deepEqual(
      both.find(rawOf(' .abcd')).map(({ start }) => start),
      [2],
    );
  });

  it('finds no short word where characters between were left out, and says where the others stand', () => {
    const spread = (word: string, text: string) =>
      new WordFinder([{ ...asWord(word), shown: 2 }])
        .find(withoutGaps(rawOf(text)) ?? assert.fail())
        .map(({ start, end, shownFrom }) => [start, end, shownFrom]);
    assert.deepEqual(spread('abcdefg', 'ab cdefg'), []);
    assert.deepEqual(spread('abcdefgh', 'ab cdef g h '), [[0, 11, 8]]);
  });

  it('shows the end of a word, but no half of a character', () => {
    const shown = (word: string, count: number) =>
      new WordFinder([{ ...asWord(word), shown: count }]).find(rawOf(`${word}x`))[0]?.shownFrom;
    assert.equal(shown('abcdef', 0), 6);
    assert.equal(shown('abcdef', 2), 4);
    assert.equal(shown('abcd😀', 1), 6);
    assert.equal(shown('abcd😀', 2), 4);
    assert.equal(shown('abcd\udbff', 1), 4);
    assert.equal(shown('abcd\udc00', 1), 5);
    assert.equal(shown('abcd\udfff', 1), 5);
    assert.equal(shown('abcd\ue000', 1), 4);
    const [followed] = new WordFinder([asWord('abcdef')]).find(rawOf('abcdef\udc00x'));
    assert.deepEqual([followed?.shownFrom, followed?.end], [6, 6]);
  });

  it('makes one of places that overlap, of whatever view, with the end of the one that ends last', () => {
    const match = (start: number, end: number, shownFrom = end) => ({ start, end, shownFrom });
    assert.deepEqual(joinMatches([]), []);
    assert.deepEqual(joinMatches([[match(0, 4)], []]), [match(0, 4)]);
    assert.deepEqual(joinMatches([[match(5, 9)], [match(0, 4)]]), [match(0, 4), match(5, 9)]);
    assert.deepEqual(joinMatches([[match(0, 4)], [match(4, 8)]]), [match(0, 4), match(4, 8)]);
    assert.deepEqual(joinMatches([[match(0, 4, 3)], [match(2, 8, 6)]]), [match(0, 8, 6)]);
    assert.deepEqual(joinMatches([[match(0, 8, 6)], [match(0, 4, 3), match(2, 8, 7)]]), [match(0, 8, 6)]);
    assert.deepEqual(joinMatches([[], [match(0, 4), match(2, 6), match(5, 7)]]), [match(0, 7)]);
  });

  it('does not take a long word for another one that ends like it', () => {
    const end = '-'.repeat(100);
    assert.deepEqual(find([`a${end}`], `b${end} a${end}`), [[102, 203]]);
  });
});

describe('secrets replaced in many texts', () => {
  const tokens = Array.from({ length: 300 }, (_, at) => `eyJhbGciOiJIUzI1NiJ9.${at}/e30.s1gnature-${at}+end`);
  let replace: (text: string) => string;
  before(() => {
    replace = secretReplacer(tokens);
  });

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

  it('are found encoded twice, in hexadecimal digits, and in base64 of what a form makes of them', () => {
    const secret = 'pa/ss+w%rd&"=é-0123456789';
    const form = new URLSearchParams({ s: secret }).toString().slice(2);
    const texts = [
      encodeURIComponent(encodeURIComponent(secret)),
      encodeURIComponent(JSON.stringify({ a: secret })),
      JSON.stringify(`https://x/?u=${encodeURIComponent(form)}`),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('hex').toUpperCase(),
      Buffer.from(`id:${form}`).toString('base64'),
      encodeURIComponent(Buffer.from(`id:${secret}`).toString('base64')),
    ];
    for (const text of texts) {
      const shown = secretReplacer([secret])(text);
      assert.ok(shown.includes('…') && shown.length < text.length, `${text} -> ${shown}`);
    }
  });

  it('are replaced within words from 12 characters on, and not at all below 4', () => {
    const rows: readonly (readonly [secret: string, text: string, shown: string])[] = [
      ['abcdefghijk', 'xabcdefghijk abcdefghijkx', 'xabcdefghijk abcdefghijkx'],
      ['abcdefghijk', '(abcdefghijk)', '(…)'],
      ['abcdefghijkl', 'xabcdefghijklx', 'x…x'],
      ['q7x', 'a q7x b', 'a q7x b'],
      ['q7x', 'q7x b', 'q7x b'],
      ['%71%37x', 'q7x b', 'q7x b'],
      ['q7xz', 'a q7xz b', 'a … b'],
      ['q7xz', 'a-q7xz q7xz_', 'a-q7xz q7xz_'],
    ];
    for (const [secret, text, shown] of rows)
      assert.equal(secretReplacer([secret])(text).replaceAll(/…[^)x ]+/g, '…'), shown, text);
  });

  it('are shown as the text writes their end', () => {
    assert.equal(secretReplacer(['0123456789/abc/def/'])('x=0123456789%2Fabc%2Fdef%2F&y'), 'x=…def%2F&y');
  });

  it('are looked for in base64 and in digits from 8 characters on', () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    for (const form of [base64, (text: string) => Buffer.from(text).toString('hex')]) {
      assert.equal(secretReplacer(['abc4567'])(`x ${form('abc4567')} y`), `x ${form('abc4567')} y`);
      assert.match(secretReplacer(['abc45678'])(`x ${form('abc45678')} y`), /^x … ?y?/);
    }
  });

  it('are looked for in digits of either case however long the text is', () => {
    const hex = Buffer.from('0n-of-the-long').toString('hex');
    const around = '. '.repeat(300_000);
    for (const digits of [hex, hex.toUpperCase()])
      assert.equal(secretReplacer(['0n-of-the-long'])(`${around}${digits};`), `${around}…;`);
  });

  it('are not looked for between blanks or in pieces in what is longer than half a million characters', () => {
    const replace = secretReplacer(['q7Rk2vXb9LmN4pTs']);
    for (const broken of ['q7Rk2vXb 9LmN4pTs', "'q7Rk2vXb' + '9LmN4pTs'"]) {
      assert.match(replace(broken), /^'?…[^Rm]*$/);
      const long = `${'. '.repeat(300_000)}${broken}`;
      assert.equal(replace(long), long);
    }
  });

  it('are looked for in encodings of encodings where there are few, the shortest first', () => {
    const twice = (text: string) => Buffer.from(Buffer.from(text).toString('hex')).toString('base64');
    const many = Array.from({ length: 21 }, (_, at) => `secret-${'z'.repeat(at)}-0123456789`).reverse();
    const replace = secretReplacer(many);
    for (const [at, secret] of many.entries())
      assert.equal(replace(`x ${twice(secret)} y`) === `x ${twice(secret)} y`, at === 0, secret);
  });

  it('are looked for in base64 as far as all forms together are not too large, the shortest first', () => {
    const many = Array.from({ length: 40 }, (_, at) => `${'long-secret-'.repeat(1500 - at)}${at}`);
    const replace = secretReplacer(many);
    const isFound = (secret = '') => {
      const text = Buffer.from(secret).toString('base64');
      return replace(text) !== text;
    };
    assert.deepEqual([isFound(many[0]), isFound(many.at(-1))], [false, true]);
    assert.match(secretReplacer([many[0] ?? ''])(Buffer.from(many[0] ?? '').toString('base64')), /^….{0,4}$/);
  });

  it('are shown as secrets where they are a form of another one, too', () => {
    const base64 = Buffer.from('a-secret-of-9').toString('base64').slice(0, -3);
    assert.equal(secretReplacer([base64, 'a-secret-of-9'])(`x ${base64} y`), `x …${base64.slice(-4)} y`);
  });

  it('are found beside others in which a percent sign may stand for itself', () => {
    const replace = secretReplacer(['s3cret-of-another', 'pa%41ss-w0rd-0123']);
    assert.doesNotMatch(replace(JSON.stringify('\\ pa%41ss-w0rd-0123')), /w0rd/);
    assert.doesNotMatch(replace('"pa\\u002541ss-w0rd-0123&amp;"'), /w0rd/);
  });

  it('with blanks in them are found whatever the blanks became', () => {
    for (const secret of ['ab1 cd2 ef', 'ab1 cd2 efg'])
      for (const blank of ['\u200b', '  ', '\u200b \u200b', '\n\t'])
        assert.match(
          secretReplacer([secret])(`x (${secret.replaceAll(' ', blank)}) y`),
          /^x \(…[^ab1]*\) y$/,
          JSON.stringify([secret, blank]),
        );
    assert.equal(secretReplacer(['ab1 cd2 e'])('x (ab1cd2e) y'), 'x (ab1cd2e) y');
    assert.equal(secretReplacer(['ab1 cd2 ef'])('x aab1cd2ef y'), 'x aab1cd2ef y');
  });
});

describe('a secret that is a word', () => {
  it('goes from a sentence only where others are quoted', () => {
    const { sentence } = replacersOf(['token']);
    for (const [text, shown] of [
      ['no token', 'no token'],
      ['(token)', '(…n)'],
      ['“token”', '“…n”'],
      ['the token “a token” token', 'the token “a …n” token'],
      ['the token (a token', 'the token (a …n'],
      ['the token) (a token', 'the token) (a …n'],
      ['the token “a token) token', 'the token “a …n) token'],
      ['token) by it', 'token) by it'],
    ] as const)
      assert.equal(sentence(text), shown, text);
  });

  it('stays in what is ours beside another one that is none', () => {
    const { all, ours } = replacersOf(['token', 'q7Rk2vXb9LmN4pTs']);
    const text = 'the token q7Rk2vXb9LmN4pTs';
    assert.deepEqual([all(text), ours(text)], ['the …n …4pTs', 'the token …4pTs']);
  });

  it('has at least four letters, as every secret that is looked for', () => {
    assert.deepEqual(['abc', 'abcd'].map(isLongEnough), [false, true]);
  });
});

describe('a secret of fewer letters that is known, such as a PIN', () => {
  // Made by each test: what is made while a file is read, no mutant is tried on.
  const made = () => replacersOf(['123', 'ä1', 'abc', 'a.b', 'p&1', '\ud800', '', ' ']);

  it('is replaced where it stands alone, also percent-encoded, and nowhere else', () => {
    for (const [text, shown] of [
      ['pin=123&x=1234', 'pin=…&x=1234'],
      ['/cards/123/a123', '/cards/…/a123'],
      ['{"pin":"123","other":-123}', '{"pin":"…","other":-123}'],
      ['%C3%A41 ä1', '… …'],
      ['abcd abc', 'abcd …'],
      ['axb a.b', 'axb …'],
      ['x=p%261 p&1', 'x=… …'],
      ['\ud800 %EF%BF%BD', '… …'],
      ['Yes. (No)', 'Yes. (No)'],
    ] as const)
      assert.equal(made().all(text), shown);
  });

  it('stays in what is ours where it is a word', () => {
    assert.equal(made().ours('abc 123'), 'abc …');
  });

  it('is looked for when it was told, and not when it stood in a place of secrets', () => {
    const exchange: Exchange = {
      ...{ id: 1, leg: 'extension', purpose: 'api', startedAt: 0, deviations: [] },
      request: {
        method: 'POST',
        url: 'https://a.example/123/456',
        headers: [['X-Api-Key', '456']],
        secrets: ['123'],
      },
    };
    assert.deepEqual(secretsIn([exchange]), ['123']);
    assert.equal(redactExchanges([exchange])[0]?.request.url, 'https://a.example/…/456');
    assert.deepEqual(secretsIn([{ ...exchange, leg: 'loopback' }]), []);
  });
});

it('is made once for the same secrets, which one run asks for many times, and apart for others', () => {
  const secrets = ['a secret of twelve', 'another secret'];
  assert.equal(secretReplacer(secrets), secretReplacer([...secrets, 'another secret']));
  assert.equal(secretReplacer(['another secret'])('a secret of twelve'), 'a secret of twelve');
  // Twenty are kept, and then begun anew: of two attempts one falls between.
  const isKept = (one: string, other: string) => {
    const first = secretReplacer([one]);
    return secretReplacer([other]) !== first && secretReplacer([one]) === first;
  };
  assert.ok(isKept('a third secret', 'a fourth secret') || isKept('a fifth secret', 'a sixth secret'));
  const first = secretReplacer(secrets);
  for (let at = 0; at < 50; at++) secretReplacer([`secret number ${at}`]);
  assert.equal(secretReplacer(secrets)('a secret of twelve, another secret'), '…elve, …ret');
  assert.notEqual(secretReplacer(secrets), first);
});
