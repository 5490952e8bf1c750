import assert from 'node:assert/strict';
import { None } from 'oauth4webapi';
import { none } from '../../../../src/core/authentication/none.ts';
import { authorizationCode } from '../../../../src/core/grants/authorizationCode.ts';
import type { FlowContext } from '../../../../src/core/oauth/context.ts';
import type { DecoratedFlow } from '../../../../src/core/oauth/decorator.ts';
import { MetadataCache } from '../../../../src/core/oauth/metadataCache.ts';
import { Trace } from '../../../../src/core/record/trace.ts';
import { systemClock } from '../../../../src/adapters/clock.ts';
import { userProfile } from '../../../support/profiles.ts';

/** For what a test does not expect to be used. */
export const unused = (): never => assert.fail('This is not to be used here.');

/** A whole context of a flow; what a test does not give must not be used. */
export function flowContext(over: Partial<FlowContext> = {}): FlowContext {
  return {
    trace: new Trace(),
    clock: systemClock,
    signal: new AbortController().signal,
    fetch: unused,
    browser: { open: unused },
    metadata: new MetadataCache(),
    isOneService: unused,
    material: unused,
    made: (_what, make) => make(),
    present: unused,
    secret: unused,
    signInTimeout: 60_000,
    grant: authorizationCode,
    authentication: none,
    decorators: [],
    ...over,
  };
}

/** What a decorator works in, of a public client; what a test does not give must not be used. */
export function decoratedFlow(
  context: Partial<FlowContext>,
  server: Readonly<Record<string, unknown>> = {},
  over: Partial<DecoratedFlow> = {},
): DecoratedFlow {
  const known = { issuer: 'https://as.example.com', ...server };
  return {
    profile: userProfile(),
    metadata: { server: known, published: known, issuerKnown: true, sources: {} },
    context: flowContext(context),
    authenticate: () => Promise.resolve(None()),
    ...over,
  };
}
