import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { decodeToken } from '../../../src/core/token/decode.ts';
import {
  encode,
  es256,
  frodo,
  hs256,
  madeUp,
  rfc9068Claims,
  rfc9068Header,
  rs256,
  sdJwt,
  unsecured,
} from './vectors.ts';

const header = encode({ alg: 'RS256' });
const payload = encode({ sub: 'me' });

function problems(token: string): readonly string[] {
  return decodeToken(token).problems.map(({ message }) => message);
}

describe('taking a token apart', () => {
  for (const [name, token] of Object.entries({
    'RFC 7519 section 3.1': hs256,
    'RFC 7515 A.2': rs256,
    'RFC 7515 A.3': es256,
    'RFC 7515 A.5': unsecured,
  }))
    it(`reads the example of ${name}`, () => {
      const decoded = decodeToken(token);
      assert.equal(decoded.kind, 'jwt');
      assert.deepEqual(decoded.payload?.json, {
        iss: 'joe',
        exp: 1300819380,
        'http://example.com/is_root': true,
      });
      assert.deepEqual(decoded.problems, []);
    });

  it('reads the access token of RFC 9068', () => {
    const decoded = decodeToken(madeUp(rfc9068Header, rfc9068Claims));
    assert.deepEqual(
      [decoded.kind, decoded.header?.json, decoded.payload?.json],
      ['jwt', rfc9068Header, rfc9068Claims],
    );
  });

  it('reads a signed text, and says that it is no JWT (RFC 7520 section 4.1)', () => {
    const decoded = decodeToken(frodo);
    assert.match(decoded.payload?.text ?? '', /^It’s a dangerous business, Frodo/);
    assert.deepEqual(
      decoded.problems.map(({ code }) => code),
      ['payload_text'],
    );
  });

  it('reads the header of an encrypted token and calls it a JWE', () => {
    const decoded = decodeToken(`${encode({ alg: 'RSA-OAEP', enc: 'A256GCM', cty: 'JWT' })}.a.b.c.d`);
    assert.deepEqual([decoded.kind, decoded.nested, decoded.payload], ['jwe', true, undefined]);
  });

  it('sees a token inside a token', () => {
    assert.equal(decodeToken(madeUp({ alg: 'RS256', cty: 'JWT' }, hs256)).nested, true);
    assert.equal(decodeToken(madeUp({ alg: 'RS256' }, hs256)).nested, true);
    assert.equal(decodeToken(rs256).nested, false);
  });

  it('calls opaque what is opaque, and knows whose some are', () => {
    const opaque = {
      '2YotnFZFEjr1zCsicMWpAA': undefined,
      'mF_9.B5f-4.1JqM': undefined,
      'ya29.c.b0Aa': 'a Google access token',
      gho_x: 'a GitHub OAuth access token',
      '00D5g00000ABCde!AQ4.kJ9': 'a Salesforce access token',
      eyeglasses: undefined,
    };
    for (const [token, looksLike] of Object.entries(opaque)) {
      const decoded = decodeToken(token);
      assert.deepEqual([decoded.kind, decoded.looksLike], ['opaque', looksLike], token);
    }
  });

  it('keeps a number that JavaScript would round, as it is spelled', () => {
    const decoded = decodeToken(`${header}.${encode('{"id":12345678901234567890,"sub":"x"}')}.c2ln`);
    assert.equal(decoded.payload?.exact?.get('id'), '12345678901234567890');
  });

  it('takes __proto__ and constructor for ordinary names', () => {
    const decoded = decodeToken(`${header}.${encode('{"__proto__":{"admin":true},"constructor":1}')}.c2ln`);
    assert.deepEqual(Object.keys(decoded.payload?.json ?? {}), ['__proto__', 'constructor']);
    assert.equal(({} as Record<string, unknown>)['admin'], undefined);
  });
});

