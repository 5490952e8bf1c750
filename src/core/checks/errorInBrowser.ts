import type { Bench } from './bench.ts';
import { ErrorShown } from './errorShown.ts';

/** Said where a server answers no wrong request in the redirect. */
export const noResponses =
  'The server answers wrong requests itself and not in the redirect, so there is no error response to look at.';

/**
 * What the signed-in browser brings back for a response_type that does not exist.
 *
 * @returns `page` when the server shows an error page
 * @throws Undetermined when the browser does not come back
 */
export async function errorInBrowser(bench: Bench, state?: string): Promise<URLSearchParams | 'page'> {
  await bench.reference();
  try {
    const reuse = state === undefined ? {} : ({ state, anyState: true } as const);
    return (await bench.authorize({ set: { response_type: 'none-such' } }, reuse)).parameters;
  } catch (thrown) {
    if (thrown instanceof ErrorShown) return 'page';
    throw thrown;
  }
}
