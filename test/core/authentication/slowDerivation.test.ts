import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { it } from 'node:test';
import { octets, oid, sequence, tagged } from '../../../src/core/authentication/der.ts';
import { readDerKey } from '../../../src/core/authentication/derKey.ts';
import { readPfx } from '../../../src/core/authentication/pfx.ts';
import { readPrivateKey } from '../../../src/core/authentication/privateKey.ts';
import { isTooSlow, tooSlow } from '../../../src/core/authentication/slowDerivation.ts';

const salt = octets(Buffer.alloc(8, 7));
const count = (...bytes: readonly number[]) => tagged(0x02, Buffer.from(bytes));

/** A key encrypted with PBES2, whose password is derived in so many rounds. @see RFC 8018 appendix A.4 */
function encrypted(...bytes: readonly number[]): Buffer {
  const derivation = sequence(oid('2a864886f70d01050c'), sequence(salt, count(...bytes)));
  const cipher = sequence(oid('60864801650304012a'), octets(Buffer.alloc(16)));
  return sequence(
    sequence(oid('2a864886f70d01050d'), sequence(derivation, cipher)),
    octets(Buffer.alloc(64)),
  );
}

/** A PFX without any key, whose MAC takes so many rounds. @see RFC 7292 section 4 */
function pfx(...bytes: readonly number[]): Buffer {
  const data = sequence(oid('2a864886f70d010701'), tagged(0xa0, octets(sequence())));
  const digest = sequence(sequence(oid('2b0e03021a'), tagged(0x05)), octets(Buffer.alloc(20)));
  return sequence(count(3), data, sequence(digest, salt, count(...bytes)));
}

const pem = (der: Buffer) =>
  `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${der.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;

it('a key or a PFX that asks for minutes of derivation is refused before it is tried', async () => {
  const problem = { kind: 'problem', problem: tooSlow };
  const many = [0x7f, 0xff, 0xff, 0xff];
  for (const passphrase of [undefined, 'x']) {
    assert.deepEqual(readPrivateKey(pem(encrypted(...many)), passphrase), problem);
    assert.deepEqual(readDerKey(encrypted(...many), passphrase), problem);
  }
  assert.deepEqual(await readPfx(pfx(...many), 'x'), problem);
});

it('ten million rounds are waited for, and one more is not', () => {
  for (const der of [encrypted, pfx]) {
    assert.equal(isTooSlow(der(0x98, 0x96, 0x80)), false);
    assert.equal(isTooSlow(der(0x98, 0x96, 0x81)), true);
    assert.equal(isTooSlow(der(1, 0, 0, 0, 0, 0, 0)), true);
    assert.equal(isTooSlow(der()), false);
  }
});

it('a number that stands behind no salt counts no rounds, nor what is nested without end', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  assert.equal(isTooSlow(privateKey.export({ type: 'pkcs8', format: 'der' })), false);
  const usual = privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'x' });
  assert.equal(isTooSlow(usual), false);
  assert.equal(
    createPrivateKey({ key: usual, format: 'der', type: 'pkcs8', passphrase: 'x' }).type,
    'private',
  );
  let deep = sequence(salt, count(0x7f, 0xff, 0xff, 0xff));
  for (let depth = 0; depth < 20; depth++) deep = sequence(deep);
  assert.equal(isTooSlow(deep), false);
});
