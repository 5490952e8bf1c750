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

/** Requests that cannot be answered as they are asked; the later ones only where the earlier ones are answered elsewhere. */
const wrongRequests = [{ response_type: 'none-such' }, { scope: 'oauth-explorer-no-such-scope' }] as const;

/**
 * The error responses that can be provoked: nobody signed in, an unknown response_type or, where the server shows that itself,
 * an unknown scope, for which the signed-in browser asks where the server signs in first; found out once a run.
 */
export function errorResponses(bench: Bench): Promise<Provoked> {
  return bench.onceInRun('error responses', async (once) => {
    const { uri } = await once.notRefused();
    const responses: ErrorResponse[] = [];
    let none: Judgement | undefined;
    for (const wrong of [{}, ...wrongRequests]) {
      const isLast = 'scope' in wrong;
      if (isLast && (none?.verdict !== 'not_applicable' || responses.some(isError))) break;
      const sent = random();
      const answer = await once.probe({ set: { redirect_uri: uri, state: sent, ...wrong } });
      const how = describeProbe(answer);
      // Who refuses before anybody signs in does so afterwards.
      let silent =
        answer.kind === 'refused'
          ? notApplicable(noResponses)
          : notDetermined(`The server sent no error response: it ${how}.`);
      if (answer.kind === 'redirect') responses.push({ parameters: answer.parameters, sent, how });
      else if (Object.keys(wrong).length > 0 && answer.kind !== 'refused' && once.canSignIn) {
        const seen = await inBrowser(once, sent, wrong);
        if ('verdict' in seen) silent = seen;
        else responses.push(seen);
      }
      // A scope may be ignored: where it tells nothing, what was told before stands.
      if (!isLast) none = silent;
    }
    return {
      responses: responses.filter(isError),
      none: none ?? notApplicable(noResponses),
    };
  });
}

function isError({ parameters }: ErrorResponse): boolean {
  return parameters.has('error');
}

const noResponses =
  'The server answers wrong requests itself and not in the redirect, so there is no error response to look at.';

async function inBrowser(
  bench: Bench,
  sent: string,
  set: Readonly<Record<string, string>>,
): Promise<ErrorResponse | Judgement> {
  let signedIn = false;
  try {
    await bench.reference();
    signedIn = true;
    const { parameters } = await bench.authorize({ set }, { state: sent, anyState: true });
    return { parameters, sent };
  } catch (thrown) {
    if (signedIn && thrown instanceof ErrorShown) return notApplicable(noResponses);
    if (thrown instanceof Undetermined) return notDetermined(thrown.message);
    throw thrown;
  }
}
