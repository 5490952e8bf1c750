import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactForm, redactParameters } from '../../../src/core/http/redactParameters.ts';
import { redactHeaderText, redactUrl } from '../../../src/core/http/redactUrl.ts';

/** 24 characters, of which the last six may be shown. */
const secret = 'SplxlOBeZQQYbYS6WxSbIA01';
const shown = '…SbIA01';

/** What is made of a text, and what was told to be secret in it. */
function masked(
  text: string,
  redact: (text: string, depth?: number, seen?: (one: string) => void) => string = redactParameters,
) {
  const seen: string[] = [];
  return { text: redact(text, 0, (one) => seen.push(one)), seen };
}

describe('the parameters of URLs in a text', () => {
  it('are masked behind ? & # and ;, at the begin of nothing else', () => {
    for (const before of ['?', 'a?', 'x &', '#', ';', '?a=1&', '?state=x;', '==&', ' =?', '?=?'])
      assert.equal(redactParameters(`${before}code=${secret}`), `${before}code=${shown}`, before);
    for (const before of ['', ' ', '/', '(', '"', 'a ', '?code x ', '?=', '&é'])
      assert.equal(redactParameters(`${before}code=${secret}`), `${before}code=${secret}`, before);
  });

  it('are masked behind & ? and # as JSON may write them', () => {
    for (const before of ['\\u0026', '\\u003f', '\\u003F', '\\u0023', '?a=1\\u0026'])
      assert.equal(redactParameters(`x${before}code=${secret}`), `x${before}code=${shown}`, before);
    for (const before of ['u0026', '\\u0027', '\\xu0026', '/u0026', '\\u00267', '&u0026x'])
      assert.equal(redactParameters(`x${before}code=${secret}`), `x${before}code=${secret}`, before);
    assert.equal(redactParameters('\\u0026state=code=x'), '\\u0026state=code=x');
  });

  it('have names of letters, digits and a few signs', () => {
    for (const name of [
      ...[
        'token',
        'TOKEN',
        'aztoken',
        'AZtoken',
        'x0token',
        'x9token',
        'x:token',
        'x_token',
        'x-token',
        'x.token',
      ],
      ...['x[token]', 'x%74oken', 'x%5Btoken%5D', '$token', 'token[]', 'zatoken', 'ZAtoken'],
    ])
      assert.equal(redactParameters(`?${name}=${secret}`), `?${name}=${shown}`, name);
    for (const sign of [
      '/',
      '@',
      '`',
      '{',
      '^',
      '~',
      '!',
      '*',
      '+',
      ',',
      '(',
      'é',
      'ſ',
      '|',
      ' ',
      '\\',
      ']x}',
    ])
      assert.equal(redactParameters(`?x${sign}token=${secret}`), `?x${sign}token=${secret}`, sign);
    for (const byte of [0x80, 0xaa, 0xe1, 0xfa, 0x161, 0x141]) {
      const letter = String.fromCharCode(byte);
      assert.equal(redactParameters(`?${letter}token=${secret}`), `?${letter}token=${secret}`, letter);
    }
  });

  it('have names of any length up to the last 200 characters', () => {
    for (const [length, value] of [
      [195, shown],
      [196, secret],
    ] as const) {
      const name = `${'x'.repeat(length)}token`;
      assert.equal(redactParameters(`?${name}=${secret}`), `?${name}=${value}`, `${length}`);
    }
  });

  it('end at white space, quotes and & # < > \\ ;', () => {
    for (const end of ['&', '#', '"', "'", '<', '>', '\\', ';', ' ', '\n', '\t', '\0'])
      assert.equal(redactParameters(`?code=${secret}${end}${secret}`), `?code=${shown}${end}${secret}`);
    for (const inside of [
      '=',
      '/',
      '!',
      '$',
      '%',
      '(',
      '*',
      ':',
      '?',
      '@',
      '[',
      ']',
      '^',
      '`',
      '{',
      '~',
      '\u007F',
      'é',
    ]) {
      const value = `0123456789${inside}${'a'.repeat(20)}`;
      assert.equal(redactParameters(`?code=${value}`), '?code=…aaaaaa', inside);
    }
    assert.equal(redactParameters(`?code=${secret}`), `?code=${shown}`);
  });

  it('leave everything else as it is', () => {
    for (const text of [
      ...['', '=', '?=', '?code=', '?code=…xSbIA', 'a=b', '?state=xyz&iss=https%3A%2F%2Fx', '==', '?a=1&b=2'],
      ...['?a=%zz%3Dx', '?q=%5B1%5D', '?q=100%25', '?code', `code: ${secret}`, '?state=?code=xx'],
    ])
      assert.equal(redactParameters(text), text, text);
  });

  it('are masked one after the other, each by itself', () => {
    const text = `GET /cb?code=${secret}&state=s&token=${secret}#id_token=${secret} and ?x=1;sig=${secret}.`;
    assert.equal(
      redactParameters(text),
      `GET /cb?code=${shown}&state=s&token=${shown}#id_token=${shown} and ?x=1;sig=…bIA01.`,
    );
    assert.equal(redactParameters(`?x==code=${secret}&code==${secret}`), `?x==code=${secret}&code=${shown}`);
  });

  it('are told as they are without their encoding', () => {
    assert.deepEqual(masked('?code=a%2Bb+c&x=1&pin=1').seen, ['a+b c', '1']);
    assert.deepEqual(masked('?token=%e2%82%ac0123456789012345678901').text, '?token=…78901');
    assert.deepEqual(
      masked(`?code=${'a'.repeat(20)}%20%26bc`).text,
      '?code=…aaa%20%26bc'.replace('aaa', 'aa'),
    );
  });
});

