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
  /** The state that it was sent. */
  readonly sent: string;
  /** What it did, after “the server”; absent after a sign-in. */
  readonly how?: string;
}

interface Provoked {
  readonly responses: readonly ErrorResponse[];
  /** What there is to say where it sent none. */
  readonly none: Judgement;
}

/**
 * The error responses that can be provoked: nobody signed in, and an unknown response_type, which the signed-in browser asks for
 * where the server signs in first; found out once a run.
 */
export function errorResponses(bench: Bench): Promise<Provoked> {
  return bench.onceInRun('error responses', async (once) => {
    const { uri } = await once.notRefused();
    const responses: ErrorResponse[] = [];
    let none: Judgement | undefined;
    for (const responseType of ['code', 'none-such']) {
      const sent = random();
      const set = { redirect_uri: uri, state: sent, response_type: responseType };
      const answer = await once.probe({ set });
      const how = describeProbe(answer);
      // Who refuses before anybody signs in does so afterwards.
      none =
        answer.kind === 'refused'
          ? notApplicable(noResponses)
          : notDetermined(`The server sent no error response: it ${how}.`);
      if (answer.kind === 'redirect') responses.push({ parameters: answer.parameters, sent, how });
      else if (responseType !== 'code' && answer.kind !== 'refused' && once.canSignIn) {
        const seen = await inBrowser(once, sent);
        if ('verdict' in seen) none = seen;
        else responses.push(seen);
      }
    }
    return {
      responses: responses.filter(({ parameters }) => parameters.has('error')),
      none: none ?? notApplicable(noResponses),
    };
  });
}

const noResponses =
  'The server answers wrong requests itself and not in the redirect, so there is no error response to look at.';

async function inBrowser(bench: Bench, sent: string): Promise<ErrorResponse | Judgement> {
  let signedIn = false;
  try {
    await bench.reference();
    signedIn = true;
    const change = { set: { response_type: 'none-such' } };
    return { parameters: (await bench.authorize(change, { state: sent, anyState: true })).parameters, sent };
  } catch (thrown) {
    if (signedIn && thrown instanceof ErrorShown) return notApplicable(noResponses);
    if (thrown instanceof Undetermined) return notDetermined(thrown.message);
    throw thrown;
  }
}
