import { isWebPage } from '../http/webPage.ts';
import type { Bench } from './bench.ts';
import type { Judgement } from './check.ts';
import { notApplicable, notDetermined } from './judgement.ts';
import { Undetermined } from './undetermined.ts';

/** Redirects that are followed at most to come to a page of the server. */
export const mostHops = 4;

/**
 * The page a browser would show for an authorization request, with the cookies it would send, whatever its status; nothing
 * outside the server is asked.
 *
 * @returns nothing when the server leads elsewhere or on and on
 */
export async function shownPage(bench: Bench, start: string): Promise<Response | undefined> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let hop = 0; hop <= mostHops; hop++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers: Record<string, string> = cookie === '' ? {} : { cookie };
    const response = await bench.send('authorization', url, { headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    if (!URL.canParse(location, url)) return undefined;
    const next = new URL(location, url);
    if (!bench.origins.has(next.origin)) return undefined;
    url = next.href;
  }
  return undefined;
}

/**
 * The server's sign-in page; nothing where it answers otherwise than with a web page.
 *
 * @throws Undetermined when it answers with an error in its place
 */
export async function signInPage(bench: Bench, redirectUri: string): Promise<Response | undefined> {
  const page = await shownPage(bench, await bench.authorizationUrl({ set: { redirect_uri: redirectUri } }));
  if (page === undefined) return undefined;
  if (page.status < 200 || page.status >= 300)
    throw new Undetermined(`The server answered with status ${page.status} in place of a sign-in page.`);
  const text = (await page.text()).trimStart();
  return isWebPage(page.headers.get('content-type'), text) ? page : undefined;
}

/** What to say where there is no sign-in page: a server that gives a code to whoever asks has none. */
export async function withoutPage(bench: Bench, redirectUri: string): Promise<Judgement> {
  const answer = await bench.ask({ set: { redirect_uri: redirectUri } });
  return answer.kind === 'redirect' && answer.parameters.has('code')
    ? notApplicable('The server gives a code at once, without a page of its own.')
    : notDetermined('The server showed no page of its own that could be looked at.');
}
