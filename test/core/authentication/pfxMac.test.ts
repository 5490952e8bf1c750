import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { children, octets, oid, sequence, tagged } from '../../../src/core/authentication/der.ts';
import { isMacOf, macFor, passwordForms, readMac } from '../../../src/core/authentication/pfxMac.ts';
import { readPfx } from '../../../src/core/authentication/pfx.ts';
import { isTooSlow } from '../../../src/core/authentication/slowDerivation.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { pfxOf } from '../../support/certificateFiles.ts';

const salt = octets(Buffer.alloc(8, 7));
const number = (...bytes: readonly number[]) => tagged(0x02, Buffer.from(bytes));
const digest = (identifier: string) =>
  sequence(sequence(oid(identifier), tagged(0x05)), octets(Buffer.alloc(20)));
const sha1 = digest('2b0e03021a');
const partsOf = (...parts: readonly Buffer[]) => Buffer.concat(parts);

describe('the MAC of a PFX', () => {
  it('is read with its rounds, of which one is meant where none are said', () => {
    assert.equal(readMac(partsOf(sha1, salt))?.rounds, 1);
    assert.equal(readMac(partsOf(sha1, salt, number(0x08, 0x00)))?.rounds, 2048);
    assert.equal(readMac(partsOf(sha1, salt, number(1, 0, 0, 0, 0, 0)))?.rounds, 2 ** 40);
  });

  it('is none where something is missing, is of another kind, or has no number', () => {
    for (const other of [
      partsOf(),
      partsOf(sha1),
      partsOf(digest('2a864886f70d0205'), salt),
      partsOf(sequence(sequence(oid('2b0e03021a'))), salt),
      partsOf(sha1, salt, number()),
      partsOf(sha1, salt, number(1, 0, 0, 0, 0, 0, 0)),
    ])
      assert.equal(readMac(other), undefined, other.toString('hex'));
  });

  it('is that of this content, with this password alone', () => {
    const content = Buffer.from('content');
    const [password] = passwordForms('open');
    const mac = readMac(children(macFor(content, password))[0]?.content ?? Buffer.alloc(0));
    assert.ok(mac);
    assert.equal(isMacOf(content, mac, password), true);
    assert.equal(isMacOf(Buffer.from('other'), mac, password), false);
    assert.equal(isMacOf(content, mac, passwordForms('shut')[0]), false);
    assert.equal(isMacOf(content, { ...mac, value: mac.value.subarray(1) }, password), false);
    assert.equal(isMacOf(content, { ...mac, rounds: 2 }, password), false);
  });

  it('of no password may be written in two ways', () => {
    assert.deepEqual(passwordForms(''), [Buffer.from([0, 0]), Buffer.alloc(0)]);
    assert.deepEqual(passwordForms('a'), [Buffer.from([0, 0x61, 0, 0])]);
  });

  it('of a file that was changed is not that of its content', async () => {
    const made = pfxOf(selfSignedCertificate({ name: 'orders' }), 'open');
    const at = made.indexOf(Buffer.from('060b2a864886f70d010c0a01', 'hex'));
    const changed = Buffer.from(made);
    // A byte of the key, far behind its kind.
    changed[at + 150] = (changed[at + 150] ?? 0) ^ 1;
    assert.equal((await readPfx(made, 'open')).kind, 'read');
    assert.deepEqual(await readPfx(changed, 'open'), { kind: 'wrong_password' });
  });
});

it('rounds are found in what octets hold, and a length of the key is none of them', () => {
  const derivation = (...numbers: readonly Buffer[]) =>
    sequence(oid('2a864886f70d01050c'), sequence(salt, ...numbers));
  const many = number(0x00, 0x98, 0x96, 0x81);
  assert.equal(isTooSlow(octets(derivation(many))), true);
  assert.equal(isTooSlow(tagged(0x80, derivation(many))), false);
  assert.equal(isTooSlow(derivation(number(0x0f, 0x42, 0x40), number(32))), false);
  assert.equal(isTooSlow(derivation(number(0x0f, 0x42, 0x40), number(32), octets(), number(9))), false);
  assert.equal(isTooSlow(derivation(number(0, 0, 0, 0, 0, 1))), false);
});