describe('the parameters of a form', () => {
  it('are masked without anything before them', () => {
    assert.equal(
      redactForm(`code=${secret}&state=s&a&client_secret=${secret}&=x`),
      `code=${shown}&state=s&a&client_secret=${shown}&=x`,
    );
    assert.equal(redactForm(`client%5Fsecret=${secret}`), `client%5Fsecret=${shown}`);
    assert.equal(redactForm(`=${secret}`), `=${secret}`);
    assert.equal(redactForm('code&codes&x'), 'code&codes&x');
  });

  it('are looked into where they hold a URL, a form or JSON', () => {
    const url = encodeURIComponent(`https://a.example/cb?code=${secret}&x=1`);
    assert.equal(
      redactForm(`redirect=${url}`),
      `redirect=${encodeURIComponent('https://a.example/cb?code=').replace(/$/, '')}${shown}%26x%3D1`,
    );
    assert.equal(
      redactForm(`q=${encodeURIComponent(`client_secret=${secret}`)}`),
      `q=client_secret%3D${shown}`,
    );
    const json = encodeURIComponent(`{"client_secret":"${secret}"}`);
    assert.equal(redactForm(`q=${json}`), `q=%7B%22client_secret%22%3A%22${shown}%22%7D`);
    const list = encodeURIComponent(` [{"token":"${secret}"}]`);
    assert.equal(redactForm(`q=${list}`), `q=%20%5B%7B%22token%22%3A%22${shown}%22%7D%5D`);
    const user = encodeURIComponent(`https://me:${secret}@a.example/`);
    assert.deepEqual(masked(`q=${user}`, redactForm), {
      ...{ text: 'q=https%3A%2F%2F…%40a.example%2F', seen: [secret, secret] },
    });
    assert.equal(redactForm('q=%7B%22a%22%3A1%7D&r=%5B1%5D'), 'q=%7B%22a%22%3A1%7D&r=%5B1%5D');
    assert.equal(
      redactForm('q=https%3a%2F%2Fa%3Fb%3Dc'),
      'q=https%3a%2F%2Fa%3Fb%3Dc',
      'not a byte is changed in vain',
    );
    assert.equal(redactForm('q=a%20b'), 'q=a%20b');
    assert.equal(redactForm(`=${json}`), `=%7B%22client_secret%22%3A%22${shown}%22%7D`);
    assert.equal(
      redactForm(`q=${encodeURIComponent(`client_secret=${secret}&b={}`)}`),
      `q=client_secret%3D${shown}%26b%3D%7B%7D`,
    );
    assert.equal(
      redactForm(`q=${encodeURIComponent('{"code":"AADSTS50011"}')}`),
      'q=%7B%22code%22%3A%22…11%22%7D',
      'what is sent is no code of an error',
    );
  });

  it('are looked into four times within each other, and masked whole below', () => {
    const nested = (times: number, inner: string) => {
      let text = inner;
      for (let time = 0; time < times; time++) text = `?x=${encodeURIComponent(text)}`;
      return text;
    };
    const hidden = (times: number) => redactParameters(nested(times, `?code=${secret}`));
    for (const times of [0, 1, 2, 3, 4]) {
      let text = hidden(times);
      for (let time = 0; time < times; time++) text = decodeURIComponent(text);
      assert.ok(text.endsWith(`code=${shown}`), text);
    }
    assert.ok(decodeURIComponent(hidden(6)).includes('…') && !hidden(6).includes(secret));
    let harmless = redactParameters(nested(6, '?a=b'));
    for (let time = 0; time < 4; time++) harmless = decodeURIComponent(harmless);
    assert.ok(harmless.endsWith('=…'), harmless);
    const json = (times: number) => {
      let text = JSON.stringify({ client_secret: secret });
      for (let time = 0; time < times; time++) text = JSON.stringify({ x: `?y=${encodeURIComponent(text)}` });
      return redactForm(`x=${encodeURIComponent(text)}`);
    };
    for (const times of [0, 1, 2, 3, 6]) assert.ok(!json(times).includes(secret), `${times}`);
    const unread = nested(4, '?a=b%20c');
    assert.equal(redactParameters(unread), unread, 'what holds neither form nor JSON stays at any depth');
    const writings = [
      (text: string) => `x=${encodeURIComponent(text)}`,
      (text: string) => `x=${encodeURIComponent(JSON.stringify({ y: `?z=${encodeURIComponent(text)}` }))}`,
    ];
    for (const write of writings) {
      let text = 'a=b';
      for (let time = 0; time < 6; time++) text = write(text);
      assert.ok(redactForm(text).includes('…'), text);
    }
  });
});

