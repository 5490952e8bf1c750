import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { machineProfile } from '../../support/profiles.ts';
import { flowDeps, tokensOf } from './support/deps.ts';
import { secret, startProvider } from './support/provider.ts';

it('gets a DPoP-bound token of a server that first wants its nonce in the proof', async (context) => {
  const issuer = await startProvider(context, {
    features: {
      clientCredentials: { enabled: true },
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
    },
  });
  const clientId = 'machine/basic';
  const profile = machineProfile({ issuer, clientId, scopes: [], dpop: true });
  const deps = flowDeps({ secret: () => Promise.resolve(secret) });
  const report = await runFlow('client_credentials', profile, deps);
  assert.equal(tokensOf(report).token_type, 'DPoP');
  const asked = report.exchanges.filter(({ purpose }) => purpose === 'token');
  assert.equal(asked.length, 2);
  assert.match(asked[0]?.response?.body ?? '', /use_dpop_nonce/);
  const proofs = asked.map(({ request }) => request.headers.find(([name]) => name === 'dpop')?.[1] ?? '');
  const nonces = proofs.map((proof) => {
    const claims = Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString();
    return (JSON.parse(claims) as { nonce?: string }).nonce;
  });
  const sent = asked[0]?.response?.headers.find(([name]) => name === 'dpop-nonce')?.[1];
  assert.ok(sent);
  assert.deepEqual(nonces, [undefined, sent]);
});
