import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { allOperations } from '../../../src/core/operations/all.ts';
import { runManagedRegistration } from '../../../src/core/operations/managedRegistration.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import { runRegistration } from '../../../src/core/operations/registration.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { startStandIn } from '../../support/servers/standIn.ts';
import { flowDeps } from '../oauth/support/deps.ts';

const secret = 'q7Rk2vXb9LmN4pTs6wYz';

/** A server that refuses everything, and repeats a secret in what it says of that. */
async function refusing(context: TestContext, status: number): Promise<string> {
  const server = await startStandIn(({ path }, origin) =>
    path.startsWith('/.well-known/')
      ? {
          status: 200,
          body: {
            ...{ issuer: origin, token_endpoint: `${origin}/token`, response_types_supported: ['code'] },
            ...{ introspection_endpoint: `${origin}/i`, userinfo_endpoint: `${origin}/u` },
            ...{ revocation_endpoint: `${origin}/r`, registration_endpoint: `${origin}/register` },
          },
        }
      : { status, body: { error: 'invalid_request', error_description: `Not with ${secret} here` } },
  );
  context.after(() => server.close());
  return server.origin;
}

function assertScrubbed({ outcome }: FlowReport): void {
  assert.ok(outcome.kind === 'failure', JSON.stringify(outcome));
  assert.match(outcome.failure.message, /Not with …/);
  assert.ok(!JSON.stringify(outcome).includes(secret), outcome.failure.message);
}

describe('what a server repeats of a secret is in no failure', () => {
  for (const name of ['introspection', 'revocation'] as const)
    it(`of ${name}`, async (context) => {
      const profile = machineProfile({ issuer: await refusing(context, 400) });
      const tokens = {
        ...{ access_token: secret, token_type: 'Bearer', received_at: 0 },
        ...{ requested_scopes: [], extra: {} },
      };
      assertScrubbed((await runOperation(allOperations[name], profile, tokens, flowDeps())).report);
    });

  it('of a registration', async (context) => {
    const profile = userProfile({ issuer: await refusing(context, 400), clientId: '-' });
    assertScrubbed((await runRegistration({ profile, initialAccessToken: secret }, flowDeps())).report);
  });

  it('of a client that is managed', async (context) => {
    const issuer = await refusing(context, 400);
    const profile = userProfile({ issuer });
    const kept = { uri: `${issuer}/register/x`, token: secret };
    const keep = () => Promise.resolve();
    assertScrubbed(await runManagedRegistration({ action: 'read', profile, kept, keep }, flowDeps()));
  });
});
