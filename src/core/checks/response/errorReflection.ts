import { outOfOrder } from '../../http/webPage.ts';
import { random } from '../authorizationRequest.ts';
import type { Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { ErrorShown } from '../errorShown.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { titleOf } from '../probe.ts';
import { foreignHost, localForeignHost } from '../registered.ts';
import { mostHops, shownPage } from '../shownPage.ts';
import { rfc } from '../../source.ts';

/** An element that does nothing; a browser would take it for one, all the same. */
const mark = '<oauth-explorer-check>';

/** A page that shows what was sent must not run it. */
export const errorReflection: Check = {
  id: 'response.error-reflection',
  area: 'response',
  title: 'No page runs what was sent',
  tries:
    'Asks for a code with a foreign redirect URI and with HTML in several parameters, in the signed-in browser where the server signs in first, and with HTML in the state of a correct request.',
  expects: 'Its error page and its sign-in page show them escaped, or not at all.',
  judged: 'HTML of the request in the page fails: a link to the server runs scripts in its name.',
  sources: [rfc(6819, '5.2.1.4'), rfc(6749, '10.14')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 5 * (mostHops + 1),
  signIns: 2,
  async run(bench) {
    const page = await errorPage(bench, `"'>${mark}`);
    if (page === undefined)
      return notDetermined('The server showed no page of its own that could be looked at.');
    const type = page.headers.get('content-type') ?? '';
    const html = await page.text();
    if (!runs(type, html)) {
      if (outOfOrder(page.status))
        return notDetermined(`The authorization endpoint answered with status ${page.status}.`);
      // A firewall that blocks markup answers with its own page, which tells nothing about the server's.
      const own = await errorPage(bench, 'oauth-explorer-check');
      if (own?.status !== page.status || titleOf(await own.text()) !== titleOf(html))
        return notDetermined(
          `For HTML in the request another page is shown (status ${page.status}) than for other errors, so the server's own is not seen.`,
        );
      const { uri, tells } = await bench.notRefused();
      if (await signInReflects(bench, uri)) return reflected('sign-in');
      return tells ? pass('Nothing of the request stands unescaped in the error page.') : behindSignIn(bench);
    }
    return reflected('error');
  },
};

/** Has the signed-in browser, whose pages nobody else reads, shown an error page: one that runs what was sent leads the tab back to us. */
async function behindSignIn(bench: Bench): Promise<Judgement> {
  if (!bench.canSignIn)
    return notDetermined('The server signs everybody in first, so its error page is not seen here.');
  await bench.reference();
  const proof = `/${random()}`;
  const back = new URL(proof, bench.listening);
  const foreign = `${back.protocol}//${localForeignHost}:${back.port}/`;
  try {
    // Where a foreign host is redirected to, what is not an address at all leads nowhere.
    for (const before of [foreign, '']) {
      const state = `${random()}"'><meta http-equiv="refresh" content="0;url=${back.href}">`;
      const set = { redirect_uri: before + state, scope: state, response_type: state };
      const { location } = await bench.authorize({ set }, { state, proof, anywhere: true });
      if (location?.pathname === proof) return reflected('error');
    }
    return notDetermined(
      'The server sends its errors elsewhere, and showed no page that could be looked at.',
    );
  } catch (thrown) {
    // A pushed request is refused without a page.
    if (thrown instanceof ErrorShown && thrown.answer === undefined)
      return pass('The signed-in browser ran nothing of the request in the error page that it was shown.');
    throw thrown;
  }
}

function reflected(what: 'error' | 'sign-in'): Judgement {
  return fail(
    `The ${what} page holds HTML of the request as it is, so a link to the server can run scripts in its name.`,
    'Escape everything that comes from the request.',
  );
}

/** Whether a browser would take what was sent for HTML. */
function runs(type: string, text: string): boolean {
  const isPage = type === '' || /\b(?:html|xml|svg)\b/i.test(type);
  return isPage && text.toLowerCase().includes(mark);
}

/** Whether the sign-in page contains the state of a correct request unescaped, as many forms carry it along. */
async function signInReflects(bench: Bench, uri: string): Promise<boolean> {
  const set = { redirect_uri: uri, state: `"'>${mark}` };
  const page = await shownPage(bench, await bench.authorizationUrl({ set }));
  return page !== undefined && runs(page.headers.get('content-type') ?? '', await page.text());
}

/** The error page for a request with this text in everything that can be wrong. */
async function errorPage(bench: Bench, sent: string): Promise<Response | undefined> {
  const set = {
    redirect_uri: `https://${foreignHost}/${sent}`,
    state: sent,
    scope: sent,
    response_type: sent,
  };
  // Where a foreign host is redirected to, what is not an address at all leads nowhere.
  return (
    (await shownPage(bench, await bench.authorizationUrl({ set }))) ??
    (await shownPage(bench, await bench.authorizationUrl({ set: { ...set, redirect_uri: sent } })))
  );
}
