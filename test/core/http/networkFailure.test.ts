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
