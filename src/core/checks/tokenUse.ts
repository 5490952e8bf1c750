import type { Bench } from './bench.ts';
import { hear, says } from './heard.ts';

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
  const response = await bench.use('userinfo', userinfoEndpoint, accessToken);
  const { status, headers } = response;
  const said = says({ status, headers, body: await response.text() });
  return said === 'nothing' ? undefined : said === 'served';
}

/**
 * Whether an access token that was good at the userinfo endpoint before still is.
 *
 * @throws Undetermined when the answer says nothing of the token: the server is out of order or wants fewer requests
 */
export async function stillGood(bench: Bench, accessToken: string): Promise<boolean> {
  const answer = await bench.use('userinfo', bench.endpoint('userinfo'), accessToken);
  return (await hear(answer, 'userinfo', ' in the end')) === 'served';
}

/** Whether a token is made to be read by whoever has it (a JWT), so that its server cannot take it back everywhere. */
export function isSelfContained(accessToken: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(accessToken);
}
