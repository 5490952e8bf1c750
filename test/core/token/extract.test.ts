import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeToken } from '../../../src/core/token/decode.ts';
import { extractToken, inputLimit } from '../../../src/core/token/extract.ts';
import { es256, frodo, hs256, rs256 } from './vectors.ts';

function tokenIn(text: string): string | undefined {
  const found = extractToken(text);
  return found.kind === 'token' ? found.token : undefined;
}

describe('finding the token in a text', () => {
  const wrapped = rs256.replace(/.{64}/g, '$&\r\n');
  const texts: Readonly<Record<string, string>> = {
    bare: rs256,
    'with blanks and line ends around it': `\n  ${rs256} \r\n`,
    'after Bearer': `Bearer ${rs256}`,
    'after bearer in lower case': `bearer ${rs256}`,
    'after DPoP': `DPoP ${rs256}`,
    'in an Authorization header': `Authorization: Bearer ${rs256}`,
    'in a header among others': `GET /orders HTTP/1.1\nHost: api.example.com\nAuthorization: Bearer ${rs256}\nAccept: */*`,
    'in double quotes': `"${rs256}"`,
    'in back quotes with a semicolon': `\`${rs256}\`;`,
    'as a line of code': `const token = '${rs256}';`,
    'as a JSON member': `"access_token": "${rs256}",`,
    'in a curl command': `curl -H 'Authorization: Bearer ${rs256}' https://api.example.com`,
    'wrapped over lines': wrapped,
    'wrapped after Bearer': `Bearer ${wrapped}`,
    'wrapped and indented': rs256.replace(/\./g, '.\n    '),
    'with line ends written as \\n': rs256.replace(/.{64}/g, '$&\\n'),
    'in a log line': `2026-11-22 10:00:00 INFO got ${rs256} (expires in 3600)`,
    'after a byte order mark': `\ufeff${rs256}`,
    'at the end of a sentence': `The token is ${rs256}. Use it.`,
  };
  for (const [where, text] of Object.entries(texts))
    it(`takes it ${where}`, () => assert.equal(tokenIn(text), rs256));

  it('says when line breaks were taken out, and when not', () => {
    assert.deepEqual(extractToken(wrapped), { kind: 'token', token: rs256, joined: true, others: 0 });
    assert.deepEqual(extractToken(rs256), { kind: 'token', token: rs256, joined: false, others: 0 });
  });

  it('takes the first of several and says how many more there are', () => {
    assert.deepEqual(extractToken(`${rs256}\n${es256}\n${hs256}`), {
      kind: 'token',
      token: rs256,
      joined: false,
      others: 2,
    });
  });

  const cut = (by: string) => `${rs256.slice(0, 40)}${by}${rs256.slice(40)}`;
  for (const [where, text] of [
    [
      'a folded header among others',
      `Accept: */*\nAuthorization: Bearer ${cut('\r\n ')}\r\nHost: a.example\n`,
    ],
    ['a header that was cut by its width', `Authorization: Bearer ${cut('\n')}\nAccept: application/json`],
    ['a command that goes on', `curl -H 'Authorization: Bearer ${cut('\\\n')}' https://api.example`],
    ['a quoted mail', `> ${cut('\n> ')}\n> Regards`],
    ['quoted-printable', `Bearer ${cut('=\r\n')}`],
    ['a page with soft hyphens', cut('\u00ad')],
    ['a chat with characters of no width', cut('\u200b')],
  ] as const)
    it(`leaves no part of a token behind in ${where}`, () => {
      const found = extractToken(text);
      assert.equal(found.kind === 'token' && found.token, rs256);
    });

  it('takes no word below a token for its end', () => {
    for (const text of [
      `${rs256}\nOK`,
      `Bearer ${rs256}\nnext: header`,
      `token: ${rs256}\n2026-11-28 12:00 done`,
    ]) {
      const found = extractToken(`got it\n${text}`);
      assert.equal(found.kind === 'token' && found.token, rs256, text);
    }
  });

  it('takes an opaque token as it is, with and without Bearer', () => {
    assert.equal(tokenIn('Authorization: Bearer mF_9.B5f-4.1JqM'), 'mF_9.B5f-4.1JqM');
    assert.equal(tokenIn('00Dxx0000001gPL!AR8AQ.x'), '00Dxx0000001gPL!AR8AQ.x');
    assert.equal(
      tokenIn("curl -H 'Authorization: Bearer gho_16C7e42F292c6912E7' https://api.github.com"),
      'gho_16C7e42F292c6912E7',
    );
  });

  it('takes the tokens out of a token response, whatever its spelling', () => {
    const standard = extractToken(
      JSON.stringify({ access_token: rs256, id_token: es256, scope: 'a b' }, null, 2),
    );
    assert.deepEqual(standard, {
      kind: 'response',
      members: { access_token: rs256, id_token: es256, scope: 'a b' },
    });
    const envelope = { isSuccess: true, data: { accessToken: 'opaque', tokenType: 'Bearer', expiresIn: 60 } };
    assert.deepEqual(extractToken(JSON.stringify(envelope)), {
      kind: 'response',
      members: { access_token: 'opaque', token_type: 'Bearer', expires_in: 60 },
    });
    assert.deepEqual(extractToken('access_token=gho_x&scope=repo%2Cgist&token_type=bearer'), {
      kind: 'response',
      members: { access_token: 'gho_x', scope: 'repo,gist', token_type: 'bearer' },
    });
  });

  it('takes the tokens out of the fragment of a redirect', () => {
    const url = `https://client.example.com/cb?x=1#access_token=${rs256}&id_token=${es256}&state=s`;
    assert.deepEqual(extractToken(url), {
      kind: 'response',
      members: { x: '1', access_token: rs256, id_token: es256, state: 's' },
    });
  });

  it('puts a JWS in JSON together to its compact form (RFC 7515 section 7.2)', () => {
    const [header = '', payload = '', signature = ''] = frodo.split('.');
    const flattened = { payload, protected: header, signature };
    const general = { payload, signatures: [{ protected: header, signature }] };
    assert.equal(tokenIn(JSON.stringify(flattened)), frodo);
    assert.equal(tokenIn(JSON.stringify(general)), frodo);
  });

  it('says that there is none in an empty text, in prose, in a lone Bearer, and in too long a text', () => {
    const why = (text: string) => {
      const found = extractToken(text);
      return found.kind === 'nothing' ? found.why : found.kind;
    };
    assert.equal(why(' \n'), 'empty');
    assert.equal(why('hello world'), 'no_token');
    assert.equal(why('Authorization: Bearer'), 'no_token');
    assert.equal(why('{"error":"invalid_client"}'), 'no_token');
    assert.equal(why('a'.repeat(inputLimit + 1)), 'too_long');
  });

  it('never throws, and decodes whatever it finds', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.json(),
      fc.stringMatching(/^[eyJ0-9A-Za-z_.\-+/= \n"{}]*$/),
      fc.tuple(fc.base64String(), fc.base64String(), fc.string()).map((parts) => parts.join('.')),
      fc
        .array(
          fc.constantFrom(
            'ey',
            'eyJ',
            '.',
            '{',
            '"',
            '\\',
            'Bearer ',
            'access_token=',
            '#',
            '\n',
            '\u202e',
            '=',
          ),
        )
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const found = extractToken(text);
        if (found.kind === 'token') decodeToken(found.token);
      }),
      { numRuns: 1000 },
    );
  });

  // Quadratic work on 1 MiB takes minutes: the limit only tells a hang from an answer.
  it('gets through 1 MiB of anything repeated', { timeout: 60_000 }, () => {
    const pieces = [
      ' ',
      'ey',
      '=',
      '.',
      '"',
      "'",
      '[',
      '{"a":',
      '\\',
      '\n',
      'bearer ',
      'eyJ.',
      'ey\n',
      '"\\',
      'access_token=',
      '#',
      ',',
      'a.',
    ];
    for (const piece of pieces) {
      const text = `eyJ${piece.repeat((inputLimit - 4) / piece.length)}b`;
      const found = extractToken(text);
      decodeToken(found.kind === 'token' ? found.token : text);
    }
  });
});
