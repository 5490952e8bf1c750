import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { readAnyPrivateKey } from '../../../src/core/authentication/anyPrivateKey.ts';
import { readPrivateKey } from '../../../src/core/authentication/privateKey.ts';
import { readClientCertificate } from '../../../src/core/authentication/clientCertificate.ts';
import { newCertificate } from '../../../src/core/authentication/newCertificate.ts';
import { certificateFacts, splitIdentity } from '../../../src/core/http/tlsIdentity.ts';
import { issuedCertificate, selfSignedCertificate } from '../../support/certificate.ts';
import { convertedBy, pfxOf, pfxOfSeveral, pfxWithKeysBefore } from '../../support/certificateFiles.ts';

const authority = { ...selfSignedCertificate({ name: 'Root', authority: true }), name: 'Root' };
const own = issuedCertificate({ name: 'orders' }, authority);
const other = selfSignedCertificate({ name: 'other' });
const now = Date.now();

async function readOf(text: string, passphrase?: string): Promise<string> {
  const read = await readClientCertificate(text, passphrase, now);
  assert.equal(read.kind, 'read', JSON.stringify(read));
  return read.text;
}

async function problemOf(text: string, passphrase?: string): Promise<string> {
  const read = await readClientCertificate(text, passphrase, now);
  assert.equal(read.kind, 'problem', JSON.stringify(read));
  return read.problem;
}

function assertOwn(kept: string): void {
  const { certificate, key } = splitIdentity(kept);
  assert.equal(new X509Certificate(certificate).subject, 'CN=orders');
  assert.ok(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)));
}

const derOf = (pem: string) => new X509Certificate(pem).raw.toString('base64');
const derKey = createPrivateKey(own.key).export({ type: 'pkcs8', format: 'der' }).toString('base64');
const secretly = { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'open' } as const;
const encrypted = String(createPrivateKey(own.key).export({ ...secretly, format: 'pem' }));
const encryptedDer = createPrivateKey(own.key)
  .export({ ...secretly, format: 'der' })
  .toString('base64');

