import { FailureError } from '../record/failure.ts';
import type { Bench } from './bench.ts';
import { hear, says, type Says } from './heard.ts';
import { Lacking } from './undetermined.ts';

/** A token that nobody ever issued. */
export const madeUpToken = 'a-token-that-was-never-issued';

/** Whether a token of this client may be good at a userinfo endpoint. */
export function hasUserinfo({ server, client }: Bench): boolean {
  return server.userinfoEndpoint !== undefined && client.scopes.includes('openid');
}

/**
 * Whether an access token is good at the userinfo endpoint; absent when that cannot be seen: there is no such endpoint, it
 * never answers, the token is not for it, its answer says neither, or it answers whatever token comes.
 *
 * @see OpenID Connect Core 1.0 section 5.3
 */
export async function goodAtUserinfo(
  bench: Bench,
  accessToken: string | undefined,
): Promise<boolean | undefined> {
  if (accessToken === undefined || !hasUserinfo(bench)) return undefined;
  // Asked first, so that an endpoint that never answers is waited for once a run.
  const anything = await ofMadeUpToken(bench);
  if (anything === 'silent') return undefined;
  const said = await askUserinfo(bench, accessToken);
  if (said !== 'served') return said === 'refused' ? false : undefined;
  return anything === 'served' ? undefined : true;
}

/** What the userinfo endpoint says of a token that nobody issued, once a run; `silent` when it does not answer at all. */
export function ofMadeUpToken(bench: Bench): Promise<Says | 'silent'> {
  return bench.onceInRun('made-up token', (once) => askUserinfo(once, madeUpToken));
}

/**
 * Makes sure that there is somebody at the userinfo endpoint: one that answers neither a token nor a request without one is
 * none.
 *
 * @throws Lacking when nobody answers
 */
export async function expectUserinfo(bench: Bench): Promise<void> {
  if ((await ofMadeUpToken(bench)) !== 'silent') return;
  const bare = await bench.onceInRun('userinfo without a token', (once) => askUserinfo(once));
  if (bare === 'silent')
    throw new Lacking('The userinfo endpoint never answers, with a token or without one.');
}

async function askUserinfo(bench: Bench, accessToken?: string): Promise<Says | 'silent'> {
  const endpoint = bench.endpoint('userinfo');
  try {
    const response = await (accessToken === undefined
      ? bench.send('userinfo', endpoint)
      : bench.use(endpoint, accessToken));
    const { status, headers } = response;
    return says({ status, headers, body: await response.text() });
  } catch (thrown) {
    if (thrown instanceof FailureError && ['network', 'timeout'].includes(thrown.failure.kind))
      return 'silent';
    throw thrown;
  }
}

/**
 * Whether an access token that was good at the userinfo endpoint before still is.
 *
 * @throws Undetermined when the answer says nothing of the token: the server is out of order or wants fewer requests
 */
export async function stillGood(bench: Bench, accessToken: string): Promise<boolean> {
  const answer = await bench.use(bench.endpoint('userinfo'), accessToken);
  return (await hear(answer, ' in the end')) === 'served';
}

/** Whether a token is made to be read by whoever has it (a JWT), so that its server cannot take it back everywhere. */
export function isSelfContained(accessToken: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(accessToken);
}
