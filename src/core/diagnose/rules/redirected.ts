import { withoutQuery } from '../../http/ends.ts';
import { rfc } from '../../source.ts';
import { addressShown } from '../addressShown.ts';
import type { Facts } from '../facts.ts';
import type { QuickFix } from '../quickFix.ts';
import type { Rule } from '../rule.ts';
import { address, edit } from '../usualFixes.ts';

/** A redirect in the place of an answer. @see RFC 9700 section 4.12 */
export const redirectedElsewhere: Rule = (facts) => {
  const { failure, profile, exchange } = facts;
  if (failure.kind !== 'redirected') return [];
  const from = exchange?.request.url ?? profile.tokenEndpoint ?? profile.issuer ?? '';
  const to =
    failure.location !== undefined && URL.canParse(failure.location, from)
      ? new URL(failure.location, from)
      : undefined;
  const place = placeOf(from, to, facts);
  return [
    {
      id: 'redirected',
      weight: 70,
      title: failure.location === undefined ? noLocation : redirects[place],
      evidence: [
        `The request went to ${addressShown(from)}`,
        failure.location === undefined
          ? 'The answer has no Location.'
          : `Sent to ${to ? shortUrl(to.href) : 'an address that is none'}`,
        ...(failure.tried === undefined ? [] : [`Asked: ${failure.tried.join('; ')}`]),
      ],
      steps: [
        place === 'between'
          ? 'Open the address in a browser on this machine and do what its page wants, or have the proxy let the request through.'
          : 'Use the address that answers itself, exactly as the server documents it.',
      ],
      fixes: to === undefined ? [] : redirectFixes(facts, place, from, to),
      source: rfc(9700, '4.12'),
    },
  ];
};

const noLocation = 'The server answers with a redirect, but does not say where to.';

/** What is where a redirect leads, as far as its address tells. */
const redirects = {
  between:
    'The request is sent to another host, which is to send it back: a proxy or a login stands between.',
  metadata_login:
    'The server sends the request for its metadata to a login page: a gateway stands before it, or the issuer is another one.',
  login: 'The server sends to a login page: this is not the endpoint, or a gateway stands before it.',
  moved: 'The endpoint is at another address.',
  elsewhere:
    'The server sends the request elsewhere: the endpoint is there, or is not where it was asked for.',
} as const;

function placeOf(from: string, to: URL | undefined, { failure }: Facts): keyof typeof redirects {
  if (to === undefined) return 'elsewhere';
  const asked = new URL(from);
  const isDiscovery = failure.step === 'discovery';
  // A page that is to send back here has the address in its query.
  const back = [...to.searchParams.values()].some((value) => value.includes(asked.host));
  if (back && to.host !== asked.host) return 'between';
  if (lastName(to) === lastName(asked)) return 'moved';
  // Issuers have such words in their paths, too, and so has what was asked.
  const words = isDiscovery ? /log[-_]?in|sign[-_]?in/i : /log[-_]?in|sign[-_]?in|\bsso|\bsaml|\bauth\//i;
  const [before = ''] = words.exec(asked.pathname) ?? [];
  if (!words.test(to.pathname.replace(before, ''))) return 'elsewhere';
  return isDiscovery ? 'metadata_login' : 'login';
}

function redirectFixes(
  facts: Facts,
  place: keyof typeof redirects,
  from: string,
  to: URL,
): readonly QuickFix[] {
  if (place === 'between' || place === 'login') return [];
  return place === 'metadata_login' ? [edit('issuer')] : moved(facts, new URL(from), to);
}

/** The last name of a path; a slash behind it does not count. */
function lastName({ pathname }: URL): string | undefined {
  return pathname.split('/').findLast((name) => name !== '');
}

/** The new address, when it is the same host over https or with another slash: nothing else is safe to take over. */
function moved(facts: Facts, from: URL, to: URL): readonly QuickFix[] {
  const { failure, profile } = facts;
  // Of another query nobody knows what it holds, and a fix is written down.
  const sameHost = to.hostname === from.hostname && to.protocol === 'https:' && to.search === from.search;
  if (failure.kind === 'redirected' && failure.workingIssuer !== undefined)
    return [{ kind: 'set_issuer', issuer: failure.workingIssuer }];
  const isToken = failure.step === 'token' || failure.step === 'refresh';
  // Whether another host is the same server’s, the user decides.
  if (!sameHost || profile.tokenEndpoint === undefined || !isToken) return address(facts);
  return [{ kind: 'set_token_endpoint', tokenEndpoint: to.href.replace(/#.*/s, '') }];
}

/** An address without its query, as causes name it. */
function shortUrl(url: string): string {
  return withoutQuery(url).slice(0, 300);
}
