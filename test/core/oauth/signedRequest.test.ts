import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { AuthorizationRequest } from '../../../src/core/oauth/decorator.ts';
import { signedRequest } from '../../../src/core/oauth/signedRequest.ts';
import type { AuthorizationCodeProfile } from '../../../src/core/profile/profile.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { userProfile } from '../../support/profiles.ts';
import { decoratedFlow } from './support/flowContext.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const keyWith = (more: object = {}) => JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...more });
const publicKey = createPublicKey(privateKey);
const request = {
  endpoint: 'https://as.example.com/authorize',
  parameters: [
    ['response_type', 'code'],
    ['client_id', 'another'],
    ['scope', 'a b'],
  ],
} as const;

/** What becomes of the request in a flow of this profile at a server that wants, or does not want, it signed. */
async function signed(
  over: Partial<AuthorizationCodeProfile>,
  {
    required = false,
    key = keyWith(),
    asked = request,
  }: { readonly required?: boolean; readonly key?: string; readonly asked?: AuthorizationRequest } = {},
) {
  const trace = new Trace();
  const kept: string[] = [];
  const flow = decoratedFlow(
    {
      trace,
      material: () => Promise.resolve({ kind: 'key', key }),
      made: async (what, make) => {
        kept.push(what);
        return make();
      },
    },
    { require_signed_request_object: required },
    { profile: userProfile(over) },
  );
  const changed = (await signedRequest.authorization?.(asked, flow)) ?? assert.fail();
  return { changed, kept, secrets: trace.usedSecrets };
}

const withKey = { clientAuthentication: 'private_key_jwt' } as const;

describe('an authorization request', () => {
  it('is signed where the server wants that and the client has a key, or where the profile wants it', async () => {
    for (const [over, required, isSigned] of [
      [withKey, true, true],
      [withKey, false, false],
      [{ clientAuthentication: 'none' }, true, false],
      [{ clientAuthentication: 'none', signAuthorizationRequest: true }, false, true],
      [{ ...withKey, signAuthorizationRequest: true }, false, true],
    ] as const) {
      const { changed } = await signed(over, { required });
      assert.equal(changed !== request, isSigned, JSON.stringify([over, required]));
    }
  });

  it('is signed with the client’s key, by its name and algorithm, for the client that it names', async () => {
    for (const kid of ['k-1', undefined]) {
      const { changed, kept, secrets } = await signed(withKey, {
        required: true,
        key: keyWith(kid === undefined ? {} : { kid }),
      });
      assert.equal(changed.endpoint, request.endpoint);
      const [client, [member, text] = ['', '']] = changed.parameters;
      assert.deepEqual([client, member], [['client_id', 'another'], 'request']);
      const { typ, ...header } = decodeProtectedHeader(text);
      assert.equal(typ, 'oauth-authz-req+jwt');
      assert.deepEqual(header, { alg: 'ES384', ...(kid !== undefined && { kid }) });
      const { payload } = await jwtVerify(text, publicKey, {
        audience: 'https://as.example.com',
        issuer: 'another',
      });
      assert.equal(payload['scope'], 'a b');
      assert.deepEqual(kept, []);
      assert.ok(secrets.length > 0);
    }
  });

  it('names the profile’s client where it names none, and is signed with a key made for it where the client has none', async () => {
    const asked = { endpoint: request.endpoint, parameters: [['response_type', 'code']] as const };
    const { changed, kept, secrets } = await signed(
      { clientAuthentication: 'none', signAuthorizationRequest: true },
      { asked },
    );
    assert.deepEqual(changed.parameters[0], ['client_id', userProfile().clientId]);
    assert.equal(decodeProtectedHeader(changed.parameters[1]?.[1] ?? '').alg, 'ES256');
    assert.equal(kept.length, 1);
    assert.ok(secrets.length > 0);
  });
});
