import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { introspection } from '../../../src/core/operations/introspection.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { userProfile } from '../../support/profiles.ts';
import { failureOf, flowDeps } from '../oauth/support/deps.ts';
import { json, serve } from '../oauth/support/serve.ts';

const tokens = {
  access_token: 'a-token',
  token_type: 'Bearer',
  received_at: 0,
  requested_scopes: [],
  extra: {},
};

/** What a server does otherwise than it should. */
interface Fault {
  readonly claims?: JWTPayload;
  readonly without?: readonly string[];
  readonly typ?: string;
  /** Another key than the one it publishes, or none at all. */
  readonly key?: 'other' | 'none';
  readonly contentType?: string;
}

/** Introspects a token at a server that signs what it answers. @see RFC 9701 section 5 */
async function introspected(context: TestContext, fault: Fault = {}): Promise<FlowReport> {
  const [own, other] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const answer = async (): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const told = {
      iss: origin,
      aud: 'native-client',
      iat: now,
      token_introspection: { active: true, sub: 'ada' },
    };
    const claims = Object.fromEntries(
      Object.entries({ ...told, ...fault.claims }).filter(([name]) => fault.without?.includes(name) !== true),
    );
    if (fault.key === 'none') return new UnsecuredJWT(claims).encode();
    const header = { alg: 'ES256', kid: 'k1', typ: fault.typ ?? 'token-introspection+jwt' };
    const { privateKey } = fault.key === 'other' ? other : own;
    return new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
  };
  const origin = await serve(context, (request, response) => {
    const { pathname } = new URL(request.url ?? '/', origin);
    const metadata = {
      ...{ issuer: origin, authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token` },
      ...{ introspection_endpoint: `${origin}/introspect`, jwks_uri: `${origin}/jwks` },
      introspection_signing_alg_values_supported: ['ES256'],
    };
    if (pathname !== '/introspect') {
      json(response, pathname === '/jwks' ? { keys: [jwk] } : metadata);
      return;
    }
    assert.equal(request.headers.accept, 'application/token-introspection+jwt');
    void answer().then((text) => {
      const type = fault.contentType ?? 'application/token-introspection+jwt';
      response.writeHead(200, { 'content-type': type }).end(text);
    });
  });
  return (await runOperation(introspection, userProfile({ issuer: origin }), tokens, flowDeps())).report;
}

describe('a signed introspection answer', () => {
  it('is believed when all of it holds', async (context) => {
    const { outcome } = await introspected(context);
    assert.ok(outcome.kind === 'checked', JSON.stringify(outcome));
    assert.match(outcome.meaning, /for the user ada\. The answer is signed, and its signature holds/);
  });

  const second = Math.floor(Date.now() / 1000);
  const faults: readonly (readonly [string, Fault, RegExp])[] = [
    ['signed with another key', { key: 'other' }, /does not fit/],
    ['not signed', { key: 'none' }, /alg|signed/],
    // As Glewlwyd, which has the token's scopes there.
    [
      'for another client',
      { claims: { aud: 'openid read' } },
      /its aud is openid read, the client ID of the profile is native-client\.$/,
    ],
    [
      'of another issuer',
      { claims: { iss: 'https://other.example' } },
      /issuer is another one: https:\/\/other\.example instead of/,
    ],
    ['that has expired', { claims: { exp: second - 3600 } }, /exp/],
    ['that is not valid yet', { claims: { nbf: second + 3600 } }, /not valid yet: it begins at/],
    ['without iat', { without: ['iat'] }, /iat/],
    ['without aud', { without: ['aud'] }, /aud/],
    ['of another type, such as an access token', { typ: 'at+jwt' }, /typ/],
    ['without what it is about', { without: ['token_introspection'] }, /token_introspection/],
    ['that says nothing of the token', { claims: { token_introspection: { active: 'yes' } } }, /active/],
  ];
  for (const [what, fault, why] of faults)
    it(`${what} is not believed, and says why`, async (context) => {
      const failure = failureOf(await introspected(context, fault), 'malformed_response');
      assert.equal(failure.step, 'introspection');
      assert.match(failure.message, /^The signed introspection answer of 127\.0\.0\.1:\d+ is not believed: /);
      assert.match(failure.message, why);
    });

  it('with another media type is no answer', async (context) => {
    const report = await introspected(context, { contentType: 'application/jwt' });
    assert.match(failureOf(report, 'malformed_response').message, /introspection request/);
  });
});
