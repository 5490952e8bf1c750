import assert from 'node:assert/strict';
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { readAnyPrivateKey } from '../../../src/core/authentication/anyPrivateKey.ts';
import { publicJwk } from '../../../src/core/authentication/privateKey.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { pfxOf } from '../../support/certificateFiles.ts';
import { failureOf, flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { startProvider } from '../oauth/support/provider.ts';

const secret = 'a-secret-of-the-client-that-is-long-enough-for-HS256';
const keys: Readonly<Record<string, KeyObject>> = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  PS256: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  EdDSA: generateKeyPairSync('ed25519').privateKey,
};
const pemOf = (alg: string) => String(keys[alg]?.export({ type: 'pkcs8', format: 'pem' }));
const machine = {
  grant_types: ['client_credentials'],
  ...{ redirect_uris: [], response_types: [], scope: 'orders.read' },
};

function profileAt(issuer: string, over: Record<string, unknown>): Profile {
  const parsed = parseProfile({ id: 'm', grant: 'client_credentials', issuer, ...over });
  if ('profile' in parsed) return parsed.profile;
  throw new Error(JSON.stringify(parsed.problems));
}

function assertionOf({ exchanges }: FlowReport): string {
  const asked = exchanges.find(({ purpose }) => purpose === 'token');
  return new URLSearchParams(asked?.request.body).get('client_assertion') ?? '';
}

describe('clients that prove themselves with an assertion, at oidc-provider', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    issuer = await startProvider(
      { after: (close) => (stop = close) },
      {
        clients: [
          {
            ...{ ...machine, client_id: 'hs', client_secret: secret },
            token_endpoint_auth_method: 'client_secret_jwt',
          },
          ...Object.keys(keys).map((alg) => ({
            ...{ ...machine, client_id: alg, token_endpoint_auth_method: 'private_key_jwt' as const },
            token_endpoint_auth_signing_alg: alg as 'RS256',
            jwks: { keys: [{ ...publicJwk(pemOf(alg), { kid: 'k1', alg }) }] as never },
          })),
        ],
        clientAuthMethods: ['client_secret_jwt', 'private_key_jwt'],
        enabledJWA: {
          clientAuthSigningAlgValues: ['HS256', 'RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'],
        },
      },
    );
  });
  after(() => stop());

  for (const audience of ['issuer', 'token_endpoint'])
    it(`get a token with client_secret_jwt for the ${audience}`, async () => {
      const profile = profileAt(issuer, {
        ...{ clientId: 'hs', clientAuthentication: 'client_secret_jwt', clientAssertionAudience: audience },
      });
      const report = await runFlow(
        profile.grant,
        profile,
        flowDeps({ secret: () => Promise.resolve(secret) }),
      );
      assert.ok(tokensOf(report).access_token);
      const claims = decodeJwt(assertionOf(report));
      const audiences: Record<string, string> = { issuer, token_endpoint: `${issuer}/token` };
      assert.deepEqual([claims.iss, claims.sub, claims.aud], ['hs', 'hs', audiences[audience]]);
      assert.ok((claims.exp ?? 0) - (claims.iat ?? 0) <= 60);
      assert.equal(JSON.stringify(report.exchanges).includes(secret), false);
    });

  for (const alg of Object.keys(keys))
    it(`get a token with private_key_jwt and ${alg}`, async () => {
      const profile = profileAt(issuer, {
        ...{ clientId: alg, clientAuthentication: 'private_key_jwt', keyId: 'k1' },
        ...(alg === 'PS256' && { signingAlgorithm: alg }),
      });
      const text = pemOf(alg);
      const report = await runFlow(profile.grant, profile, flowDeps({ secret: () => Promise.resolve(text) }));
      assert.ok(tokensOf(report).access_token);
      assert.deepEqual(decodeProtectedHeader(assertionOf(report)), { alg, kid: 'k1' });
      const view = JSON.stringify(flowView({ state: 'ended', flow: report }, {}));
      assert.equal(view.includes(assertionOf(report)), false);
      assert.match(view, /JWT in client_assertion/);
      assert.ok(view.includes(String(decodeJwt(assertionOf(report)).jti)));
      const again = await runFlow(profile.grant, profile, flowDeps({ secret: () => Promise.resolve(text) }));
      assert.notEqual(decodeJwt(assertionOf(again)).jti, decodeJwt(assertionOf(report)).jti);
    });

  it('name the certificate that came with the key, as Entra wants it (x5t#S256)', async () => {
    const { cert, key } = selfSignedCertificate({ name: 'orders' });
    const thumbprint = createHash('sha256').update(new X509Certificate(cert).raw).digest('base64url');
    const other = selfSignedCertificate({ name: 'another' }).cert;
    const x5c = [new X509Certificate(cert).raw.toString('base64')];
    const jwk = createPrivateKey(key).export({ format: 'jwk' });
    for (const [text, expected] of [
      [cert + key, thumbprint],
      [(key + other + cert).replaceAll('\n', ' '), thumbprint],
      [pfxOf({ cert, key }, '').toString('base64'), thumbprint],
      [JSON.stringify({ ...jwk, x5c }), thumbprint],
      [JSON.stringify({ ...jwk, 'x5t#S256': 'as-it-says' }), 'as-it-says'],
      [key, undefined],
      [other + key, undefined],
      [JSON.stringify({ ...jwk, x5c: ['AAAA', 7] }), undefined],
      [JSON.stringify({ ...jwk, 'x5t#S256': 7 }), undefined],
    ] as const) {
      const read = await readAnyPrivateKey(text, '');
      assert.ok(read.kind === 'read', JSON.stringify(read));
      const profile = profileAt(issuer, { clientId: 'unknown', clientAuthentication: 'private_key_jwt' });
      const deps = flowDeps({ secret: () => Promise.resolve(read.text) });
      const header = decodeProtectedHeader(assertionOf(await runFlow(profile.grant, profile, deps)));
      assert.equal(header['x5t#S256'], expected, text.slice(0, 60));
    }
  });

  it('are refused with another key, and no part of the key is in what is said', async () => {
    const profile = profileAt(issuer, { clientId: 'ES256', clientAuthentication: 'private_key_jwt' });
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const jwk = other.export({ format: 'jwk' });
    const deps = flowDeps({ secret: () => Promise.resolve(JSON.stringify(jwk)) });
    const report = await runFlow(profile.grant, profile, deps);
    assert.equal(failureOf(report, 'oauth_error').body.error, 'invalid_client');
    assert.equal(JSON.stringify(report).includes(jwk.d ?? ''), false);
  });

  it('send nothing when the key does not fit the algorithm, or what is stored is no key', async () => {
    for (const [stored, over, kind] of [
      [pemOf('ES256'), { signingAlgorithm: 'RS256' }, 'invalid_profile'],
      ['not a key', {}, 'secret_missing'],
    ] as const) {
      const profile = profileAt(issuer, {
        clientId: 'ES256',
        clientAuthentication: 'private_key_jwt',
        ...over,
      });
      const report = await runFlow(
        profile.grant,
        profile,
        flowDeps({ secret: () => Promise.resolve(stored) }),
      );
      failureOf(report, kind);
      assert.deepEqual(
        report.exchanges.map(({ purpose }) => purpose),
        ['discovery'],
      );
    }
  });
});
