import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, UnsecuredJWT } from 'jose';
import { sendBound } from '../../../src/core/api/sendBound.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import type { Fetch } from '../../../src/core/ports.ts';

/** An API that answers in turn, and what it was sent. */
function api(...answers: readonly Response[]) {
  const sent: { url: string; method: string | undefined; headers: Headers; body: unknown }[] = [];
  const send: Fetch = (url, init) => {
    sent.push({ url, method: init?.method, headers: new Headers(init?.headers), body: init?.body });
    return Promise.resolve(answers[sent.length - 1] ?? new Response('none left', { status: 599 }));
  };
  return { sent, send };
}

const url = 'https://api.example.com/orders?limit=1';
const keys = () => ({ made: (_what: string, make: () => unknown) => make(), trace: new Trace() }) as never;
const request = (headers: Record<string, string> = {}) => ({
  method: 'POST',
  url,
  headers: new Headers(headers),
});
const token = (claims: Record<string, unknown>) => new UnsecuredJWT(claims).encode();
const wantsNonce = () =>
  new Response('', {
    status: 401,
    headers: { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"', 'DPoP-Nonce': 'n-1' },
  });

describe('a request with a token that is bound to a key', () => {
  it('carries the token as DPoP and one proof for this request and token, and the body', async () => {
    const { sent, send } = api(new Response('here'));
    const body = Uint8Array.from([1, 2]);
    const response = await sendBound(
      { ...request({ dpop: 'of the file', accept: 'text/plain' }), body },
      { access_token: 'opaque-token' },
      ...([send, keys()] as const),
    );
    assert.equal(await response.text(), 'here');
    assert.equal(sent.length, 1);
    const [one] = sent;
    assert.deepEqual([one?.method, one?.url, one?.body], ['POST', url, body]);
    assert.equal(one?.headers.get('authorization'), 'DPoP opaque-token');
    assert.equal(one.headers.get('accept'), 'text/plain');
    const proof = one.headers.get('dpop') ?? '';
    assert.equal(decodeProtectedHeader(proof).typ, 'dpop+jwt');
    const { htm, htu, ath } = decodeJwt(proof);
    assert.deepEqual([htm, htu, typeof ath], ['POST', 'https://api.example.com/orders', 'string']);
  });

  it('goes once more with the nonce the API wants, never a third time', async () => {
    const { sent, send } = api(wantsNonce(), wantsNonce());
    const response = await sendBound(request(), { access_token: 'opaque-token' }, send, keys());
    assert.equal(response.status, 401);
    assert.deepEqual(
      sent.map(({ headers }) => decodeJwt(headers.get('dpop') ?? '')['nonce']),
      [undefined, 'n-1'],
    );
    assert.ok(!('body' in (sent[0] ?? {})) || sent[0]?.body === undefined);
  });

  it('is not repeated for another 401, whose answer is handed back; and what fails on the way is thrown', async () => {
    const { sent, send } = api(
      new Response('no', { status: 401, headers: { 'WWW-Authenticate': 'DPoP error="invalid_token"' } }),
    );
    const refused = await sendBound(request(), { access_token: 'opaque-token' }, send, keys());
    assert.deepEqual([refused.status, await refused.text(), sent.length], [401, 'no', 1]);
    const broken: Fetch = () => Promise.reject(new TypeError('cut off'));
    await assert.rejects(sendBound(request(), { access_token: 'opaque-token' }, broken, keys()), /cut off/);
  });

  it('is not sent with a token that is bound to another key', async () => {
    const { sent, send } = api(new Response('here'));
    const bound = token({ cnf: { jkt: 'another-key' } });
    await assert.rejects(sendBound(request(), { access_token: bound }, send, keys()), (thrown) => {
      assert.ok(thrown instanceof FailureError);
      assert.equal(thrown.failure.kind, 'sign_in_required');
      assert.match(thrown.failure.message, /bound to another key/);
      return true;
    });
    assert.equal(sent.length, 0);
    for (const claims of [{}, { cnf: {} }, { cnf: { jkt: 1 } }])
      assert.equal(
        (await sendBound(request(), { access_token: token(claims) }, api(new Response('')).send, keys()))
          .status,
        200,
      );
  });

  it('is sent with a token that is bound to this very key', async () => {
    let kept: unknown;
    const keeper = {
      made: (_what: string, make: () => unknown) => (kept ??= make()),
      trace: new Trace(),
    } as never;
    const { sent, send } = api(new Response('here'), new Response('here'));
    await sendBound(request(), { access_token: 'opaque-token' }, send, keeper);
    const { jwk } = decodeProtectedHeader(sent[0]?.headers.get('dpop') ?? '');
    const jkt = await calculateJwkThumbprint(jwk ?? {});
    assert.equal(
      (await sendBound(request(), { access_token: token({ cnf: { jkt } }) }, send, keeper)).status,
      200,
    );
    assert.equal(sent.length, 2);
  });
});