describe('what stands before the host of a URL', () => {
  const of = (text: string) => masked(text);

  it('is masked, and its password told as written and without its encoding', () => {
    assert.deepEqual(of('https://me:p%40ss@a.example/x?y'), {
      text: 'https://…@a.example/x?y',
      seen: ['p%40ss', 'p@ss'],
    });
    assert.deepEqual(of('x://token@a'), { text: 'x://…@a', seen: ['token', 'token'] });
    assert.deepEqual(of('https://a:b:c@d'), { text: 'https://…@d', seen: ['b:c', 'b:c'] });
    assert.equal(of('://a:b@c').text, '://…@c');
    assert.deepEqual(of('https://a@b@c').text, 'https://…@c');
  });

  it('is masked in each URL of a text, whatever stands between', () => {
    assert.equal(
      of('get https://a:b@c/x://d, then ftp://e:f@g or https://h and x://i@j').text,
      'get https://…@c/x://d, then ftp://…@g or https://h and x://…@j',
    );
    assert.equal(of('https://a://b:c@d').text, 'https://a://…@d');
    assert.equal(of('http://x://y:z@w').text, 'http://x://…@w');
  });

  it('ends where the host does: at white space, quotes and / ? # < > \\', () => {
    for (const end of ['/', '?', '#', '"', "'", '<', '>', '\\', ' ', '\n', '\0'])
      assert.equal(of(`https://a.b${end}me@c`).text, `https://a.b${end}me@c`, end);
    for (const inside of ['!', '$', '&', '(', '=', ';', ',', '.', ':', '[', ']', '{', '~', 'é', '%2F'])
      assert.equal(of(`https://a${inside}b@c`).text, 'https://…@c', inside);
  });

  it('is left as it is where there is nothing, or it was masked before', () => {
    for (const text of ['https://a', '://', 'https://@a', 'a@b', 'https:/a@b', 'mailto:a@b', 'https://a/@b'])
      assert.deepEqual(of(text), { text, seen: [] }, text);
    assert.deepEqual(of('https://me:…xyz@a'), { text: 'https://…@a', seen: [] });
    assert.deepEqual(of('https://…@a'), { text: 'https://…@a', seen: [] });
  });

  it('is masked also where nobody is told', () => {
    assert.equal(redactParameters('https://a:b@c'), 'https://…@c');
  });

  it('is masked in a URL by itself, with its query and fragment', () => {
    const seen: string[] = [];
    assert.equal(
      redactUrl(
        `https://me:pw@a.example/b?c=d&code=${secret}#access_token=${secret}&x=?code=${secret}`,
        (one) => seen.push(one),
      ),
      `https://…@a.example/b?c=d&code=${shown}#access_token=${shown}&x=?code=${shown}`,
    );
    assert.deepEqual(seen, ['pw', 'pw', secret, secret, secret]);
    assert.equal(redactUrl(`https://a/b;sig=${'0123456789'.repeat(3)}`), 'https://a/b;sig=…456789');
    assert.equal(redactUrl('?token=01234567"0123456'), '?token=…3456', 'a quote ends no parameter of a URL');
  });
});