describe('a client certificate', () => {
  for (const [name, text] of [
    ['certificate, then key', own.cert + own.key],
    ['key, then certificate', own.key + own.cert],
    ['its authority first', authority.cert + own.cert + own.key],
    [
      'with text around it, and Windows line ends',
      `Bag Attributes\r\n${own.cert.replaceAll('\n', '\r\n')}\r\n${own.key}`,
    ],
    ['line breaks lost in a box of one line', (own.cert + own.key).replaceAll('\n', ' ')],
    ['line breaks written out', (own.cert + own.key).replaceAll('\n', String.raw`\n`)],
    ['certificate in DER, key in PEM', `${derOf(own.cert)}\n\n${own.key}`],
    ['certificate in PEM, key in DER', `${own.cert}\n\n${derKey}`],
    ['a key of another before its own', other.key + own.cert + own.key],
    ['its key encrypted beside it, and plain', own.cert + encrypted + own.key],
    ['all of it in base64, as in Kubernetes', Buffer.from(own.cert + own.key).toString('base64')],
    [
      'a secret of Kubernetes, or a kubeconfig',
      `  client-certificate-data: ${Buffer.from(own.cert).toString('base64')}\n  client-key-data: ${Buffer.from(own.key).toString('base64')}\n`,
    ],
    ['both in DER, key first', `${derKey}\n\n${derOf(own.cert)}`],
  ] as const)
    it(`is read: ${name}`, async () => assertOwn(await readOf(text)));

  it('keeps what leads to its authority', async () => {
    const { certificate } = splitIdentity(await readOf(authority.cert + own.cert + own.key));
    assert.equal(certificate.split('BEGIN CERTIFICATE').length, 3);
  });

  it('keeps its chain in the order of who issued whom, whatever order it came in', async () => {
    const middle = { ...issuedCertificate({ name: 'Middle', authority: true }, authority), name: 'Middle' };
    const leaf = issuedCertificate({ name: 'orders' }, middle);
    for (const text of [
      [authority.cert, middle.cert, leaf.cert, leaf.key],
      [leaf.key, middle.cert, other.cert, authority.cert, leaf.cert],
    ]) {
      const { certificate } = splitIdentity(await readOf(text.join('')));
      const names = certificate.split(/(?=-----BEGIN)/).map((pem) => new X509Certificate(pem).subject);
      assert.deepEqual(names.slice(0, 3), ['CN=orders', 'CN=Middle', 'CN=Root']);
    }
  });

  it('of a kind that signs no JWT is taken all the same: TLS takes more', async () => {
    for (const options of [
      ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
      ['-newkey', 'ed448'],
    ]) {
      const args = ['req', '-x509', '-nodes', '-subj', '/CN=orders', ...options, '-keyout', '-'];
      const made = execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
      // Without a time: it begins now, which is later than this file's.
      const read = await readClientCertificate(made);
      assertOwn(read.kind === 'read' ? read.text : JSON.stringify(read));
    }
  });

  it('with an encrypted key wants the passphrase, and says that a wrong one is wrong', async () => {
    for (const text of [own.cert + encrypted, `${own.cert}\n\n${encryptedDer}`]) {
      assert.deepEqual(await readClientCertificate(text), { kind: 'encrypted' });
      assertOwn(await readOf(text, 'open'));
      assert.match(await problemOf(text, 'shut'), /passphrase is wrong/);
    }
  });

  for (const [name, options] of [
    ['as OpenSSL writes it', []],
    ['with its certificate encrypted otherwise', ['-certpbe', 'AES-128-CBC']],
    [
      'with 3DES, as Windows does',
      ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
    ['with a key that is not encrypted', ['-keypbe', 'NONE']],
  ] as const)
    it(`of a PFX is read: ${name}`, async () => {
      const pfx = pfxOf(own, 'open', options).toString('base64');
      assert.deepEqual(await readClientCertificate(pfx), { kind: 'encrypted' });
      assertOwn(await readOf(pfx, 'open'));
    });

  for (const password of ['open', 'ünï🔑', 'a password of more than thirty-two characters', ''])
    it(`of a PFX with several keys is read with the key it was made for (password “${password}”)`, async () => {
      const [orders, others] = [own, other].map((each) => pfxOf(each, password, ['-nomac']));
      assert.ok(orders && others);
      const pfx = pfxWithKeysBefore(orders, [others], password).toString('base64');
      assertOwn(await readOf(pfx, password));
      assert.deepEqual(await readAnyPrivateKey(pfx, password), readPrivateKey(own.cert + own.key));
      if (password !== '') assert.deepEqual(await readClientCertificate(pfx), { kind: 'encrypted' });
    });

  for (const [name, before] of [
    ['that has ended', selfSignedCertificate({ name: 'old', notAfter: new Date('2020-02-03') })],
    ['of a server', issuedCertificate({ name: 'server', usage: 'serverAuth' }, authority)],
    ['of an authority', authority],
  ] as const)
    it(`of a file with several identities is the one that fits, and that is told: before it one ${name}`, async () => {
      const both = pfxOfSeveral(
        [before, own].map((each) => pfxOf(each, 'open', ['-nomac'])),
        'open',
      );
      const pem = before.cert + before.key + own.cert + own.key;
      for (const read of [
        await readClientCertificate(both.toString('base64'), 'open', now),
        await readClientCertificate(pem, undefined, now),
      ]) {
        assert.ok(read.kind === 'read', JSON.stringify(read));
        assertOwn(read.text);
        assert.equal(read.told, 'Of 2 certificates with a key, that of CN=orders was taken.');
      }
    });

  it('for a server is chosen otherwise, and where all fit the first is taken', async () => {
    const server = issuedCertificate({ name: 'server', usage: 'serverAuth' }, authority);
    const client = issuedCertificate({ name: 'client', usage: 'clientAuth' }, authority);
    const all = client.cert + client.key + server.cert + server.key;
    const read = await readClientCertificate(all, undefined, now, 'certificate');
    assert.ok(read.kind === 'read');
    assert.match(read.told ?? '', /that of CN=server was taken/);
    const twice = await readClientCertificate(other.cert + other.key + own.cert + own.key, undefined, now);
    assert.ok(twice.kind === 'read');
    assert.match(twice.told ?? '', /that of CN=other was taken/);
    const once = await readClientCertificate(own.cert + own.key, undefined, now);
    assert.ok(once.kind === 'read' && once.told === undefined);
  });

  it('of a PFX with keys of others only, or with very many, says so', async () => {
    const [orders, others] = [own, other].map((each) => pfxOf(each, 'open', ['-nomac']));
    assert.ok(orders && others);
    const without = pfxOf(own, 'open', ['-nomac', '-nokeys']);
    const many = Array<Buffer>(5).fill(others);
    for (const pfx of [pfxWithKeysBefore(without, [others], 'open'), pfxWithKeysBefore(orders, many, 'open')])
      assert.equal(
        await problemOf(pfx.toString('base64'), 'open'),
        'The PFX file holds a key without its certificate.',
      );
  });

  it('of a PFX without a password needs none', async () => {
    assertOwn(await readOf(pfxOf(own, '').toString('base64')));
  });

  it('of a PFX gives its key alone where a key is wanted', async () => {
    const pfx = pfxOf(own, 'open').toString('base64');
    assert.deepEqual(await readAnyPrivateKey(pfx), { kind: 'encrypted' });
    const read = await readAnyPrivateKey(pfx, 'open');
    assert.deepEqual(read, readPrivateKey(own.cert + own.key));
    for (const wrong of ['shut', '', 'ünï🔑'])
      assert.deepEqual(await readAnyPrivateKey(pfx, wrong), {
        kind: 'problem',
        problem: 'The password of the PFX file is wrong.',
      });
  });

  it('of a PFX with a wrong password says so', async () => {
    const problem = await problemOf(pfxOf(own, 'open').toString('base64'), 'shut');
    assert.equal(
      problem,
      'The password of the PFX file is wrong. Choose the file again and type its password.',
    );
  });

  for (const [reason, options] of [
    ['is encrypted with RC2, which', ['-legacy']],
    ['is encrypted with RC2, which', ['-legacy', '-keypbe', 'PBE-SHA1-RC2-40', '-certpbe', 'PBE-SHA1-3DES']],
    ['is encrypted with RC2, which', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128']],
    ['is encrypted with RC4, which', ['-legacy', '-certpbe', 'PBE-SHA1-RC4-128']],
    ['has no MAC', ['-nomac']],
  ] as const)
    it(`of a PFX that ${reason} says so before it asks for a password, and how it is converted (${options.join(' ')})`, async () => {
      const pfx = pfxOf(own, 'open', options);
      for (const password of [undefined, 'open', 'shut'])
        for (const read of [readClientCertificate, readAnyPrivateKey]) {
          const result = await read(pfx.toString('base64'), password, now);
          const { problem } = result as { readonly problem: string };
          assert.ok(problem.startsWith(`The PFX file ${reason}`), JSON.stringify(result));
          const converted = convertedBy(/openssl (pkcs12 [^,]*),/.exec(problem)?.[1] ?? '', pfx, 'open');
          assertOwn(await readOf(converted));
        }
    });

  it('of a PFX without MAC and without a password needs none', async () => {
    const pfx = pfxOf(own, '', ['-nomac', '-certpbe', 'NONE', '-keypbe', 'NONE']);
    assertOwn(await readOf(pfx.toString('base64')));
  });

  it('of a PFX without a key, or cut off, or of zeros says what to do', async () => {
    const pfx = pfxOf(own, 'open');
    assert.match(
      await problemOf(pfxOf(own, 'open', ['-nokeys']).toString('base64'), 'open'),
      /no private key/,
    );
    for (const bytes of [pfx.subarray(0, 60), Buffer.concat([pfx.subarray(0, 40), Buffer.alloc(4000)])])
      assert.match(
        await problemOf(bytes.toString('base64'), 'open'),
        /neither|no private key|cannot be opened/,
      );
  });

  it('without its key, a key without its certificate, and nothing of both are told apart', async () => {
    assert.match(await problemOf(own.cert), /^The certificate is there, and its private key is not\./);
    for (const key of [own.key, derKey])
      assert.match(await problemOf(key), /^The private key is there, and its certificate is not\./);
    assert.match(await problemOf('hello'), /^There is no certificate in it/);
    assert.match(
      await problemOf('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'),
      /no certificate/,
    );
  });

  it('with the key of another one is refused', async () => {
    assert.match(await problemOf(own.cert + other.key), /does not belong to the certificate/);
  });

  it('that has ended, or has not begun, is refused with the day', async () => {
    const ended = selfSignedCertificate({ name: 'old', notAfter: new Date('2020-02-03') });
    assert.equal(
      await problemOf(ended.cert + ended.key),
      'The client certificate (CN=old) expired on 2020-02-03. Have a new one issued.',
    );
    const early = selfSignedCertificate({
      notBefore: new Date('2090-01-01'),
      notAfter: new Date('2091-01-01'),
    });
    assert.match(await problemOf(early.cert + early.key), /not valid before 2090-01-01/);
  });

  it('of any shape of text ends with a sentence', async () => {
    for (const text of [
      '-----BEGIN '.repeat(12_000),
      `-----BEGIN ${'A'.repeat(120_000)}`,
      'MII'.repeat(40_000),
      '\n \n'.repeat(40_000),
      `x${' '.repeat(120_000)}`,
      `M${' '.repeat(120_000)}-`,
    ])
      assert.ok(await problemOf(text));
    assert.match(await problemOf('x'.repeat(200_000)), /at most/);
  });

  it('that is made here is one, for clients, and holds for two years', async () => {
    const made = newCertificate(now);
    assert.equal(await readOf(made), made);
    const certificate = new X509Certificate(made);
    assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.2']);
    assert.ok(certificate.verify(certificate.publicKey));
    const facts = certificateFacts(made);
    assert.ok(facts);
    assert.equal(Math.round((facts.validTo - now) / 86_400_000), 730);
  });
});
