import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { machineProfile } from '../../support/profiles.ts';
import { flowDeps } from './support/deps.ts';
import { json, serve } from './support/serve.ts';

it('a secret that the server repeats where its words are cut is not shown in part', async (context) => {
  const secret = 'Zx81-Qv77-Kp42-Wm93-Ty65-Rb08';
  for (const before of [285, 290, 295]) {
    const words = `${'word '.repeat(before / 5)}${secret} and more`.padEnd(400, '.');
    const origin = await serve(context, (_request, response) =>
      json(response, { error: 'invalid_request', error_description: words }, 400),
    );
    const { issuer: _issuer, ...profile } = machineProfile({ tokenEndpoint: `${origin}/token` });
    const { outcome } = await runFlow(
      'client_credentials',
      profile,
      flowDeps({ secret: () => Promise.resolve(secret) }),
    );
    assert.ok(outcome.kind === 'failure' && outcome.failure.kind === 'oauth_error');
    assert.match(JSON.stringify(outcome.failure), /word word/);
    assert.ok(!JSON.stringify(outcome.failure).includes(secret.slice(0, 4)), JSON.stringify(outcome.failure));
  }
});
