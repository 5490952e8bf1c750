import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { mostHops, signInPage, withoutPage } from '../shownPage.ts';
import { rfc } from '../../source.ts';

/** A sign-in page inside somebody else's page can be clicked without being seen. */
export const framing: Check = {
  id: 'response.framing',
  area: 'response',
  title: 'The sign-in page forbids framing',
  tries: "Loads the sign-in page, staying on the server's own origins, and looks at its headers.",
  expects: 'It sends Content-Security-Policy with frame-ancestors, or X-Frame-Options.',
  judged: 'A page without either fails.',
  sources: [rfc(9700, '4.16'), rfc(6819, '4.4.1.9')],
  needs: { authorization: true },
  requests: mostHops + 2,
  signIns: 0,
  async run(bench) {
    const { uri } = await bench.notRefused();
    const page = await signInPage(bench, uri);
    if (page === undefined) return withoutPage(bench, uri);
    if (forbidsFraming(page.headers)) return pass('Another site cannot put the sign-in page into a frame.');
    return fail(
      'Another site can put the sign-in page into a frame and steal a click on Allow.',
      "Send Content-Security-Policy: frame-ancestors 'none' (and X-Frame-Options: DENY) with every page of the sign-in.",
    );
  },
};

/** Whether these headers keep a browser from showing the page in foreign frames. @see CSP Level 3 section 6.4.2 */
export function forbidsFraming(headers: Headers): boolean {
  // Of several policies all apply, so one that forbids is enough; with a policy, browsers ignore X-Frame-Options.
  const policies = (headers.get('content-security-policy') ?? '').split(',');
  const ancestors = policies.flatMap((policy) => /(?:^|;)\s*frame-ancestors([^;]*)/i.exec(policy)?.[1] ?? []);
  if (ancestors.length > 0) return ancestors.some((sources) => !sources.trim().split(/\s+/).some(isAnybody));
  const options = (headers.get('x-frame-options') ?? '').split(',');
  return options.some((option) => /^(?:deny|sameorigin)$/i.test(option.trim()));
}

/** Whether a source allows everybody: `*`, `https:` or `https://*`. */
function isAnybody(source: string): boolean {
  return /^(?:\*|[a-z][a-z0-9+.-]*:(?:\/\/\*(?::[\d*]+)?)?)$/i.test(source);
}
