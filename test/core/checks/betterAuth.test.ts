import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CheckResult } from '../../../src/core/checks/report.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import { freePort } from '../../../src/demo/listen.ts';
import { startBetterAuth, type BetterAuth } from '../../support/servers/betterAuth.ts';
import { noAssertion, noBound, noTls, trial } from './support.ts';

/** Every verdict but those that pass, for both clients, and why it is right. */
const reviewed = {
  // Right: the challenge may be any text; only the comparison at the token endpoint fails.
  'pkce.malformed-challenge': 'weakness',
  // Right: challenges are not remembered, which RFC 9700 section 2.1.1 only encourages.
  'pkce.reused-challenge': 'weakness',
  // Right: of two parameters of a token request the form parser keeps one.
  'client.sent-twice': 'weakness',
  // Right: the clients here show their secret or have none.
  ...noAssertion,
  ...noBound,
  ...noTls,
};

/*
 * Those that pass, reviewed: the authorization endpoint answers JSON to scripts and redirects to a navigation, so that all of
 * redirect.* is told without a sign-in: redirect URIs are compared as text, but for the port of a loopback address, and refused
 * on the server's own error page; PKCE is required of both clients, with S256 only; a wrong verifier, a used code and one of
 * another client get 400 or 401; a replayed code and a reused refresh token end the whole grant (code.replay-revokes,
 * refresh.family-revoked), of two requests at the same time one is served; state and iss come with success and error; id_tokens
 * are signed with a key of the key set and carry the nonce; token responses say no-store; revocation ends tokens, with the
 * refresh token the access token, and another client's request ends nothing; introspection and userinfo answer 401 without a
 * good token or client. The sign-in page is that of the test, which sends X-Frame-Options.
 */

describe('the checks against better-auth', () => {
  let server: BetterAuth;
  before(async () => {
    server = await startBetterAuth();
  });
  after(() => server.close());

  async function client(clientAuthentication: 'client_secret_basic' | 'none'): Promise<DemoClient> {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    const registered = await server.register({ redirectUri, authentication: clientAuthentication });
    const scopes = ['openid', 'profile', 'offline_access'];
    return {
      name: 'Client',
      grant: 'authorization_code',
      clientAuthentication,
      scopes,
      redirectUri,
      ...registered,
    };
  }

  async function notPassed(
    one: DemoClient,
    other: DemoClient,
  ): Promise<Record<string, CheckResult['verdict']>> {
    const { issuer } = server;
    const context = {
      server: {
        issuer,
        authorizationEndpoint: `${issuer}/oauth2/authorize`,
        tokenEndpoint: `${issuer}/oauth2/token`,
        userinfoEndpoint: `${issuer}/oauth2/userinfo`,
        introspectionEndpoint: `${issuer}/oauth2/introspect`,
        revocationEndpoint: `${issuer}/oauth2/revoke`,
        jwksUri: `${issuer}/jwks`,
        promisesIssuer: true,
        scopesSupported: ['openid', 'profile', 'email', 'offline_access'],
      },
    };
    const { results } = await trial({ issuer, client: one, other, context });
    return Object.fromEntries(
      results.flatMap(({ id, verdict, meaning }) => {
        if (process.env['SHOW'] !== undefined) console.log(verdict, id, meaning);
        return verdict === 'pass' ? [] : [[id, verdict] as const];
      }),
    );
  }

  it('find for a public client what is reviewed here, one by one', async () => {
    assert.deepEqual(await notPassed(await client('none'), await client('client_secret_basic')), {
      ...reviewed,
      // A public client has no secret that could be wrong, missing or in the query.
      'client.wrong-secret': 'not_applicable',
      'client.no-authentication': 'not_applicable',
      'client.secret-in-query': 'not_applicable',
      'token.revocation-open': 'not_applicable',
    });
  });

  it('find for a confidential client what is reviewed here, one by one', async () => {
    assert.deepEqual(await notPassed(await client('client_secret_basic'), await client('none')), reviewed);
  });
});
