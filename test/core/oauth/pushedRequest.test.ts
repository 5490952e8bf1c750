import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import type { AuthorizationRequest } from '../../../src/core/oauth/decorator.ts';
import { pushedRequest } from '../../../src/core/oauth/pushedRequest.ts';
import { FailureError, type Failure } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { userProfile } from '../../support/profiles.ts';
import { decoratedFlow } from './support/flowContext.ts';

const issuer = 'https://as.example.com';
const taken = { request_uri: 'urn:x', expires_in: 60 };
const request: AuthorizationRequest = {
  endpoint: `${issuer}/authorize`,
  parameters: [
    ['response_type', 'code'],
    ['client_id', 'checked'],
  ],
};

interface Answer {
  readonly body: object;
  readonly status?: number;
  readonly nonce?: string;
}

/** Hands `of` to a server that gives these answers in order, each with its exchange unless `unrecorded`. */
async function push(
  answers: readonly Answer[],
  {
    over = {},
    metadata = {},
    of = request,
    unrecorded = false,
  }: { over?: object; metadata?: object; of?: AuthorizationRequest; unrecorded?: boolean } = {},
) {
  const trace = new Trace();
  const sent: { readonly form: Record<string, string>; readonly nonce: unknown }[] = [];
  const left = [...answers];
  const fetch = () => (url: string, init?: RequestInit) => {
    const proof = new Headers(init?.headers).get('dpop');
    const text = typeof init?.body === 'string' ? init.body : '';
    const nonce = proof === null ? 'no proof' : decodeJwt(proof)['nonce'];
    sent.push({ form: Object.fromEntries(new URLSearchParams(text)), nonce });
    const { body, status = 201, nonce: next } = left.shift() ?? assert.fail('asked too often');
    const headers = next === undefined ? {} : { 'dpop-nonce': next };
    const response = Response.json(body, { status, headers });
    const started = { method: 'POST', url, headers: [] };
    const id = trace.begin({ purpose: 'par', leg: 'extension', startedAt: 0, request: started });
    if (!unrecorded) trace.tag(response, id);
    return Promise.resolve(response);
  };
  const profile = userProfile({ issuer, pushAuthorizationRequest: true, ...over });
  const server = { issuer, pushed_authorization_request_endpoint: `${issuer}/par`, ...metadata };
  const flow = decoratedFlow({ trace, fetch }, server, { profile });
  let failure: Failure | undefined;
  const result = await pushedRequest.authorization?.(of, flow).catch((thrown: unknown) => {
    if (!(thrown instanceof FailureError)) throw thrown;
    failure = thrown.failure;
  });
  const notes = trace.exchanges.map(({ deviations }) => deviations.map(({ code }) => code));
  return { result, failure, sent, notes };
}

describe('an authorization request that is handed in', () => {
  it('is sent whole, and the browser gets what stands for it', async () => {
    const { result, sent, notes } = await push([{ body: taken }]);
    assert.deepEqual(result, {
      endpoint: `${issuer}/authorize`,
      parameters: [
        ['client_id', 'checked'],
        ['request_uri', 'urn:x'],
      ],
    });
    const form = { response_type: 'code', client_id: 'checked' };
    assert.deepEqual([sent, notes], [[{ form, nonce: 'no proof' }], [[]]]);
  });

  it('names the client of the profile where it names none', async () => {
    const of = { ...request, parameters: [['response_type', 'code']] as const };
    const { result, sent } = await push([{ body: taken }], { of });
    assert.deepEqual(result?.parameters[0], ['client_id', 'native-client']);
    assert.equal(sent[0]?.form['client_id'], 'native-client');
  });

  it('is left as it is where neither profile nor server wants that', async () => {
    const over = { pushAuthorizationRequest: false };
    for (const required of [undefined, false, 'true']) {
      const metadata = { require_pushed_authorization_requests: required };
      assert.equal((await push([], { over, metadata })).result, request);
    }
    const metadata = { require_pushed_authorization_requests: true };
    assert.equal((await push([{ body: taken }], { over, metadata })).sent.length, 1);
  });

  it('goes nowhere where the server names no endpoint, or one that is not secure', async () => {
    const at = (endpoint: unknown, over: object = {}) =>
      push([], { metadata: { pushed_authorization_request_endpoint: endpoint }, over });
    for (const none of [undefined, 7]) assert.equal((await at(none)).failure?.kind, 'metadata_missing');
    const plain = 'http://as.example.com/par';
    assert.equal((await at(plain)).failure?.kind, 'insecure_url');
    // What was typed is judged where it is used, by the fetch of the flow.
    const typed = { pushedAuthorizationRequestEndpoint: plain, issuer: 'http://as.example.com' };
    await assert.rejects(at(plain, typed), /asked too often/);
  });

  it('has a proof of the profile’s key, and one more with the nonce that the server asks for', async () => {
    const over = { dpop: true };
    const wanted = { body: { error: 'use_dpop_nonce' }, status: 400 };
    const again = await push([{ ...wanted, nonce: 'n1' }, { body: taken }], { over });
    assert.deepEqual(
      again.sent.map(({ nonce }) => nonce),
      [undefined, 'n1'],
    );
    assert.deepEqual(again.result?.parameters[1], ['request_uri', 'urn:x']);
    assert.deepEqual((await push([{ body: taken, nonce: 'n1' }], { over })).sent.length, 1);
    const refusals = [
      await push([wanted], { over }),
      await push([{ ...wanted, body: { error: 'invalid_client' }, nonce: 'n1' }], { over }),
      await push([{ ...wanted, nonce: 'n1' }]),
    ];
    for (const { failure, sent } of refusals)
      assert.deepEqual([failure?.kind, sent.length], ['oauth_error', 1]);
  });

  it('has what is odd in the answer noted at its exchange, which a failure names, too', async () => {
    const odd = await push([{ body: { ...taken, expires_in: 0 }, status: 200 }]);
    assert.deepEqual(odd.notes, [['par_status', 'par_lifetime']]);
    const refused = await push([{ body: { error: 'invalid_request' }, status: 400 }]);
    assert.deepEqual([refused.failure?.exchange, refused.failure?.step], [1, 'authorization']);
    const text = await push([{ body: { ...taken, expires_in: '60' } }]);
    assert.deepEqual(text.notes, [['par_lifetime']]);
    const unrecorded = await push([{ body: { ...taken, expires_in: 0 } }], { unrecorded: true });
    assert.deepEqual([unrecorded.notes, unrecorded.failure], [[[]], undefined]);
  });
});
