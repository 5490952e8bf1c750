import type { Bench } from './bench.ts';
import type { Change } from './authorizationRequest.ts';
import { asksForSignIn, describeProbe, sameShape } from './probe.ts';
import { Undetermined } from './undetermined.ts';

/** How far a request with spoilt PKCE parameters came. */
export type PkceTrial =
  | { readonly refused: true; readonly how: string }
  | { readonly refused: false; readonly answer: Awaited<ReturnType<Bench['code']>> };

/**
 * Sends an authorization request with spoilt PKCE parameters: first without a browser, which settles it when the
 * server refuses; then, when it seems to go through, with one, because a server may look at PKCE later.
 *
 * @throws Undetermined when only a sign-in could tell and none is wanted
 */
export async function tryPkce(
  bench: Bench,
  change: Change,
  reuse?: { readonly verifier: string },
): Promise<PkceTrial> {
  const { uri, yardstick } = await bench.accepted();
  const answer = await bench.probe({ ...change, set: { redirect_uri: uri, ...change.set } });
  const through =
    asksForSignIn(answer) ||
    (!asksForSignIn(yardstick.registered) && sameShape(answer, yardstick.registered));
  if (!through) return { refused: true, how: describeProbe(answer) };
  if (!bench.canSignIn)
    throw new Undetermined(
      'The server seems to accept the request; only a sign-in shows whether a code comes of it.',
    );
  await bench.reference();
  const redirected = await bench.authorize(change, reuse);
  if (redirected.code !== undefined)
    return { refused: false, answer: { ...redirected, code: redirected.code } };
  return {
    refused: true,
    how: `answered with ${(redirected.parameters.get('error') ?? 'no code').slice(0, 60)}`,
  };
}
