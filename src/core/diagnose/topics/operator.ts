import { headerValue } from '../../record/exchange.ts';
import type { Topic } from './topic.ts';
import { gone, near, ofGateway, ofNetwork } from './words.ts';

/** By which a firewall of AWS names itself. */
export const wafHeader = 'x-amzn-waf-action';

/** What a firewall of either kind is told by: its page's words, or its header. */
export const firewallRefused = 'A firewall or gateway before the server refused the request.';

/** What is said by whoever runs the server, or what stands before it. */
export const operatorTopics: readonly Topic[] = [
  {
    id: 'server-in-trouble',
    words: /\bsystem (?:error|busy)|internal (?:server )?error|try again later/i,
    weight: 60,
    title: 'The server’s words say that it has a problem itself.',
    steps: ['Wait a little and run again.', 'If it persists, look at the server’s log or status page.'],
    fixes: () => [{ kind: 'run_again' }],
    when: ({ status, error }) => (status ?? 0) < 500 && error !== 'server_error',
  },
  {
    id: 'asked-too-often',
    words:
      /\brate[ _-]?limit|too many requests|flood control|\bthrottl|\bquota\b.{0,20}\bexceed|too frequent/i,
    weight: 74,
    title: 'The server’s words say that it is asked too often.',
    steps: ['Wait a little and run again.', 'See that the same client does not run elsewhere.'],
    fixes: () => [{ kind: 'run_again' }],
    when: ({ status }) => status !== 429,
  },
  {
    id: 'network-refused',
    words: ofNetwork,
    not: /redirect|callback/i,
    weight: 80,
    title: 'The server does not take requests from this network.',
    steps: [
      'Ask whoever runs the server which networks may ask, or go through the proxy or VPN that they name.',
    ],
    fixes: () => [{ kind: 'run_again' }],
  },
  {
    id: 'policy-refused',
    words: new RegExp(
      String.raw`\bpolic(?:y|ies)\b|conditional access|not assigned|\borg_internal\b|admin_policy|${ofGateway.source}`,
      'i',
    ),
    // At B2C one is part of the address.
    not: near('policy', gone, 120),
    weight: 70,
    title: 'A rule of the server’s operator refuses this client or user.',
    steps: ['Ask whoever runs the server which rule it is: its log names it.'],
    fixes: () => [],
    // A page may speak of any policy, and a limit may be one.
    when: ({ body, status }) => !/^\s*</.test(body) && status !== 429,
  },
  {
    id: 'firewall',
    words:
      /cloudflare|incapsula|akamai|edgesuite|support id|reference(?: |&#32;)(?:#|&#35;)|just a moment|could not be satisfied|request (?:was |has been )?(?:blocked|rejected)|firewall|captcha|zscaler|(?:website|web ?page) (?:is )?blocked|internet (?:use|usage|access) policy|\bwaf\b|^error code: 1\d{3}$/i,
    weight: 86,
    title: firewallRefused,
    steps: [
      'Give whoever runs it the number in its answer, and ask to let this request through.',
      'If it wants a browser or another network, that is nothing a client can change.',
    ],
    fixes: () => [{ kind: 'run_again' }],
    evidence: () => ['The answer has the words of such a gateway.'],
    when: ({ failure, body, exchange }) =>
      headerValue(exchange?.response?.headers ?? [], wafHeader) === undefined &&
      (failure.kind === 'malformed_response' ||
        (failure.kind === 'http_error' && failure.status < 500 && failure.status !== 429)) &&
      /^\s*<|^error code: 1\d{3}\s*$|\bwaf\b|\brequest blocked\b/i.test(body),
  },
];
