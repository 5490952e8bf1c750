import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { mostHops, signInPage, withoutPage } from '../shownPage.ts';
import { rfc } from '../../source.ts';

/** The policies that browsers know. @see W3C Referrer Policy, section 3 */
const known = new Set([
  ...['no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin'],
  ...['origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url'],
]);

/**
 * The policy in effect: of several the last one that browsers know; unknown ones are ignored.
 *
 * @see W3C Referrer Policy, section 8.1
 */
function policyOf(header: string): string {
  const policies = header.toLowerCase().split(',');
  return policies.map((policy) => policy.trim()).findLast((policy) => known.has(policy)) ?? '';
}

/** The URL of the sign-in page contains the request with its state, which must not get into a Referer. */
export const referrerPolicy: Check = {
  id: 'response.referrer-policy',
  area: 'response',
  title: 'The sign-in page keeps its address to itself',
  tries: "Loads the sign-in page, staying on the server's own origins, and looks at its headers.",
  expects:
    'It sends Referrer-Policy: no-referrer, or leaves it to the browser, which then tells others the host only.',
  judged: 'A policy that tells others the whole address fails.',
  sources: [rfc(9700, '4.2.4'), rfc(9700, '4.2.1')],
  needs: { authorization: true },
  requests: mostHops + 2,
  signIns: 0,
  async run(bench) {
    const { uri } = await bench.notRefused();
    const page = await signInPage(bench, uri);
    if (page === undefined) return withoutPage(bench, uri);
    const policy = policyOf(page.headers.get('referrer-policy') ?? '');
    if (policy === 'unsafe-url' || policy === 'no-referrer-when-downgrade')
      return fail(
        `The sign-in page sends Referrer-Policy: ${policy}, so every host it loads something from learns the whole request.`,
        'Send Referrer-Policy: no-referrer with every page of the sign-in.',
      );
    return pass(
      policy === ''
        ? 'The sign-in page leaves it to the browser, which tells other hosts no more than its host.'
        : 'The sign-in page does not tell other hosts its address.',
    );
  },
};
