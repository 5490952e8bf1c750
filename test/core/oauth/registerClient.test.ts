import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registerClient, type ClientToRegister } from '../../../src/core/oauth/registerClient.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { recordingFetch } from '../../../src/core/http/recordingFetch.ts';
import { ManualClock } from '../../support/clock.ts';

const endpoint = 'https://as.example.com/register';
const redirect = 'http://127.0.0.1/callback';
const client: ClientToRegister = {
  clientName: 'Orders',
  redirectUris: [redirect],
  grantTypes: ['authorization_code', 'refresh_token'],
  tokenEndpointAuthMethod: 'none',
  scopes: ['openid', 'orders'],
};

/** Registers at a server that answers so; gives also what it was sent. */
async function register(answer: Response, asked = client, initialAccessToken?: string) {
  const trace = new Trace();
  const sent: { authorization: string | null; body: unknown }[] = [];
  const fetch = recordingFetch({
    ...{ trace, clock: new ManualClock(0), signal: new AbortController().signal, timeout: 5000 },
    fetch: (_url, init) => {
      const authorization = new Headers(init?.headers).get('authorization');
      sent.push({ authorization, body: JSON.parse(init?.body as string) as unknown });
      return Promise.resolve(answer);
    },
  });
  const server = { issuer: 'https://as.example.com', registration_endpoint: endpoint };
  const manner = {
    place: 'registration' as const,
    ...(initialAccessToken !== undefined && { initialAccessToken }),
  };
  const result = await registerClient(server, asked, { fetch, trace }, manner).then(
    (registered) => ({ registered }),
    (thrown: unknown) => {
      assert.ok(thrown instanceof FailureError, String(thrown));
      return { failure: thrown.failure };
    },
  );
  const deviations = trace.exchanges.flatMap((exchange) => exchange.deviations.map(({ code }) => code));
  return { ...result, sent, deviations, secrets: trace.usedSecrets };
}

const json = (body: unknown, status = 201) => Response.json(body, { status });
const registered = async (body: object, status?: number) => {
  const result = await register(json({ client_id: 'c', ...body }, status));
  assert.ok('registered' in result, JSON.stringify(result));
  return { ...result.registered, deviations: result.deviations };
};
const failed = async (answer: Response) => {
  const result = await register(answer);
  assert.ok('failure' in result, JSON.stringify(result));
  return result.failure;
};

