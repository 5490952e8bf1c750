import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientSecretBasic } from '../../../src/core/authentication/clientSecretBasic.ts';
import { machineProfile } from '../../support/profiles.ts';

/** Characters that are written as they are: what servers do that undo no encoding need. */
const plain = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._';
const others = ' !"#$%&\'()+,/:;<=>?@[\\]^`{|}~äß€😀';

/** Numbers that are the same in every run. */
function numbers(): (below: number) => number {
  let state = 20_261_128;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

function texts(alphabet: string): readonly (readonly [id: string, secret: string])[] {
  const signs = Array.from(alphabet);
  const next = numbers();
  const text = () => Array.from({ length: 1 + next(40) }, () => signs[next(signs.length)]).join('');
  return Array.from({ length: 1000 }, () => [text(), text()] as const);
}

async function pairOf(id: string, secret: string, basicEncoding?: 'form' | 'raw'): Promise<string> {
  const profile = machineProfile({ clientId: id, ...(basicEncoding && { basicEncoding }) });
  const authenticate = await clientSecretBasic.make({ kind: 'password', secret }, profile);
  const headers = new Headers();
  await authenticate({ issuer: 'https://as.example.com' }, { client_id: id }, new URLSearchParams(), headers);
  return Buffer.from(headers.get('authorization')?.slice('Basic '.length) ?? '', 'base64').toString('utf8');
}

/** As RFC 6749 appendix B has a server read it. */
function decoded(pair: string): readonly string[] {
  return pair.split(':').map((part) => new URLSearchParams(`v=${part}`).get('v') ?? '');
}

describe('id and secret in HTTP Basic', () => {
  it('are read right by a server that undoes the form encoding, whatever they hold', async () => {
    for (const [id, secret] of texts(plain + others))
      assert.deepEqual(decoded(await pairOf(id, secret)), [id, secret]);
  });

  it('are read right by a server that undoes nothing, where nothing needs encoding', async () => {
    for (const [id, secret] of texts(plain)) assert.equal(await pairOf(id, secret), `${id}:${secret}`);
  });

  it('are read right by a server that undoes nothing when the profile says raw', async () => {
    for (const [id, secret] of texts(plain + others))
      assert.equal(await pairOf(id, secret, 'raw'), `${id}:${secret}`);
  });
});
