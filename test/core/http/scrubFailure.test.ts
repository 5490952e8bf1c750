import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { scrubFailure } from '../../../src/core/http/scrubFailure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { machineProfile } from '../../support/profiles.ts';
import { failureOf, flowDeps } from '../oauth/support/deps.ts';
import { json, serveSeen } from '../oauth/support/serve.ts';

const secret = 'RECOGNISABLE-client-secret-0123456789';

it('a failure has no secret of its flow in any of its members', () => {
  const trace = new Trace();
  trace.useSecret(secret);
  const failure = scrubFailure(
    {
      ...{ kind: 'oauth_error', step: 'token', message: `No ${secret}.`, advice: `Not ${secret}` },
      body: {
        error: secret,
        error_description: `a ${secret} b`,
        error_uri: `https://as.example.com/${secret}`,
      },
    },
    trace,
  );
  assert.doesNotMatch(JSON.stringify(failure), /RECOGNISABLE/);
  assert.equal(failure.kind, 'oauth_error');
});

it('the failure of a flow is scrubbed when the server repeats the secret', async (context: TestContext) => {
  const { origin } = await serveSeen(context, (_request, response) =>
    json(response, { error: 'invalid_client', error_description: `wrong: ${secret}` }, 401),
  );
  const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token` });
  const deps = flowDeps({ secret: () => Promise.resolve(secret) });
  const failure = failureOf(await runFlow('client_credentials', profile, deps), 'oauth_error');
  assert.match(failure.message, /wrong: /);
  assert.doesNotMatch(JSON.stringify(failure), /RECOGNISABLE/);
});
