import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { networkFailure } from '../../../src/core/http/networkFailure.ts';

/** As `fetch` throws it: what is known is in the cause. */
function fetchFailed(cause: { name?: string; code?: string; message?: string }): TypeError {
  return new TypeError('fetch failed', { cause });
}

const failureOf = (thrown: unknown) =>
  networkFailure(thrown, {
    ...{ url: new URL('https://login.example.com:8443/token'), step: 'token', timeout: 1000 },
    ...{ timedOut: false, cancelled: false },
  });

describe('what a fetch threw, in the hosts the extension runs in', () => {
  for (const [host, thrown] of [
    ['Node 20', fetchFailed({ code: 'ERR_SSL_WRONG_VERSION_NUMBER', message: 'wrong version number' })],
    ['Node 24', fetchFailed({ code: 'ERR_SSL_PACKET_LENGTH_TOO_LONG', message: 'packet length too long' })],
    ['Electron', new Error('net::ERR_SSL_PROTOCOL_ERROR')],
  ] as const)
    it(`says that there is no TLS on the port (${host})`, () => {
      const { kind, message, advice } = failureOf(thrown);
      assert.equal(kind, 'tls');
      assert.match(message, /^No secure connection to login\.example\.com:8443: .*does not speak TLS/);
      assert.match(advice, /port of the URL and whether it should be http\./);
    });

  for (const [host, thrown] of [
    ['Node 20', fetchFailed({ name: 'HTTPParserError', code: 'HPE_INVALID_CONSTANT' })],
    ['Node 24', fetchFailed({ name: 'HTTPParserError', message: 'Response does not match HTTP/1.1' })],
    ['Electron', new Error('net::ERR_INVALID_HTTP_RESPONSE')],
  ] as const)
    it(`says that what answers does not speak HTTP (${host})`, () => {
      const { kind, message, advice } = failureOf(thrown);
      assert.equal(kind, 'network');
      assert.equal(message, 'What came from login.example.com:8443 is not HTTP.');
      assert.match(advice, /host and port of the URL/);
    });
});

describe('the kind and code of what a fetch threw', () => {
  const nested = (depth: number): unknown =>
    depth === 0 ? { code: 'ECONNREFUSED' } : { cause: nested(depth - 1) };
  const rows: readonly (readonly [what: string, thrown: unknown, kind: string, code: string | undefined])[] =
    [
      ['the innermost code', { code: 'OUTER', cause: { code: 'ENOTFOUND' } }, 'network', 'ENOTFOUND'],
      ['an outer code when the cause has none', { code: 'EPIPE', cause: {} }, 'network', 'EPIPE'],
      [
        'the first of several attempts',
        { errors: [{ code: 'ECONNREFUSED' }, {}] },
        'network',
        'ECONNREFUSED',
      ],
      ['eight causes deep', nested(7), 'network', 'ECONNREFUSED'],
      ['no deeper', nested(8), 'network', 'unknown'],
      ['no error at all', 'thrown', 'network', 'unknown'],
      ['a port that Node says in words', fetchFailed({ message: 'bad port' }), 'network', 'ERR_UNSAFE_PORT'],
      ['a code before words', fetchFailed({ code: 'EPIPE', message: 'bad port' }), 'network', 'EPIPE'],
      ['TLS by words alone', fetchFailed({ message: 'unable to get certificate' }), 'tls', 'unknown'],
      ['TLS by the host name', fetchFailed({ code: 'HOSTNAME_MISMATCH' }), 'tls', 'HOSTNAME_MISMATCH'],
      [
        'a 407 that is withheld',
        new TypeError('fetch failed', { cause: new Error() }),
        'http_error',
        undefined,
      ],
      [
        'words that are another error’s',
        new TypeError('failed', { cause: new Error() }),
        'network',
        'unknown',
      ],
      [
        'a cause of another name',
        new TypeError('fetch failed', { cause: new RangeError() }),
        'network',
        'unknown',
      ],
    ];
  for (const [what, thrown, kind, code] of rows)
    it(`is ${what}`, () => {
      const failure = failureOf(thrown);
      assert.equal(failure.kind, kind);
      assert.equal('code' in failure ? failure.code : undefined, code);
    });
});