describe('a registration', () => {
  it('says what the client is, and only what it is', async () => {
    const [whole] = (await register(json({ client_id: 'c' }), client, 'initial')).sent;
    assert.deepEqual(whole, {
      authorization: 'Bearer initial',
      body: {
        ...{ client_name: 'Orders', redirect_uris: [redirect], response_types: ['code'] },
        grant_types: ['authorization_code', 'refresh_token'],
        ...{ token_endpoint_auth_method: 'none', application_type: 'native', scope: 'openid orders' },
      },
    });
    const machine = { ...client, redirectUris: [], grantTypes: ['client_credentials'], scopes: [] };
    const [less] = (await register(json({ client_id: 'c' }), machine)).sent;
    assert.deepEqual(less, {
      authorization: null,
      body: {
        ...{ client_name: 'Orders', grant_types: ['client_credentials'], token_endpoint_auth_method: 'none' },
      },
    });
  });

  it('gives what the server decided, and keeps what is secret in it from being shown', async () => {
    const body = {
      ...{ client_id: 'c', client_secret: 's3cret-of-c', client_secret_expires_at: 1_700_000_000 },
      ...{ registration_access_token: 'rat-of-c', registration_client_uri: `${endpoint}/c` },
      ...{ token_endpoint_auth_method: 'client_secret_post', redirect_uris: [redirect] },
    };
    const result = await register(json(body));
    assert.ok('registered' in result);
    assert.deepEqual(result.registered, {
      ...{ clientId: 'c', clientSecret: 's3cret-of-c', secretEnds: 1_700_000_000_000 },
      ...{ registrationAccessToken: 'rat-of-c', registrationClientUri: `${endpoint}/c` },
      tokenEndpointAuthMethod: 'client_secret_post',
    });
    for (const secret of ['s3cret-of-c', 'rat-of-c']) assert.ok(result.secrets.includes(secret));
    assert.deepEqual(result.deviations, []);
    assert.deepEqual((await register(json({ client_id: 'c' }))).secrets, []);
  });

  it('takes nothing of the wrong kind', async () => {
    assert.deepEqual(
      await registered({
        ...{ registration_access_token: 5, registration_client_uri: 5, token_endpoint_auth_method: 5 },
        ...{ redirect_uris: 'x', client_secret: undefined },
      }),
      { clientId: 'c', deviations: [] },
    );
    for (const end of [0, 8.64e12])
      assert.deepEqual(await registered({ client_secret: 's', client_secret_expires_at: end }), {
        ...{ clientId: 'c', clientSecret: 's', deviations: [] },
      });
  });

  it('says which redirect URIs the client has not', async () => {
    assert.deepEqual(await registered({ redirect_uris: ['https://x.example/'] }), {
      ...{ clientId: 'c', lostRedirectUris: [redirect], deviations: [] },
    });
  });

  it('is taken with what servers leave out or write otherwise, which is said', async () => {
    for (const [body, status, expected] of [
      [{}, 200, { deviations: ['registered_with_200'] }],
      [{ client_secret: 's' }, 201, { clientSecret: 's', deviations: ['client_secret_expires_at_missing'] }],
      [
        { client_secret: 's', client_secret_expires_at: '1700000000' },
        201,
        { clientSecret: 's', secretEnds: 1_700_000_000_000, deviations: ['client_secret_expires_at_text'] },
      ],
      [
        { client_secret: 's', client_secret_expires_at: 'in 17' },
        201,
        { clientSecret: 's', deviations: ['client_secret_expires_at_missing'] },
      ],
      [
        { client_secret: 's', client_secret_expires_at: '17 days' },
        201,
        { clientSecret: 's', deviations: ['client_secret_expires_at_missing'] },
      ],
      [
        { client_secret: 's', client_secret_expires_at: [17] },
        200,
        { clientSecret: 's', deviations: ['registered_with_200', 'client_secret_expires_at_missing'] },
      ],
      [
        { client_secret: 's', client_secret_expires_at: -1 },
        201,
        { clientSecret: 's', deviations: ['client_secret_expires_at_missing'] },
      ],
      [
        { registration_client_uri: '/register/c' },
        201,
        { registrationClientUri: `${endpoint}/c`, deviations: ['registration_client_uri_relative'] },
      ],
    ] as const)
      assert.deepEqual(await registered(body, status), { clientId: 'c', ...expected });
  });

  it('that is refused says so in the server’s words', async () => {
    const failure = await failed(
      json({ error: 'invalid_redirect_uri', error_description: 'No [x](y) here.' }, 400),
    );
    assert.ok(failure.kind === 'oauth_error');
    assert.deepEqual(failure.body, { error: 'invalid_redirect_uri', error_description: 'No [x](y) here.' });
    assert.equal(failure.status, 400);
    assert.match(failure.message, /with invalid_redirect_uri \(No .*here\.\)\.$/);
    assert.equal(failure.exchange, 1);
    const bare = await failed(json({ error: 'access_denied' }, 403));
    assert.ok(bare.kind === 'oauth_error');
    assert.deepEqual(bare.body, { error: 'access_denied' });
    assert.match(bare.message, /with access_denied\.$/);
  });

  it('that ends elsewhere says where, and what came in the place of a client', async () => {
    const moved = await failed(
      new Response('', { status: 302, headers: { location: 'https://x.example/' } }),
    );
    assert.equal(moved.kind, 'redirected');
    const none = await failed(new Response('', { status: 404 }));
    assert.ok(none.kind === 'http_error' && none.status === 404);
    for (const [answer, words] of [
      [json({}), 'a JSON object without one came'],
      [json({ client_id: '' }), 'a client_id that is empty came'],
      [json({ client_id: 5 }), 'a client_id that is a number came'],
      [json({ client_id: 'c', client_secret: 5 }), 'one whose other members cannot be used came'],
      [json([1]), 'JSON that is not an object (an array) came'],
      [new Response('<p>', { status: 200 }), 'an HTML page came'],
      [new Response('', { status: 201 }), 'an empty body came'],
    ] as const) {
      const failure = await failed(answer);
      assert.ok(failure.kind === 'malformed_response', words);
      assert.ok(failure.message.includes(words), failure.message);
    }
  });
});
