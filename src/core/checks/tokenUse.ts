import type { Bench } from './bench.ts';
import { Undetermined } from './undetermined.ts';

/**
 * Whether an access token is good at the userinfo endpoint; absent when that cannot be seen: there is no such endpoint,
 * the token is not for it, or its answer says neither.
 *
 * @see OpenID Connect Core 1.0 section 5.3
 */
export async function goodAtUserinfo(
  bench: Bench,
  accessToken: string | undefined,
): Promise<boolean | undefined> {
  const { userinfoEndpoint } = bench.server;
  if (accessToken === undefined || userinfoEndpoint === undefined || !bench.profile.scopes.includes('openid'))
    return undefined;
  const { status } = await bench.use('userinfo', userinfoEndpoint, accessToken);
  return status === 200 ? true : status === 401 ? false : undefined;
}

/**
 * Whether an access token that was good at the userinfo endpoint before still is.
 *
 * @throws Undetermined when the answer says nothing of the token: the server is out of order or wants fewer requests
 */
export async function stillGood(bench: Bench, accessToken: string): Promise<boolean> {
  const { status } = await bench.use('userinfo', bench.endpoint('userinfo'), accessToken);
  if (status === 200) return true;
  if (status >= 400 && status < 500 && status !== 429) return false;
  throw new Undetermined(`The userinfo endpoint answered with status ${status} in the end.`);
}

/** Whether a token is made to be read by whoever has it (a JWT), so that its server cannot take it back everywhere. */
export function isSelfContained(accessToken: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(accessToken);
}
