import { plainText } from '../../http/plainText.ts';
import { headerValue } from '../../record/exchange.ts';
import { rfc } from '../../source.ts';
import type { Facts } from '../facts.ts';
import { wasRefused, type Rule } from '../rule.ts';
import { firewallRefused, wafHeader } from '../topics/operator.ts';
import { address } from '../usualFixes.ts';

/** What a proxy says of itself, in a header that the most common one sends with every error of its own. */
export function ofProxy({ exchange }: Facts): string | undefined {
  return headerValue(exchange?.response?.headers ?? [], 'x-squid-error');
}

/** A proxy that did not get through, or refuses: the server never saw the request. @see RFC 9110 section 15.6.3 */
export const proxyFailed: Rule = (facts) => {
  const told = ofProxy(facts);
  if (told === undefined || !wasRefused(facts) || facts.status === 407) return [];
  return [
    {
      id: 'proxy-failed',
      weight: 90,
      title: 'A proxy on the way answered in the place of the server.',
      evidence: [`The answer has X-Squid-Error: ${plainText(told, 60)}.`],
      steps: [
        'Check the host name and port of the address.',
        'Ask whoever runs the proxy whether it may reach them.',
      ],
      fixes: address(facts),
    },
  ];
};

/** A firewall that names itself in a header, whatever status and page it sends: that of AWS does. */
export const firewallNamed: Rule = ({ exchange }) => {
  const action = headerValue(exchange?.response?.headers ?? [], wafHeader);
  if (action === undefined) return [];
  return [
    {
      id: 'firewall',
      weight: 90,
      title: firewallRefused,
      evidence: [`The answer has X-Amzn-Waf-Action: ${plainText(action, 60)}.`],
      steps: [
        'Ask whoever runs the server to let this request through: no client but a browser solves its puzzle.',
      ],
      fixes: [{ kind: 'run_again' }],
    },
  ];
};

/** A server in trouble or asked too often. @see RFC 9110 section 15.6 */
export const serverInTrouble: Rule = (facts) => {
  const { failure, error, exchange } = facts;
  if (ofProxy(facts) !== undefined) return [];
  const status = 'status' in failure ? (failure.status ?? 0) : 0;
  const named = error === 'server_error' || error === 'temporarily_unavailable';
  if (!named && status < 500 && status !== 429) return [];
  const often = status === 429;
  const wait = plainText(headerValue(exchange?.response?.headers ?? [], 'retry-after') ?? '', 60);
  const seconds = /^[1-9]\d{1,6}$/.test(wait) ? ` ${Number(wait)} seconds, as the server asks,` : ' a little';
  return [
    {
      id: often ? 'asked-too-often' : 'server-in-trouble',
      // A server in trouble cannot know that it refuses the client.
      weight: status === 401 ? 44 : 70,
      title: often ? 'The server limits how often it is asked.' : 'The server itself has a problem.',
      evidence: [
        status === 0 ? `The server said ${error ?? ''}.` : `The answer has status ${status}.`,
        ...(wait === '' ? [] : [`Its Retry-After is ${wait}.`]),
      ],
      steps: [`Wait${seconds} and run again.`, 'If it persists, look at the server’s log or status page.'],
      fixes: [{ kind: 'run_again' }],
      source: rfc(9110, '15.6'),
    },
  ];
};
