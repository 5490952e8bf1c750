import { goesTo, type Acceptance } from './acceptance.ts';
import type { Bench } from './bench.ts';
import { ErrorShown } from './errorShown.ts';
import { refusesRequest } from './probe.ts';
import { foreignHost, isForeign, localForeignHost, withPath } from './registered.ts';

/** What the browser showed of a redirect URI. */
export interface SeenInBrowser {
  readonly verdict: Acceptance;
  /** The URI that was tried: a foreign host has another name, one that leads to this computer. */
  readonly shown: string;
}

/**
 * Has the signed-in browser ask for a code at a redirect URI of our own port that is not registered.
 *
 * @returns `unclear` when `uri` is absent or leads to no port of ours
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
    // Over the other scheme nobody sees whether it is a refusal that comes.
    if (came && isOther && (await refusesAnywhere(bench))) return { verdict: 'unclear', shown };
    const taken = came && (isForeign(shown) || !refusesRequest(parameters));
    return { verdict: taken ? 'accepted' : 'refused', shown };
  } catch (thrown) {
    if (thrown instanceof ErrorShown) return { verdict: 'refused', shown };
    throw thrown;
  }
}

/** Whether the server sends its refusals to whatever redirect URI was asked for: no code gets there. */
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

/** The URI if a browser that follows it comes to our port; a foreign host is given a name that leads here. */
function reachable(uri: string, { protocol: listened, port, hostname: own }: URL): string | undefined {
  const here = uri
    .replace(`@${foreignHost}`, `@${localForeignHost}:${port}`)
    .replace(foreignHost, localForeignHost);
  if (!URL.canParse(here)) return undefined;
  const { protocol, hostname, port: leads } = new URL(here);
  // Where one address was registered, only that one is listened on; the names lead to either.
  const isHere =
    hostname === own ||
    (own === 'localhost' && ['127.0.0.1', '[::1]'].includes(hostname)) ||
    hostname === 'localhost' ||
    hostname.endsWith('.localhost');
  // The certificate is for the registered name, and that browsers were told of.
  const isShown = protocol === 'http:' || listened === 'http:' || hostname === own;
  return /^https?:$/.test(protocol) && isShown && isHere && leads === port ? here : undefined;
}

/** Browsers do not say which user stood in the URI that they followed. */
function withoutUser(uri: string): string {
  const url = new URL(uri);
  url.username = '';
  url.password = '';
  return url.href;
}
