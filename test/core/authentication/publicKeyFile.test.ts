import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import { createLocalJWKSet, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose';
import { publicJwk } from '../../../src/core/authentication/privateKey.ts';
import {
  certificateTexts,
  certifiedKey,
  publicKeyTexts,
} from '../../../src/core/authentication/publicKeyFile.ts';
import { signingKey } from '../../../src/core/authentication/signingKey.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';

const made: Readonly<Record<string, () => KeyObject>> = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  EdDSA: () => generateKeyPairSync('ed25519').privateKey,
};

describe('what a server registers of a key', () => {
  for (const [alg, make] of Object.entries(made))
    it(`is a JWK Set and a PEM that verify what the key signs, and nothing private: ${alg}`, async () => {
      const key = make();
      const own = key.export({ format: 'jwk' });
      const { jwks, pem } = publicKeyTexts(publicJwk(JSON.stringify(own), { kid: 'k1', alg }));
      const jwt = await new SignJWT({ iss: 'client' }).setProtectedHeader({ alg, kid: 'k1' }).sign(key);
      const set = JSON.parse(jwks) as JSONWebKeySet;
      assert.equal((await jwtVerify(jwt, createLocalJWKSet(set))).payload.iss, 'client');
      assert.equal((await jwtVerify(jwt, createPublicKey(pem), { algorithms: [alg] })).payload.iss, 'client');
      assert.deepEqual([set.keys[0]?.kid, set.keys[0]?.use], ['k1', 'sig']);
      for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) {
        const secret = own[name];
        assert.ok(!(name in (set.keys[0] ?? {})), name);
        if (typeof secret === 'string') assert.ok(!jwks.includes(secret) && !pem.includes(secret), name);
      }
      assert.match(pem, /^-----BEGIN PUBLIC KEY-----/);
    });

  for (const [alg, make] of Object.entries(made))
    it(`is a certificate that is made for it, which assertions name from then on: ${alg}`, async () => {
      const key = make();
      const text = JSON.stringify({ ...key.export({ format: 'jwk' }), kid: 'k1' });
      const { certificate, kept } = certifiedKey(text, Date.now());
      const read = new X509Certificate(certificate);
      assert.ok(read.checkPrivateKey(key) && read.verify(createPublicKey(key)) && !read.ca);
      assert.ok(Date.parse(read.validFrom) < Date.now() && Date.parse(read.validTo) > Date.now());
      // Another program reads it.
      const command = ['x509', '-noout', '-subject', '-pubkey'];
      const shown = execFileSync('openssl', command, { input: certificate, encoding: 'utf8' });
      assert.ok(shown.includes(String(createPublicKey(key).export({ type: 'spki', format: 'pem' }))));
      const { thumbprint, kid } = await signingKey(kept, { signingAlgorithm: alg });
      const digest = Buffer.from(read.fingerprint256.replaceAll(':', ''), 'hex');
      assert.equal(thumbprint, digest.toString('base64url'));
      assert.equal(kid, 'k1');
      assert.doesNotMatch(certificate, /PRIVATE/);
    });

  it('is of a certificate itself and a JWK Set with it, as self_signed_tls_client_auth is registered', () => {
    const { cert, key } = selfSignedCertificate({ name: 'orders' });
    const { jwks, pem } = certificateTexts(cert);
    const [jwk] = (JSON.parse(jwks) as JSONWebKeySet).keys;
    const within = new X509Certificate(Buffer.from(jwk?.x5c?.[0] ?? '', 'base64'));
    assert.equal(within.fingerprint256, new X509Certificate(cert).fingerprint256);
    const same = createPublicKey({ key: jwk as never, format: 'jwk' });
    assert.ok(same.equals(within.publicKey));
    assert.equal(pem, cert);
    assert.doesNotMatch(jwks + pem, /PRIVATE|"d"/);
    assert.throws(() => certificateTexts(key));
  });
});
