import { goesTo, type Acceptance } from './acceptance.ts';
import type { Bench } from './bench.ts';
import { ErrorShown } from './errorShown.ts';
import { refusesRequest } from './probe.ts';
import { foreignHost, isForeign, localForeignHost, withPath } from './registered.ts';

/** The result of trying a redirect URI in the browser. */
export interface SeenInBrowser {
  readonly verdict: Acceptance;
  /** The URI that was tried; instead of a foreign host, it has a name that leads to this computer. */
  readonly shown: string;
}

/**
 * Has the signed-in browser ask for a code at an unregistered redirect URI on our own port.
 *
 * @returns `unclear` when `uri` is undefined or does not lead to our port
 * @throws Undetermined when the browser does not come back
 */
export async function redirectInBrowser(bench: Bench, uri: string | undefined): Promise<SeenInBrowser> {
  if (uri === undefined) return { verdict: 'unclear', shown: '' };
  const shown = reachable(uri, new URL(bench.listening));
  if (shown === undefined) return { verdict: 'unclear', shown: uri };
  await bench.reference();
  try {
    const isOther = new URL(shown).protocol !== new URL(bench.listening).protocol;
    const { location, parameters } = await bench.authorize(
      { set: { redirect_uri: shown } },
      { anywhere: true, ...(isOther && { otherScheme: shown }) },
    );
    const came = location !== undefined && goesTo(location, withoutUser(shown));
    // With the other scheme, nobody can see whether a refusal comes.
    if (came && isOther && (await refusesAnywhere(bench))) return { verdict: 'unclear', shown };
    const taken = came && (isForeign(shown) || !refusesRequest(parameters));
    return { verdict: taken ? 'accepted' : 'refused', shown };
  } catch (thrown) {
    if (thrown instanceof ErrorShown) return { verdict: 'refused', shown };
    throw thrown;
  }
}

/** Whether the server sends its refusals to any requested redirect URI, which no code then reaches. */
function refusesAnywhere(bench: Bench): Promise<boolean> {
  return bench.onceInRun('refuses anywhere', async (once) => {
    try {
      const elsewhere = withPath(once.listening, () => '/elsewhere');
      const { parameters } = await once.authorize({ set: { redirect_uri: elsewhere } }, { anywhere: true });
      return refusesRequest(parameters);
    } catch (thrown) {
      if (thrown instanceof ErrorShown) return false;
      throw thrown;
    }
  });
}

/** The URI if a browser that follows it gets to our port; a foreign host is replaced by a name that leads here. */
function reachable(uri: string, { protocol: listened, port, hostname: own }: URL): string | undefined {
  const here = uri
    .replace(`@${foreignHost}`, `@${localForeignHost}:${port}`)
    .replace(foreignHost, localForeignHost);
  if (!URL.canParse(here)) return undefined;
  const { protocol, hostname, port: leads } = new URL(here);
  // For a registered IP address, we listen on that one only; for the names, browsers try both families.
  const isHere =
    hostname === own ||
    (own === 'localhost' && ['127.0.0.1', '[::1]'].includes(hostname)) ||
    hostname === 'localhost' ||
    hostname.endsWith('.localhost');
  // The certificate is for the registered name, and the user accepted it for that.
  const isShown = protocol === 'http:' || listened === 'http:' || hostname === own;
  return /^https?:$/.test(protocol) && isShown && isHere && leads === port ? here : undefined;
}

/** Removes the user name, since browsers do not tell which one was in the URI that they followed. */
function withoutUser(uri: string): string {
  const url = new URL(uri);
  url.username = '';
  url.password = '';
  return url.href;
}
