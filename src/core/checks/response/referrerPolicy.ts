import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { mostHops, signInPage } from '../shownPage.ts';
import { rfc } from '../../source.ts';

/** The address of the sign-in page holds the request, state included. */
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
  requests: mostHops + 1,
  signIns: 0,
  async run(bench) {
    const { uri } = await bench.notRefused();
    const page = await signInPage(bench, uri);
    if (page === undefined)
      return notDetermined('The server showed no page of its own that could be looked at.');
    // Of several policies browsers take the last one that they know.
    const policy = (page.headers.get('referrer-policy') ?? '').toLowerCase().split(',').at(-1)?.trim() ?? '';
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
