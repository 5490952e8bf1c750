import type { Explanation } from '../../../src/core/diagnose/explanation.ts';
import { dialectOf, loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { explainFailure, explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import type { FailureInput } from '../../../src/core/diagnose/facts.ts';
import { dialectFor, recogniseProvider } from '../../../src/core/diagnose/recognise.ts';
import { FailureError, type Failure } from '../../../src/core/record/failure.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import { runFlow, type TokenFlowKind } from '../../../src/core/flow/runFlow.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { recordingFetch } from '../../../src/core/http/recordingFetch.ts';
import { tolerantResponse } from '../../../src/core/oauth/tolerantResponse.ts';
import { withDialect } from '../../../src/core/oauth/dialect.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import type { Clock } from '../../../src/core/ports.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { startStandIn, type Answer } from '../../support/servers/standIn.ts';
import { providersDirectory } from './support.ts';

export const catalogue = await loadCatalogue(providersDirectory);

/** The machine's own clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
  timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
};

/** Runs a flow of `profile` against a real server on loopback. */
export function run(
  kind: TokenFlowKind,
  profile: Profile,
  secret = 's3cr3t',
  previous?: TokenSet,
  signInTimeout = 60_000,
): Promise<FlowReport> {
  const { provider } = recogniseProvider(catalogue, profile);
  return runFlow(kind, profile, {
    fetch: (url, init) => fetch(url, init),
    clock: realClock,
    browser: { open: (url) => signedInBrowser(url) },
    metadata: new MetadataCache(),
    secret: () => Promise.resolve(secret),
    dialect: (asked) => dialectOf(catalogue, asked, provider),
    requestTimeout: 5000,
    signInTimeout,
    ...(previous ? { previous } : {}),
  });
}

/** A browser whose user is signed in already: follows every redirect, back to the loopback listener. */
async function signedInBrowser(url: string): Promise<boolean> {
  let next: string | null = url;
  for (let hop = 0; next !== null && hop < 5; hop++) {
    const response: Response = await fetch(next, { redirect: 'manual' });
    const location = response.headers.get('location');
    next = location === null ? null : new URL(location, next).href;
    await response.text();
  }
  return true;
}

/** The explanation of a run that must have failed. */
export function explained(report: FlowReport, more: Parameters<typeof explainReport>[2] = {}): Explanation {
  const explanation = explainReport(report, catalogue, more);
  if (!explanation) throw new Error('The flow gave a token.');
  return explanation;
}

/** What a request to the token or refresh endpoint comes to when the server gives `answer`. */
export interface Played {
  readonly failure: Failure;
  readonly exchanges: readonly Exchange[];
}

/** Plays one answer to one form request, in the place where a flow would send it. */
export async function playRequest(
  profile: Profile,
  step: 'token' | 'refresh',
  form: Readonly<Record<string, string>>,
  answer: Answer,
): Promise<Played> {
  const server = await startStandIn(() => answer);
  const trace = new Trace();
  const send = recordingFetch({
    ...{ fetch, clock: realClock, trace, timeout: 5000 },
    signal: new AbortController().signal,
  })(step, step);
  const dialect = dialectFor(catalogue, profile);
  try {
    const body = new URLSearchParams(form);
    const response = await (dialect ? withDialect(send, dialect) : send)(`${server.origin}/token`, {
      method: 'POST',
      body,
    });
    const judged = tolerantResponse(
      {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      },
      { host: new URL(server.origin).host, step, exchange: 1, requestedScopes: profile.scopes },
    );
    if (judged.kind !== 'failure') throw new Error('The answer gave a token.');
    return { failure: judged.failure, exchanges: trace.exchanges };
  } catch (thrown) {
    if (thrown instanceof FailureError) return { failure: thrown.failure, exchanges: trace.exchanges };
    throw thrown;
  } finally {
    await server.close();
  }
}

/** Explains what was played. */
export function explain(profile: Profile, played: Played, more: Partial<FailureInput> = {}): Explanation {
  return explainFailure({ profile, ...played, ...more }, catalogue);
}

/** The ids of the causes, the most likely first. */
export function causeIds({ causes }: Explanation): readonly string[] {
  return causes.map(({ id }) => id);
}

/** The cause with this id. */
export function cause(explanation: Explanation, id: string) {
  const found = explanation.causes.find((one) => one.id === id);
  if (!found) throw new Error(`No cause ${id} among ${causeIds(explanation).join()}.`);
  return found;
}