describe('saying what is wrong with a malformed JWT, and where', () => {
  const cases: Readonly<Record<string, readonly [token: string, ...said: readonly RegExp[]]>> = {
    'only a header': [header, /only the header .* payload and the signature are missing/],
    'no signature and no dot': [`${header}.${payload}`, /two parts instead of three: the signature/],
    'four parts': [`${header}.${payload}.c2ln.c2ln`, /4 parts instead of three \(signed\) or five/],
    'six parts': [`${header}.${payload}.a.b.c.d`, /6 parts/],
    'an empty payload': [`${header}..c2ln`, /The payload is empty/],
    'an empty header': [`.${payload}.c2ln`, /The header is empty/],
    'a foreign character in the header': [
      `ey*${header}.${payload}.c2ln`,
      /header is not base64url: character 3 is “\*” \(character 3 of the token\)/,
    ],
    'a foreign character in the payload': [
      `${header}.${payload.slice(0, 4)}!${payload}.c2ln`,
      new RegExp(
        `payload is not base64url: character 5 is “!” \\(character ${header.length + 6} of the token\\)`,
      ),
    ],
    'a foreign character in the signature': [
      `${header}.${payload}.c2l%`,
      /signature is not base64url: character 4 is “%”/,
    ],
    'an invisible character': [`${header}.${payload}\u200b.c2ln`, /“⟨U\+200B⟩”/],
    'a character too few': [
      `${header}.${'A'.repeat(5)}.c2ln`,
      /payload is not base64url: it has 5 characters, and the last one stands alone/,
    ],
    'bytes that are no UTF-8': [
      `${header}.${Buffer.from([0x7b, 0x22, 0xff]).toString('base64url')}.c2ln`,
      /payload is not UTF-8 text: byte 3/,
    ],
    'JSON that is cut off': [
      `${header}.${encode('{"sub":"me"')}.c2ln`,
      /payload is not JSON: a closing brace is missing, at character 12/,
    ],
    'JSON with a comma missing': [
      `${header}.${encode('{"a":1 "b":2}')}.c2ln`,
      /a comma is missing, at character 8/,
    ],
    'JSON with single quotes': [`${header}.${encode("{'a':1}")}.c2ln`, /not JSON: .*at character 2/],
    'JSON with a comment': [`${header}.${encode('{"a":1/* */}')}.c2ln`, /comment.*character 7/],
    'JSON with a control character in a string': [
      `${header}.${encode('{"a":"x\ny"}')}.c2ln`,
      /payload is not JSON: .* at character \d+/,
    ],
    'an array for a payload': [
      `${header}.${encode('[1,2]')}.c2ln`,
      /payload is JSON, but an array instead of an object/,
    ],
    'null for a payload': [`${header}.${encode('null')}.c2ln`, /payload is JSON, but null/],
    'a string for a payload': [`${header}.${encode('"x"')}.c2ln`, /payload is JSON, but a string/],
    'a header that is not JSON': [`${encode('{alg')}.${payload}.c2ln`, /header is not JSON/],
    'a header that is an array': [`${encode('["RS256"]')}.${payload}.c2ln`, /header is JSON, but an array/],
    'names that stand twice': [
      `${header}.${encode('{"sub":"me","sub":"you"}')}.c2ln`,
      /payload has “sub” more than once/,
    ],
    'plain base64': [
      `${header}.${Buffer.from('{"a":"~~~?>?"}').toString('base64')}.c2ln`,
      /payload is written in base64, not in base64url/,
    ],
    'brackets without end': [
      `${header}.${encode('{"a":'.repeat(5000))}.c2ln`,
      /payload is nested more than 200 levels deep \(character 1001/,
    ],
    'an unencoded payload': [
      `${encode({ alg: 'HS256', b64: false, crit: ['b64'] })}.$payload.c2ln`,
      /payload is not encoded/,
    ],
  };
  for (const [name, [token, ...said]] of Object.entries(cases))
    it(name, () => {
      const found = problems(token).join('\n');
      for (const sentence of said) assert.match(found, sentence);
    });

  it('still shows what can be read', () => {
    const decoded = decodeToken(`${header}.${payload}`);
    assert.equal(decoded.kind, 'malformed');
    assert.deepEqual(decoded.header?.json, { alg: 'RS256' });
    assert.deepEqual(decoded.payload?.json, { sub: 'me' });
  });
});

const hashed = (text: string, hash = 'sha256') => createHash(hash).update(text).digest('base64url');
/** An SD-JWT that nobody signed, with what follows the JWT. */
const disclosing = (payload: object, ...tail: readonly string[]) =>
  [`${encode({ alg: 'ES256', typ: 'example+sd-jwt' })}.${encode(payload)}.AAAA`, ...tail].join('~');

describe('an SD-JWT', () => {
  const [issued = '', ...rest] = sdJwt.split('~');
  const binding = rest.pop() ?? '';
  const disclosures = rest;
  const tail = (...parts: readonly string[]) => [issued, ...parts].join('~');

  it('of RFC 9901 is read as the JWT that its issuer signed, and what it discloses is named, not shown', () => {
    const decoded = decodeToken(sdJwt);
    assert.equal(decoded.kind, 'jwt');
    assert.equal(decoded.token, sdJwt);
    assert.deepEqual(decoded.payload, decodeToken(issued).payload);
    assert.deepEqual(problems(sdJwt), [
      'This is an SD-JWT: it discloses 4 of the hidden values (“family_name”, “address”, “given_name”, an entry of a list).',
    ]);
    assert.doesNotMatch(JSON.stringify(decoded.problems), /John|Doe|Anytown/);
    assert.deepEqual(problems(tail('')), ['This is an SD-JWT: it discloses nothing of what is hidden.']);
    assert.deepEqual(problems(tail(...disclosures.slice(0, 1), '')), [
      'This is an SD-JWT: it discloses 1 of the hidden values (“family_name”).',
    ]);
  });

  const names = ['iat', 'aud', 'nonce'].map((name) => [name, name]);
  const unsigned = (presented: string, over: object = {}, typ = 'kb+jwt', alg = 'ES256') =>
    [
      { alg, typ },
      { ...Object.fromEntries(names), sd_hash: hashed(presented), ...over },
    ]
      .map(encode)
      .join('.');
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const strangers = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = (text: string, { privateKey } = key) =>
    `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  const holder = (...how: Parameters<typeof unsigned>) => signed(unsigned(...how));
  const [first = '', second = ''] = disclosures;
  const name = encode(['salt', 'name', 'Ada']);
  const otherName = encode(['other salt', 'name', 'Eve']);
  const inner = encode(['salt', 'inner', true]);
  const outer = encode(['salt', 'outer', { _sd: [hashed(inner)] }]);
  const cnf = { jwk: key.publicKey.export({ format: 'jwk' }) };
  const bound = disclosing({ cnf }, '');
  const entry = encode(['salt', 'US']);

  for (const [what, token, said] of [
    ['a disclosure of another issuer', tail(first, name, ''), 'A disclosure is not among'],
    ['a disclosure twice', tail(first, second, first, ''), 'A disclosure stands in it twice'],
    ['a disclosure that cannot be read', tail(first, 'broken', ''), 'A disclosure cannot be read'],
    ['a disclosure named _sd', tail(encode(['salt', '_sd', []]), ''), 'A disclosure cannot be read'],
    ['a disclosure of four parts', tail(encode(['s', 'n', 1, 2]), ''), 'A disclosure cannot be read'],
    [
      'a disclosure left out of what the holder bound',
      tail(first, binding),
      'The sd_hash of its holder’s JWT',
    ],
    ['a digest twice', disclosing({ _sd: [hashed(name)], a: { _sd: [hashed(name)] } }, name, ''), 'A digest'],
    [
      'no disclosure of what holds it',
      disclosing({ _sd: [hashed(outer)] }, inner, ''),
      'A disclosure is not',
    ],
    ['a holder’s JWT that is none', disclosing({ cnf }, 'x.y'), 'What follows the last tilde is not a JWT'],
    [
      'a holder’s JWT of another type',
      `${disclosing({ cnf }, '')}${holder(disclosing({ cnf }, ''), {}, 'JWT')}`,
      'The typ',
    ],
    [
      'a holder’s JWT without nonce',
      `${disclosing({ cnf }, '')}${holder(disclosing({ cnf }, ''), { nonce: undefined })}`,
      'Its holder’s JWT has no nonce',
    ],
    [
      'a holder’s JWT that another signed',
      `${bound}${signed(unsigned(bound), strangers)}`,
      'The signature of its holder’s JWT',
    ],
    [
      'a holder’s JWT without a signature',
      `${bound}${unsigned(bound)}.`,
      'The signature of its holder’s JWT',
    ],
    [
      'a holder’s JWT whose alg is none',
      `${bound}${unsigned(bound, {}, 'kb+jwt', 'none')}.`,
      'Its holder’s JWT is not signed',
    ],
    [
      'a holder’s JWT of an algorithm that the key has not',
      `${bound}${signed(unsigned(bound, {}, 'kb+jwt', 'PS256'))}`,
      'The signature of its holder’s JWT',
    ],
    [
      'a holder’s key that is none',
      `${disclosing({ cnf: { jwk: { kty: 'EC' } } }, '')}${holder(disclosing({ cnf: { jwk: { kty: 'EC' } } }, ''))}`,
      'The key of its holder (cnf) cannot be read',
    ],
    [
      'a claim that is there already',
      disclosing({ name: 'Eve', _sd: [hashed(name)] }, name, ''),
      'The claim “name” is disclosed, and there already',
    ],
    [
      'a claim twice',
      disclosing({ _sd: [name, otherName].map((one) => hashed(one)) }, name, otherName, ''),
      'The claim “name” is disclosed, and there already',
    ],
    [
      'a claim within a claim that is there already',
      disclosing({ a: { name: 1, _sd: [hashed(name)] } }, name, ''),
      'The claim “name” is disclosed, and there already',
    ],
    [
      'an entry of a list among claims',
      disclosing({ _sd: [hashed(entry)] }, entry, ''),
      'An entry of a list is disclosed where a claim',
    ],
    [
      'a claim in a list',
      disclosing({ a: [{ '...': hashed(name) }] }, name, ''),
      'The claim “name” is disclosed where an entry',
    ],
    ['a holder’s JWT and no key', `${disclosing({}, '')}${holder(disclosing({}, ''))}`, 'It names no key'],
  ] as const)
    it(`is to be refused with ${what}`, () => {
      const found = decodeToken(token).problems;
      assert.deepEqual(
        found
          .filter(({ code }) => code === 'sd_jwt_refused')
          .map(({ message }) => message.slice(0, said.length)),
        [said],
        JSON.stringify(found),
      );
    });

  it('says each fault once, and of many how many they are', () => {
    const same = Array.from({ length: 50 }, () => hashed(entry));
    assert.deepEqual(problems(disclosing({ _sd: same }, entry, '')).slice(1), [
      'A digest stands in it twice.',
      'An entry of a list is disclosed where a claim is hidden.',
    ]);
    const many = Array.from({ length: 50 }, (_, at) => encode(['salt', `n${at}`, at]));
    const said = problems(disclosing({ a: many.map((one) => ({ '...': hashed(one) })) }, ...many, ''));
    assert.equal(said.length, 12);
    assert.equal(said.at(-1), '40 more claims or entries are disclosed where they cannot be.');
  });

  it('has its holder’s signature checked with a key of either curve that EdDSA is used with', () => {
    for (const type of ['ed25519', 'ed448'] as const) {
      const { publicKey, privateKey } =
        type === 'ed448' ? generateKeyPairSync('ed448') : generateKeyPairSync('ed25519');
      const presented = disclosing({ cnf: { jwk: publicKey.export({ format: 'jwk' }) } }, '');
      const text = unsigned(presented, {}, 'kb+jwt', 'EdDSA');
      const token = (by: typeof privateKey) =>
        `${presented}${text}.${sign(null, Buffer.from(text), by).toString('base64url')}`;
      assert.deepEqual(problems(token(privateKey)).slice(1), [], type);
      assert.deepEqual(problems(token(generateKeyPairSync('ed25519').privateKey)).slice(1), [
        'The signature of its holder’s JWT is not that of the key in cnf.',
      ]);
    }
  });

  it('has nothing to say where disclosures stand in disclosures, in lists, under another hash, or nobody is bound', () => {
    for (const token of [
      disclosing({ _sd: [hashed(outer)] }, outer, inner, ''),
      disclosing({ list: [{ '...': hashed(encode(['salt', 'US'])) }] }, encode(['salt', 'US']), ''),
      disclosing({ _sd_alg: 'sha-512', _sd: [hashed(name, 'sha512')] }, name, ''),
      `${bound}${holder(bound)}`,
      // The same name in two places, and a key that is named otherwise.
      disclosing({ name: 1, a: { _sd: [hashed(name)] } }, name, ''),
      `${disclosing({ cnf: { kid: 'k' } }, '')}${holder(disclosing({ cnf: { kid: 'k' } }, ''))}`,
    ])
      assert.deepEqual(problems(token).slice(1), [], token);
  });

  it('says whether its holder’s signature was checked: with the key that its issuer names, as in RFC 9901', () => {
    const detail = (token: string) => decodeToken(token).problems[0]?.reason ?? '';
    assert.match(detail(sdJwt), /its signature was checked with the key that the issuer names \(cnf\)\.$/);
    const named = disclosing({ cnf: { kid: 'k' } }, '');
    assert.match(detail(`${named}${holder(named)}`), /was not checked: the issuer names no JWK \(cnf\)\.$/);
    // Of a kind that is not known here, whatever the key is; under a hash that is not, the signature still is.
    const strange = `${bound}${signed(unsigned(bound, {}, 'kb+jwt', 'ES256K'))}`;
    assert.match(detail(strange), /was not checked: ES256K is not an algorithm that is checked here\.$/);
    assert.deepEqual(problems(strange).slice(1), []);
    const otherHash = disclosing({ cnf, _sd_alg: 'sha3-256' }, '');
    assert.match(detail(`${otherHash}${holder(otherHash)}`), /was checked with the key/);
    assert.deepEqual(
      problems(`${otherHash}${signed(unsigned(otherHash), strangers)}`)
        .slice(1)
        .map((one) => one.slice(0, 30)),
      ['Its disclosures were not compar', 'The signature of its holder’s '].map((one) => one.slice(0, 30)),
    );
    // Nothing is said of a signature where there is none to speak of.
    assert.doesNotMatch(detail(disclosing({ cnf }, 'x.y')), /holder/);
    const keyless = disclosing({}, '');
    assert.match(
      detail(`${keyless}${holder(keyless)}`),
      /was not checked: the issuer names no key \(cnf\)\.$/,
    );
    const broken = disclosing({ cnf: { jwk: { kty: 'EC', crv: 'P-256' } } }, '');
    assert.match(detail(`${broken}${holder(broken)}`), /was not checked: that key \(cnf\) cannot be read\.$/);
    const unread = `${encode({ alg: 'ES256' })}.bm8.AAAA~`;
    assert.doesNotMatch(detail(`${unread}${holder(unread)}`), /was checked/);
    const [head = '', claims = '', signature = ''] = binding.split('.');
    const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    assert.deepEqual(problems(tail(...disclosures, `${head}.${claims}.${changed}`)).slice(1), [
      'The signature of its holder’s JWT is not that of the key in cnf.',
    ]);
  });

  it('whose hash is not known, or none, says that nothing was compared', () => {
    for (const [alg, shown] of [
      ['md5', '“md5”'],
      ['toString', '“toString”'],
      [7, 'no text'],
    ] as const)
      assert.match(
        problems(disclosing({ _sd_alg: alg }, name, ''))[1] ?? '',
        new RegExp(`^Its disclosures were not compared .*_sd_alg is ${shown}\\.$`),
      );
  });

  it('is read in little time, whatever is in it', () => {
    for (const token of [
      tail(...Array.from({ length: 50_000 }, () => first), ''),
      tail('~'.repeat(100_000)),
      disclosing({ _sd: Array.from({ length: 200_000 }, (_, index) => String(index)) }, name, ''),
      disclosing({ a: Array.from({ length: 200_000 }, () => ({})) }, 'A'.repeat(1_000_000), ''),
    ])
      assert.match(problems(token)[0] ?? '', /^This is an SD-JWT/);
  });

  it('is none where the part before the tilde is no JWT', () => {
    assert.equal(decodeToken('abc~def').kind, 'opaque');
    assert.equal(decodeToken('~').kind, 'opaque');
  });
});
