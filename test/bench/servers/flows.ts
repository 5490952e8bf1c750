// The two flows that `recording.bench.ts` compares; bundled and minified as the extension is.
import { follow } from '../../../src/core/abortable.ts';
import type { FlowContext } from '../../../src/core/oauth/context.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { readBody } from '../../../src/core/http/readBody.ts';
import { recordingFetch, responseLimit } from '../../../src/core/http/recordingFetch.ts';
import { secureUrl } from '../../../src/core/http/secureUrl.ts';
import { TextResponse } from '../../../src/core/http/textResponse.ts';
import { authenticationOf } from '../../../src/core/authentication/all.ts';
import { grantOf } from '../../../src/core/grants/all.ts';
import { prepare } from '../../../src/core/oauth/prepare.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import { networkFetch } from '../../../src/adapters/network.ts';
import { machineProfile } from '../../support/profiles.ts';

const timeout = 30_000;

/** One flow of the same profile with recording, one without. */
export function flows(target: {
  issuer: string;
  clientId: string;
  secret: string;
  scopes: readonly string[];
}) {
  const { issuer, clientId, scopes, secret } = target;
  const profile = machineProfile({ issuer, clientId, scopes });
  const { signal } = new AbortController();
  const common = {
    clock: systemClock,
    browser: { open: () => Promise.resolve(false) },
    signal,
    metadata: new MetadataCache(),
    isOneService: () => Promise.resolve(false),
    signInTimeout: 0,
    secret: () => Promise.resolve(secret),
    grant: grantOf(profile),
    authentication: authenticationOf(profile),
    decorators: [],
    present: () => undefined,
    made: (_what: string, make: () => Promise<string>) => make(),
    material: () => Promise.resolve({ kind: 'password', secret } as const),
  };
  const run = async (trace: Trace, fetch: FlowContext['fetch']) => {
    const context = { ...common, trace, fetch };
    await context.grant.run(profile, {
      ...context,
      prepare: () => prepare(profile, context),
      input: () => Promise.reject(new TypeError('No grant here has an input.')),
      keepInput: () => Promise.resolve(),
      partner: () => Promise.reject(new TypeError('No grant here has a partner.')),
    });
  };
  return {
    recorded: () => {
      const trace = new Trace();
      return run(trace, recordingFetch({ fetch: networkFetch, clock: systemClock, trace, signal, timeout }));
    },
    unrecorded: () => run(new Trace(), unrecordingFetch(signal)),
  };
}

/** What `recordingFetch` does besides recording. */
function unrecordingFetch(signal: AbortSignal): FlowContext['fetch'] {
  return (_purpose, step) =>
    async (url, init = {}) => {
      secureUrl(url, step);
      const callers = init.signal ? [signal, init.signal] : [signal];
      const { signal: followed, letGo } = follow([...callers, systemClock.timeout(timeout)]);
      try {
        const response = await networkFetch(url, { ...init, redirect: 'manual', signal: followed });
        const body = await readBody(response, responseLimit);
        return new TextResponse(body.text, { status: response.status, headers: response.headers });
      } finally {
        letGo();
      }
    };
}
