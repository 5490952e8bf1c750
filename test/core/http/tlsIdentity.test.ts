import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { it } from 'node:test';
import { rootCertificates } from 'node:tls';
import { sameFingerprint } from '../../../src/core/http/certificate.ts';
import { certificateFacts, notValid, splitIdentity } from '../../../src/core/http/tlsIdentity.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';

it('what the vault keeps is the certificates and then the key', () => {
  const { cert, key } = selfSignedCertificate();
  assert.deepEqual(splitIdentity(cert + cert + key), { certificate: cert + cert, key });
  assert.deepEqual(splitIdentity(key), { certificate: '', key });
  assert.deepEqual(splitIdentity('anything'), { certificate: '', key: 'anything' });
});

it('a certificate is told by its name, the most particular first, its dates and its hash', () => {
  for (const pem of rootCertificates.slice(0, 20)) {
    const facts = certificateFacts(pem) ?? assert.fail();
    const { subject, validFrom, validTo, fingerprint256 } = new X509Certificate(pem);
    const [first = '', ...others] = subject.split('\n');
    assert.ok(others.length > 0 && facts.subject.endsWith(`, ${first}`), facts.subject);
    assert.ok(facts.subject.startsWith(others.at(-1) ?? ''), facts.subject);
    assert.deepEqual([facts.validFrom, facts.validTo], [Date.parse(validFrom), Date.parse(validTo)]);
    const hash = Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
    assert.equal(facts.thumbprint, hash);
  }
  assert.equal(certificateFacts('no certificate'), undefined);
  const long = selfSignedCertificate({ name: 'x'.repeat(400) }).cert;
  assert.equal(certificateFacts(long)?.subject.length, 300);
});

it('a certificate is good from the first to the last moment of its time', () => {
  const facts = { subject: 'CN=orders', validFrom: 86_400_000, validTo: 172_800_000, thumbprint: '' };
  assert.equal(notValid(facts, facts.validFrom), undefined);
  assert.equal(notValid(facts, facts.validTo), undefined);
  assert.equal(
    notValid(facts, facts.validFrom - 1),
    'The client certificate (CN=orders) is not valid before 1970-01-02.',
  );
  assert.equal(
    notValid({ ...facts, subject: '' }, facts.validTo + 1, 'certificate'),
    'The certificate expired on 1970-01-03.',
  );
});

it('fingerprints are the same however they are written, and only whole ones', () => {
  const one = 'AB:CD:'.repeat(16).slice(0, -1);
  assert.equal(sameFingerprint(one, one.replaceAll(':', '').toLowerCase()), true);
  assert.equal(sameFingerprint(one, one.replace('A', 'B')), false);
  assert.equal(sameFingerprint('', ''), false);
  assert.equal(sameFingerprint('AB:CD', 'AB:CD'), false);
});