describe('a header field of any name', () => {
  const rows: readonly (readonly [value: string, shown: string])[] = [
    ['{"token":"two words"}', '{"token":"…ds"}'],
    [' [{"token":"two words"}]', ' [{"token":"…ds"}]'],
    ['token=abcd', 'token=…d'],
    ['b.c%5B%74oken%5D=abcd', 'b.c%5B%74oken%5D=…d'],
    ['token=expired, see the manual', 'token=expired, see the manual'],
    ['see token=abcd', 'see token=abcd'],
    ['{"code":"AADSTS50011"}', '{"code":"AADSTS50011"}'],
    [`https://a.example/?code=${secret}`, `https://a.example/?code=${shown}`],
    [`<https://a.example/?code=${secret}>; rel="next"`, `<https://a.example/?code=${shown}>; rel="next"`],
    ['one, two;three', 'one, two;three'],
  ];
  for (const [value, masked] of rows)
    it(`is read as JSON, as a form, as a URL or as words: ${value}`, () => {
      assert.equal(redactHeaderText(value), masked);
    });
});

describe('a value that is encoded over and over', () => {
  const enc = (text: string, times: number): string =>
    times === 0 ? text : enc(encodeURIComponent(text), times - 1);

  it('is masked where it holds a secret, and whole where it is nested too deep to tell', () => {
    for (const [text, expected] of [
      [`token%253D${secret}`, `token%253D${shown}`],
      ['password%2520is%2520hunter2x', 'password%2520is%2520…2x'],
      [enc(`token=${secret}`, 4), `${enc('token=', 4)}${shown}`],
      [enc(`token=${secret}`, 6), '…'],
    ] as const)
      assert.equal(redactParameters(`?u=${text}`), `?u=${expected}`);
  });

  it('is shown at any depth where it can hold none', () => {
    const nested = (value: string) =>
      [1, 2, 3, 4].reduce((inner) => `u=${encodeURIComponent(inner)}`, `u=${value}`);
    for (const value of ['%C5%81%C3%B3d%C5%BA', '%41bcd'])
      assert.equal(redactParameters(`?${nested(value)}`), `?${nested(value)}`);
    assert.equal(redactParameters(`?${nested('%C5%81%20bc')}`).endsWith('…'), true);
  });

  it('is decoded as a form only where that differs, which takes long', (test) => {
    const [form, percent] = [URLSearchParams, decodeURIComponent];
    let [forms, percents] = [0, 0];
    test.after(() => Object.assign(globalThis, { URLSearchParams: form, decodeURIComponent: percent }));
    globalThis.URLSearchParams = class extends form {
      constructor(...values: ConstructorParameters<typeof form>) {
        super(...values);
        forms++;
      }
    };
    globalThis.decodeURIComponent = (text) => {
      percents++;
      return percent(text);
    };
    const work = (text: string) => {
      [forms, percents] = [0, 0];
      redactForm(text);
      return [forms, percents];
    };
    assert.deepEqual(work('name=value-of-it'), [0, 0]);
    assert.deepEqual(work('nam+e=valueOfIt'), [0, 1]);
    assert.deepEqual(work('n%61me=valueOfIt'), [0, 1]);
    assert.deepEqual(work('n%61m%e=valueOfIt'), [1, 0]);
    assert.deepEqual(work('n%c3%a9=valueOfIt'), [1, 0]);
    assert.deepEqual(work('né=valueOfIt'), [1, 0]);
  });
});
