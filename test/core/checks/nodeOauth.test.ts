import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import { freePort } from '../../../src/demo/listen.ts';
import { nodeOauth } from '../../support/servers/nodeOauth.ts';
import { noAssertion, noBound, noTls, serverOf, trial } from './support.ts';

async function clientOf(clientId: string): Promise<DemoClient> {
  return {
    name: clientId,
    grant: 'authorization_code',
    clientId,
    clientAuthentication: 'client_secret_basic',
    clientSecret: `secret-of-${clientId}`,
    scopes: ['openid', 'profile', 'email'],
    // The library compares redirect URIs as text, with their ports.
    redirectUri: `http://127.0.0.1:${await freePort()}/callback`,
  };
}

const known = (client: DemoClient) => ({
  id: client.clientId,
  secret: client.clientSecret ?? '',
  redirectUri: client.redirectUri ?? '',
});

/** Every verdict but those that pass, and why it is right. */
const reviewed = {
  // The profile names a port, and this server tells after a sign-in only.
  'redirect.other-port': 'not_applicable',
  // Right: the library takes the only registered URI, which OpenID Connect Core section 3.1.2.1 does not allow for openid.
  'redirect.missing': 'weakness',
  // Right: the parser of the frame round the library (as Express with its simple parser) keeps the last of two.
  'redirect.sent-twice': 'weakness',
  'client.sent-twice': 'weakness',
  // Right: PKCE is optional, and nothing makes it required; the client's secret protects the code.
  'pkce.no-challenge': 'weakness',
  // Right: getCodeChallenge takes any text; only the comparison at the token endpoint fails.
  'pkce.malformed-challenge': 'weakness',
  // Right: challenges are not remembered, which RFC 9700 section 2.1.1 only encourages.
  'pkce.reused-challenge': 'weakness',
  // Right: a code is deleted when it is redeemed, so that a replay is refused, but no token is looked for.
  'code.replay-revokes': 'weakness',
  // Right: the same for refresh tokens.
  'refresh.family-revoked': 'weakness',
  // Right: the library knows no iss (RFC 9207).
  'response.issuer': 'weakness',
  // The library takes a secret only.
  ...noAssertion,
  ...noBound,
  ...noTls,
  // OAuth only: there is no id_token.
  'response.nonce': 'not_applicable',
  'response.id-token': 'not_applicable',
  'response.id-token-signature': 'not_applicable',
  'response.private-keys': 'not_applicable',
  // The library has neither revocation nor introspection.
  'token.revoked-refresh': 'not_applicable',
  'token.revoked-access': 'not_applicable',
  'token.revocation-cascade': 'not_applicable',
  'token.revocation-other-client': 'not_applicable',
  'token.revocation-open': 'not_applicable',
  'token.introspection-open': 'not_applicable',
};

/*
 * Those that pass, reviewed: redirect URIs are compared as text with the registered ones (redirect.*, after the sign-in, in the
 * browser); plain and unknown methods are refused; a verifier without a challenge, none with one and a wrong one are refused
 * (pkce.*); codes and refresh tokens are deleted in one step with looking them up by this model, are bound to client and redirect
 * URI and are 40 hexadecimal characters (code.*, refresh.*); state comes back on success and error; only response_type=code is
 * known; token responses say no-store; a wrong secret is answered with 401, invalid_client and a challenge; the token endpoint
 * takes POST only; the userinfo endpoint takes tokens from the header only.
 */

describe('the checks against @node-oauth/oauth2-server', () => {
  it('find for a confidential client what is reviewed here, one by one', async () => {
    const [client, other] = [await clientOf('one'), await clientOf('two')];
    const server = await nodeOauth([known(client), known(other)], client.scopes);
    try {
      const named = serverOf(server.origin, 'introspection', 'revocation', 'jwks');
      const context = { server: { ...named, promisesIssuer: false } };
      const { results } = await trial({ issuer: server.origin, client, other, context });
      const found = Object.fromEntries(
        results.flatMap(({ id, verdict, meaning }) => {
          if (process.env['SHOW'] !== undefined) console.log(verdict, id, meaning);
          return verdict === 'pass' ? [] : [[id, verdict] as const];
        }),
      );
      assert.deepEqual(found, reviewed);
    } finally {
      await server.close();
    }
  });

  // The library gives a refresh token with each code, whatever the client's grants are.
  it('take no refusal of every refresh for one of what is wrong with it', async () => {
    const [client, other] = [await clientOf('one'), await clientOf('two')];
    const grants = ['authorization_code'];
    const server = await nodeOauth([{ ...known(client), grants }, known(other)], client.scopes);
    try {
      const context = { server: serverOf(server.origin, 'introspection', 'revocation', 'jwks') };
      const ofRefresh = checks.filter(({ area }) => area === 'refresh');
      const { results } = await trial({
        issuer: server.origin,
        ...{ client, other, context, checks: ofRefresh },
      });
      const passed = results.filter(({ verdict }) => verdict === 'pass');
      assert.deepEqual(
        passed.map(({ id }) => id),
        [],
      );
    } finally {
      await server.close();
    }
  });
});
