import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type FetchAttempt,
  isNotHttp,
  isUndecodable,
  isUntrusted,
  isWithoutTls,
  networkFailure,
  refusedCertificate,
} from '../../../src/core/http/networkFailure.ts';

/** As `fetch` throws it: what is known is in the cause. */
function fetchFailed(cause: { name?: string; code?: string; message?: string }): TypeError {
  return new TypeError('fetch failed', { cause });
}

const failureOf = (thrown: unknown, over: Partial<FetchAttempt> = {}) =>
  networkFailure(thrown, {
    ...{ url: new URL('https://login.example.com:8443/token'), step: 'token', timeout: 1000 },
    ...{ timedOut: false, cancelled: false },
    ...over,
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

describe('a header field that cannot be sent', () => {
  for (const value of ['a-secret\nERR_SECRET', 'a-secret\u0100', 'a-secret\0'])
    it(`is told as what it is, without its value: ${JSON.stringify(value)}`, async () => {
      const thrown: unknown = await fetch('http://127.0.0.1:9/', { headers: { authorization: value } }).catch(
        (error: unknown) => error,
      );
      const failure = failureOf(thrown);
      assert.equal('code' in failure ? failure.code : undefined, 'ERR_INVALID_CHAR');
      assert.match(failure.message, /^Nothing was sent to \S+: a header field/);
      assert.match(failure.advice, /line breaks/);
      assert.doesNotMatch(JSON.stringify(failure), /a-secret|SECRET/);
    });
});

describe('what was under way', () => {
  it('decides before what was thrown', () => {
    const thrown = { code: 'ENOTFOUND' };
    assert.equal(failureOf(thrown, { cancelled: true, timedOut: true }).kind, 'cancelled');
    const late = failureOf(thrown, { timedOut: true, timeout: 2500 });
    assert.ok(late.kind === 'timeout' && late.seconds === 2.5, late.message);
    assert.match(late.message, /login\.example\.com:8443 .* 2\.5 s/);
  });

  it('is told by its step and exchange', () => {
    const { step, exchange } = failureOf({ code: 'ENOTFOUND' }, { step: 'discovery', exchange: 3 });
    assert.deepEqual([step, exchange], ['discovery', 3]);
    assert.ok(!('exchange' in failureOf({})));
    assert.equal(failureOf({}, { cancelled: true, exchange: 3 }).exchange, 3);
  });

  it('had an answer, whose body broke off or cannot be unpacked', () => {
    for (const [code, said] of [
      ['ECONNRESET', /body broke off/],
      ['CERT_HAS_EXPIRED', /body broke off/],
      ['Z_BUF_ERROR', /body broke off/],
      ['Z_DATA_ERROR', /Content-Encoding/],
    ] as const) {
      const failure = failureOf({ code }, { status: 201 });
      assert.ok(failure.kind === 'network' && failure.status === 201 && failure.code === code);
      assert.match(failure.message, said);
    }
    const withheld = new TypeError('fetch failed', { cause: new Error() });
    const failure = failureOf(withheld);
    assert.ok(failure.kind === 'http_error' && failure.status === 407);
    assert.equal(failureOf(withheld, { status: 200 }).kind, 'network');
    for (const other of [
      Object.assign(new Error(), { code: 'X' }),
      new Error('words'),
      'fetch failed',
      undefined,
    ])
      assert.equal(failureOf(new TypeError('fetch failed', { cause: other })).kind, 'network');
    assert.equal(failureOf(Object.assign(new Error('fetch failed'), { cause: new Error() })).kind, 'network');
  });
});

/** A code, what is said of it, and the advice. */
const said: readonly (readonly [code: string, kind: string, message: RegExp, advice: RegExp])[] = [
  ['ENOTFOUND', 'network', /host name login\.example\.com does not exist/, /spelling/],
  ['ERR_NAME_NOT_RESOLVED', 'network', /host name login\.example\.com does not exist/, /spelling/],
  ['EAI_AGAIN', 'network', /DNS server does not answer/, /spelling/],
  ['ECONNREFUSED', 'network', /Nothing accepts .*:8443/, /^Start the server/],
  ['ERR_CONNECTION_REFUSED', 'network', /Nothing accepts/, /^Start the server/],
  ['ECONNRESET', 'network', /closed the connection/, /^Check the server/],
  ['EPIPE', 'network', /closed the connection/, /^Check the server/],
  ['UND_ERR_SOCKET', 'network', /closed the connection/, /^Check the server/],
  ['ETIMEDOUT', 'network', /cannot be reached from here/, /^Check the server/],
  ['UND_ERR_CONNECT_TIMEOUT', 'network', /cannot be reached from here/, /^Check the server/],
  ['EHOSTUNREACH', 'network', /cannot be reached from here/, /^Check the server/],
  ['ENETUNREACH', 'network', /cannot be reached from here/, /^Check the server/],
  ['ERR_PROXY_CONNECTION_FAILED', 'network', /The proxy .* cannot be reached/, /^Check the proxy/],
  ['ERR_TUNNEL_CONNECTION_FAILED', 'network', /lets no connection through/, /^Check the proxy/],
  ['ERR_UNSAFE_PORT', 'network', /was not asked/, /another port/],
  ['ERR_NO_SUPPORTED_PROXIES', 'network', /not an http or https address/, /^Check the proxy/],
  ['HPE_INVALID_CONSTANT', 'network', /is not HTTP/, /whether it should be https/],
  ['EOTHER', 'network', /failed \(EOTHER\)/, /^Check the server/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', /self-signed/, /NODE_EXTRA_CA_CERTS/],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', /authority that is not trusted/, /NODE_EXTRA_CA_CERTS/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', /not trusted or not sent/, /NODE_EXTRA_CA_CERTS/],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', /not trusted/, /NODE_EXTRA_CA_CERTS/],
  ['UNABLE_TO_DECRYPT_CERT_SIGNATURE', 'tls', /TLS failed \(UNABLE_TO/, /NODE_EXTRA_CA_CERTS/],
  ['CERT_UNTRUSTED', 'tls', /TLS failed/, /NODE_EXTRA_CA_CERTS/],
  ['INVALID_CA', 'tls', /TLS failed/, /NODE_EXTRA_CA_CERTS/],
  ['ERR_CERT_AUTHORITY_INVALID', 'tls', /not trusted/, /NODE_EXTRA_CA_CERTS/],
  ['CERT_HAS_EXPIRED', 'tls', /has expired/, /^Renew/],
  ['ERR_CERT_DATE_INVALID', 'tls', /not valid yet/, /^Renew/],
  ['CERT_NOT_YET_VALID', 'tls', /not valid yet/, /^Renew/],
  ['CERT_REVOKED', 'tls', /revoked/, /^Check the TLS set-up/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', /another host name/, /^Use the host name/],
  ['ERR_CERT_COMMON_NAME_INVALID', 'tls', /another host name/, /^Use the host name/],
  ['HOSTNAME_MISMATCH', 'tls', /TLS failed/, /^Use the host name/],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', /does not speak TLS/, /port of the URL/],
  ['EPROTO', 'tls', /do not agree/, /port of the URL/],
  ['ERR_SSL_NO_CIPHER_MATCH', 'tls', /TLS failed/, /^Check the TLS set-up/],
  ['ERR_TLS_X', 'tls', /TLS failed/, /^Check the TLS set-up/],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls', /does not know the authority/, /^Set the certificate/],
  ['X_CERT_Y', 'network', /failed \(X_CERT_Y\)/, /^Check the server/],
  ['XERR_SSL_', 'network', /failed/, /^Check the server/],
  ['toString', 'network', /failed \(toString\)/, /^Check the server/],
];

describe('what is said of a code', () => {
  for (const [code, kind, message, advice] of said)
    it(`says of ${code} what it means, and what to do`, () => {
      const failure = failureOf({ code });
      assert.equal(failure.kind, kind);
      assert.match(failure.message, message);
      assert.match(failure.advice, advice);
      assert.deepEqual('host' in failure && [failure.code, failure.host], [code, 'login.example.com:8443']);
    });

  it('is TLS by words of a certificate or of SSL alone, in any cause', () => {
    assert.equal(failureOf(fetchFailed({ message: 'ssl failed' })).kind, 'tls');
    assert.equal(failureOf({ message: 'a', cause: { message: 'Certificate' } }).kind, 'tls');
    assert.equal(failureOf(fetchFailed({ message: 'sslx failed' })).kind, 'network');
    assert.equal(failureOf({ message: 7, code: 8 }).kind, 'network');
  });

  it('is found in the words of Electron', () => {
    const code = (thrown: unknown) => {
      const failure = failureOf(thrown);
      return 'code' in failure ? failure.code : undefined;
    };
    assert.equal(code(new Error('net::ERR_NAME_NOT_RESOLVED at')), 'ERR_NAME_NOT_RESOLVED');
    assert.equal(code(new Error('XERR_NAME')), 'unknown');
    assert.equal(code(fetchFailed({ message: 'badport' })), 'unknown');
    assert.equal(code({ errors: 'x' }), 'unknown');
    assert.equal(code(null), 'unknown');
    assert.equal(code({ code: '', cause: null }), 'unknown');
  });

  it('tells what it is a kind of', () => {
    const kinds = [isUndecodable, isWithoutTls, isNotHttp].map((is) => (code: string) => is(code));
    const rows: readonly (readonly [code: string, ...is: readonly boolean[]])[] = [
      ['Z_DATA_ERROR', true, false, false],
      ['Z_BUF_ERROR', false, false, false],
      ['XZ_DATA_ERROR', false, false, false],
      ['Z_DATA_ERROR1', false, false, false],
      ['ERR_BROTLI_X', true, false, false],
      ['ERR__BROTLI_X', true, false, false],
      ['XERR_BROTLI', false, false, false],
      ['ERR__ERROR_FORMAT_X', true, false, false],
      ['XERR__ERROR_FORMAT', false, false, false],
      ['ERR_SSL_WRONG_VERSION_NUMBER', false, true, false],
      ['EPROTO', false, true, false],
      ['HPE_X', false, false, true],
      ['XHPE_X', false, false, false],
      ['HTTPParserError', false, false, true],
      ['HTTPParserErrors', false, false, false],
      ['XHTTPParserError', false, false, false],
      ['net::ERR_INVALID_HTTP_RESPONSE', false, false, true],
    ];
    for (const [code, ...is] of rows)
      assert.deepEqual(
        kinds.map((kind) => kind(code)),
        is,
        code,
      );
    assert.equal(isUntrusted(fetchFailed({ code: 'CERT_UNTRUSTED' })), true);
    assert.equal(isUntrusted(fetchFailed({ code: 'CERT_HAS_EXPIRED' })), false);
  });

  it('tells what a server says of the client’s certificate', () => {
    const rows: readonly (readonly [code: string, means: RegExp | undefined])[] = [
      ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /none was shown/],
      ['ERR_SSL_CLIENT_AUTH_CERT_NEEDED', /none was shown/],
      ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', /expired/],
      ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED', /revoked/],
      ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', /does not know the authority/],
      ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', /refuses/],
      ['ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE', /refuses/],
      ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', /refuses/],
      ['ERR_BAD_SSL_CLIENT_AUTH_CERT', /refuses/],
      ['ERR_SSL_TLSV1_BAD_CERTIFICATE_STATUS_RESPONSE', undefined],
      ['ERR_SSL_TLSV1_ALERT_BAD_CERTIFICATE_STATUS_RESPONSE', undefined],
      ['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', /denies/],
      ['ECONNRESET', undefined],
    ];
    for (const [code, means] of rows) {
      const meaning = refusedCertificate(code);
      if (means === undefined) assert.equal(meaning, undefined, code);
      else assert.match(meaning ?? '', means);
    }
  });
});
