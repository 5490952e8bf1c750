import type { Bench } from './bench.ts';
import type { Change } from './authorizationRequest.ts';
import { ErrorShown } from './errorShown.ts';
import { insteadOfCode, saysInstead } from './insteadOfCode.ts';
import { describeProbe, refusesRequest } from './probe.ts';
import { taken } from './requestTrial.ts';
import { Undetermined, WithoutState } from './undetermined.ts';

/** How far a request with wrong PKCE parameters got. */
export type PkceTrial =
  | { readonly refused: true; readonly how: string }
  /** Succeeds each time `code` is called. */
  | { readonly refused: false; readonly code: () => ReturnType<Bench['code']> };

/**
 * Sends an authorization request with wrong PKCE parameters: first without a browser, which is enough when the server refuses;
 * else with one, because a server may check PKCE later.
 *
 * @throws Undetermined when only a sign-in could tell but is not wanted
 */
export async function tryPkce(
  bench: Bench,
  change: Change,
  reuse?: { readonly verifier: string },
): Promise<PkceTrial> {
  const { uri, yardstick } = await bench.notRefused();
  const answer = await bench.probe({ ...change, set: { redirect_uri: uri, ...change.set } });
  if (taken(answer, yardstick) === 'refused') return { refused: true, how: describeProbe(answer) };
  if (!bench.canSignIn)
    throw new Undetermined(
      'The server seems to accept the request; only a sign-in shows whether a code comes of it.',
    );
  await bench.reference();
  try {
    // A refusal may lack the state, since our own tab brings it; a code may not.
    const redirected = await bench.authorize(change, { ...reuse, anyState: true });
    if (redirected.code !== undefined) {
      if (redirected.parameters.get('state') !== redirected.state) throw new WithoutState();
      const first = [{ ...redirected, code: redirected.code }];
      return { refused: false, code: async () => first.pop() ?? bench.code(change, reuse) };
    }
    return { refused: true, how: refusal(redirected.parameters) };
  } catch (thrown) {
    if (thrown instanceof ErrorShown) return { refused: true, how: thrown.does };
    throw thrown;
  }
}

/** The error of a refused request in words. @throws Undetermined when it does not mean that the request is wrong */
export function refusal(parameters: URLSearchParams): string {
  const error = saysInstead(insteadOfCode(parameters));
  if (refusesRequest(parameters)) return `answered with ${error}`;
  throw new Undetermined(`The server answered with ${error}, which does not say that the request is wrong.`);
}
