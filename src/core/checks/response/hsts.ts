import type { Check } from '../check.ts';
import { saysNothing } from '../heard.ts';
import { notApplicable, notDetermined, pass, weakness } from '../judgement.ts';
import { noTls } from '../securePlaces.ts';
import { shownPage, mostHops } from '../shownPage.ts';
import { rfc } from '../../source.ts';

const advice = 'Send Strict-Transport-Security: max-age=31536000 with every response by https.';

/** The first visit over plain http can be redirected elsewhere. */
export const hsts: Check = {
  id: 'response.hsts',
  area: 'response',
  title: 'Browsers use https only (HSTS)',
  tries: 'Opens the authorization endpoint as a browser does and looks at the headers.',
  expects: 'It sends Strict-Transport-Security with a max-age.',
  judged: 'A response without it is a weakness.',
  sources: [rfc(6797, '7.1'), rfc(9325, '3.2')],
  needs: { authorization: true },
  requests: mostHops + 2,
  signIns: 0,
  async run(bench) {
    if (new URL(bench.authorizationEndpoint).protocol !== 'https:') return notApplicable(noTls);
    const { uri } = await bench.notRefused();
    const url = await bench.authorizationUrl({ set: { redirect_uri: uri } });
    const first = await bench.send('authorization', url);
    const page = headerOf(first) === undefined ? await shownPage(bench, url) : undefined;
    const value = headerOf(first) ?? headerOf(page);
    // A blocking firewall, or a proxy before a server that is out of order, answers without the server's headers.
    const silent = [first.status, page?.status ?? 0].find((status) => status >= 400);
    if (value === undefined && silent !== undefined)
      return notDetermined(saysNothing('authorization', silent));
    if (value === undefined)
      return weakness(
        'The server does not send Strict-Transport-Security, so a browser can be led to plain http.',
        advice,
      );
    const seconds = maxAge(value);
    if (seconds === undefined)
      return weakness('Strict-Transport-Security has no max-age, so browsers ignore it.', advice);
    if (seconds === 0)
      return weakness('Strict-Transport-Security has max-age=0, which switches it off.', advice);
    return pass(`Browsers use https only, for ${describe(seconds)}.`);
  },
};

/** The header's value: of several fields, browsers use the first. @see RFC 6797 section 8.1 */
function headerOf(response: Response | undefined): string | undefined {
  return response?.headers.get('strict-transport-security')?.split(',', 1)[0];
}

/** The value of `max-age`, in seconds. @see RFC 6797 section 6.1 */
function maxAge(value: string): number | undefined {
  for (const directive of value.slice(0, 1000).split(';')) {
    const [name = '', number = ''] = directive.split('=', 2).map((part) => part.trim());
    const digits = /^"?(\d{1,15})"?$/.exec(number)?.[1];
    if (name.toLowerCase() === 'max-age') return digits === undefined ? undefined : Number(digits);
  }
  return undefined;
}

function describe(seconds: number): string {
  return seconds >= 86_400 ? `${Math.floor(seconds / 86_400)} days` : `${seconds} seconds`;
}
