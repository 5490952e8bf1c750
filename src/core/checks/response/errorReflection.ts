import { outOfOrder } from '../../http/webPage.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { titleOf } from '../probe.ts';
import { foreignHost } from '../registered.ts';
import { mostHops, shownPage } from '../shownPage.ts';
import { rfc } from '../../source.ts';

/** An element that does nothing; a browser would take it for one, all the same. */
const mark = '<oauth-explorer-check>';

/** An error page that shows what was sent must not run it. */
export const errorReflection: Check = {
  id: 'response.error-reflection',
  area: 'response',
  title: 'The error page runs nothing that was sent',
  tries: 'Asks for a code with a foreign redirect URI and with HTML in several parameters.',
  expects: 'Its error page shows them escaped, or not at all.',
  judged: 'HTML of the request in the page fails: a link to the server runs scripts in its name.',
  sources: [rfc(6819, '5.2.1.4'), rfc(6749, '10.14')],
  needs: { authorization: true },
  requests: 4 * (mostHops + 1),
  signIns: 0,
  async run(bench) {
    const page = await errorPage(bench, `"'>${mark}`);
    if (page === undefined)
      return notDetermined('The server showed no page of its own that could be looked at.');
    const type = page.headers.get('content-type') ?? '';
    const isPage = type === '' || /\b(?:html|xml|svg)\b/i.test(type);
    const html = await page.text();
    if (!isPage || !html.toLowerCase().includes(mark)) {
      if (outOfOrder(page.status))
        return notDetermined(`The authorization endpoint answered with status ${page.status}.`);
      // A firewall that does not let markup through answers with a page of its own, which says nothing of the server's.
      const own = await errorPage(bench, 'oauth-explorer-check');
      if (own?.status !== page.status || titleOf(await own.text()) !== titleOf(html))
        return notDetermined(
          `For HTML in the request another page is shown (status ${page.status}) than for other errors, so the server's own is not seen.`,
        );
      return (await bench.notRefused()).tells
        ? pass('Nothing of the request stands unescaped in the error page.')
        : notDetermined('The server signs everybody in first, so its error page is not seen here.');
    }
    return fail(
      'The error page holds HTML of the request as it is, so a link to the server can run scripts in its name.',
      'Escape everything that comes from the request.',
    );
  },
};

/** The error page for a request with this in all that can be wrong. */
async function errorPage(bench: Bench, sent: string): Promise<Response | undefined> {
  const set = {
    redirect_uri: `https://${foreignHost}/${sent}`,
    state: sent,
    scope: sent,
    response_type: sent,
  };
  // Where a foreign host is redirected to, what is no address at all leads nowhere.
  return (
    (await shownPage(bench, await bench.authorizationUrl({ set }))) ??
    (await shownPage(bench, await bench.authorizationUrl({ set: { ...set, redirect_uri: sent } })))
  );
}
