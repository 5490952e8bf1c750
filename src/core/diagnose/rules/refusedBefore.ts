import { plainText } from '../../http/plainText.ts';
import { headerValue } from '../../record/exchange.ts';
import { rfc } from '../../source.ts';
import { inBrowser } from '../asked.ts';
import { askedAt, endpointOf, gaveToken, isPage } from '../endpointAsked.ts';
import type { Facts } from '../facts.ts';
import { refusedSilently, wasRefused, type Rule } from '../rule.ts';
import { saysOnlyStatus } from '../statusAlone.ts';
import { ownWords } from '../tellingWords.ts';
import { address } from '../usualFixes.ts';
import { worked } from '../worked.ts';
import { ofProxy } from './between.ts';

/** Statuses of a request that is too large, wherever it went. @see RFC 9110 section 15.5.14, RFC 6585 section 5 */
export const tooLarge: ReadonlySet<number> = new Set([413, 414, 431, 494]);

/** Who writes 403 and no more is not a token endpoint, which has codes for what it refuses. @see RFC 6749 section 5.2 */
export const forbiddenAlone: Rule = (facts) => {
  const { failure, status, exchange, challenges } = facts;
  if (status !== 403 || isPage(facts) || challenges.length > 0 || ofProxy(facts) !== undefined) return [];
  const amazon = headerValue(exchange?.response?.headers ?? [], 'x-amzn-errortype');
  const isApi = failure.step === 'api';
  const is = isApi
    ? amazon?.startsWith('ForbiddenException') === true
    : wasRefused(facts) && !inBrowser(facts);
  if (!is || !saysOnlyStatus(facts)) return [];
  const named = isApi ? 'API' : endpointOf(facts);
  return [
    {
      id: 'gateway-refused',
      // Some servers refuse wrong credentials with nothing at all.
      weight: isApi ? 72 : refusedSilently(facts) ? 42 : 55,
      title: `What answers forbids the request and says no more: a gateway or firewall before the ${named}, or another address.`,
      evidence: [
        ...(exchange === undefined ? [] : [askedAt(exchange.request.url)]),
        ...(isApi ? [] : ['A token endpoint says why it refuses, by an error code of OAuth.']),
        ...(worked(facts).address ? [gaveToken] : []),
        ...whoAnswers(facts),
      ],
      steps: [
        ...(amazon !== undefined
          ? [
              'Amazon API Gateway answers so where nothing is deployed at this name and stage, where its API key (x-api-key) is missing, and where a firewall or policy forbids the request.',
            ]
          : worked(facts).address
            ? []
            : [`Compare the ${named} with the server’s documentation: host, path and stage count.`]),
        'Ask whoever runs the gateway what it wants: a key of its own, another network, or a rule that lets the request through.',
      ],
      fixes: isApi ? [] : address(facts),
      source: rfc(6749, '5.2'),
    },
  ];
};

/** By which fields of its header an answer names who wrote it, or whom it came through. @see RFC 9110 sections 7.6.3 and 10.2.4 */
const telling = ['server', 'via', 'x-amzn-errortype'] as const;

function whoAnswers({ exchange }: Facts): readonly string[] {
  return telling.flatMap((name) => {
    const value = plainText(headerValue(exchange?.response?.headers ?? [], name) ?? '', 80);
    return value === '' ? [] : [`Its header has ${name}: ${value}`];
  });
}

/** A request that is larger than what is taken. @see RFC 9110 section 15.5.14, RFC 6585 section 5 */
export const requestTooLarge: Rule = (facts) => {
  const { failure, status = 0, words } = facts;
  const isApi = failure.step === 'api';
  if (!isApi && !wasRefused(facts)) return [];
  const told =
    /\b(?:headers?(?: fields?)?|cookies?|entity|payload|request(?:-?ur[il]|body)?) (?:is |are )?too (?:large|long|big)\b/i.test(
      words.slice(0, 2000),
    );
  if (!tooLarge.has(status) && !(status === 400 && told)) return [];
  return [
    {
      id: 'request-too-large',
      weight: 82,
      title: 'The request is larger than what answers there takes.',
      evidence: [told ? ownWords : `Its status is ${status}.`],
      steps: [
        isApi
          ? 'A token with many claims, such as groups, makes the header long: ask for one with fewer, or have the API’s server take longer headers.'
          : 'Look in the flow view at what makes the request long: an assertion, a certificate, authorization details, or scopes.',
        'Have whoever runs the server, or the proxy before it, allow larger requests.',
      ],
      fixes: [],
      source: rfc(9110, '15.5.14'),
    },
  ];
};
