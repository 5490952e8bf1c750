import { random } from './authorizationRequest.ts';
import type { Bench } from './bench.ts';
import type { Judgement } from './check.ts';
import { ErrorShown } from './errorShown.ts';
import { notApplicable, notDetermined } from './judgement.ts';
import { describeProbe } from './probe.ts';
import { Undetermined } from './undetermined.ts';

/** An error that the server sent to the redirect URI. */
interface ErrorResponse {
  readonly parameters: URLSearchParams;
  /** The state in the request. */
  readonly sent: string;
  /** What the server did, to follow “the server”; absent after a sign-in. */
  readonly how?: string;
}

interface Provoked {
  readonly responses: readonly ErrorResponse[];
  /** The judgement where the server sent none. */
  readonly none: Judgement;
}

/**
 * The error responses that can be provoked: by nobody being signed in, by an unknown response_type or, where the server shows
 * that error itself, by an unknown scope. Where the server signs users in first, the signed-in browser asks. Found out once a
 * run.
 */
export function errorResponses(bench: Bench): Promise<Provoked> {
  return bench.onceInRun('error responses', async (once) => {
    const nobody = await withoutCookies(once, random(), {});
    const unknownType = await provoke(once, { response_type: 'none-such' });
    const seen = [nobody, unknownType].filter(isResponse);
    if (isResponse(unknownType)) return { responses: seen, none: notApplicable(noResponses) };
    if (seen.length > 0 || unknownType.verdict !== 'not_applicable')
      return { responses: seen, none: unknownType };
    // A server may ignore the scope: if it tells nothing, the earlier result stands.
    const unknownScope = await provoke(once, { scope: 'oauth-explorer-no-such-scope' });
    return { responses: [unknownScope].filter(isResponse), none: unknownType };
  });
}

function isResponse(seen: ErrorResponse | Judgement): seen is ErrorResponse {
  return 'parameters' in seen;
}

type Wrong = Readonly<Record<string, string>>;

/** The error response to a wrong request, from the signed-in browser where only that shows it; else why there is none. */
async function provoke(bench: Bench, wrong: Wrong): Promise<ErrorResponse | Judgement> {
  const sent = random();
  const seen = await withoutCookies(bench, sent, wrong);
  // A server that refuses before a sign-in also refuses after it.
  if (isResponse(seen) || seen.verdict === 'not_applicable' || !bench.canSignIn) return seen;
  return (await inBrowser(bench, sent, wrong)) ?? seen;
}

async function withoutCookies(bench: Bench, sent: string, wrong: Wrong): Promise<ErrorResponse | Judgement> {
  const { uri } = await bench.notRefused();
  const answer = await bench.probe({ set: { redirect_uri: uri, state: sent, ...wrong } });
  if (answer.kind === 'refused') return notApplicable(noResponses);
  const how = describeProbe(answer);
  if (answer.kind === 'redirect' && answer.parameters.has('error'))
    return { parameters: answer.parameters, sent, how };
  return notDetermined(`The server sent no error response: it ${how}.`);
}

const noResponses =
  'The server answers wrong requests itself and not in the redirect, so there is no error response to look at.';

/** @returns undefined when the browser came back without an error */
async function inBrowser(
  bench: Bench,
  sent: string,
  set: Wrong,
): Promise<ErrorResponse | Judgement | undefined> {
  let signedIn = false;
  try {
    await bench.reference();
    signedIn = true;
    const { parameters } = await bench.authorize({ set }, { state: sent, anyState: true });
    return parameters.has('error') ? { parameters, sent } : undefined;
  } catch (thrown) {
    if (signedIn && thrown instanceof ErrorShown) return notApplicable(noResponses);
    if (thrown instanceof Undetermined) return notDetermined(thrown.message);
    throw thrown;
  }
}
