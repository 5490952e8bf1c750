import { plainText } from '../../http/plainText.ts';
import { headerValue } from '../../record/exchange.ts';
import { askedAt, endpointOf, gaveToken, isPage } from '../endpointAsked.ts';
import type { Facts } from '../facts.ts';
import { errorMeaning } from '../meanings.ts';
import type { QuickFix } from '../quickFix.ts';
import { findsNothing, type Rule } from '../rule.ts';
import { address } from '../usualFixes.ts';
import { worked } from '../worked.ts';
import { ofProxy } from './between.ts';
import { tooLarge } from './refusedBefore.ts';

/** A page, a proxy or nothing where an answer should be. */
export const wrongAddress: Rule = (facts) => {
  const { failure, exchange, status = 0 } = facts;
  const page = isPage(facts);
  const notThere = isNotThere(facts);
  const isApi = failure.step === 'api' && exchange?.purpose !== 'userinfo';
  if (isApi || failure.step === 'discovery' || ofProxy(facts) !== undefined || tooLarge.has(status))
    return [];
  if (!notThere && !(page && ['http_error', 'malformed_response'].includes(failure.kind))) return [];
  const named = endpointOf(facts);
  const before = worked(facts).address;
  const { title, steps } = before ? changed(notThere) : found(named, notThere, page, status);
  // It came with the registration: no field of the profile has it.
  const isOwn = exchange?.purpose === 'registered_client';
  return [
    {
      id: 'wrong-address',
      weight: notThere ? 75 : failure.step === 'api' ? 55 : 65,
      title,
      evidence: [
        exchange === undefined ? `The request went to the ${named}.` : askedAt(exchange.request.url),
        ...(before ? [gaveToken] : []),
        ...methodsTaken(facts),
        ...(page
          ? ['The answer is a web page, as a login form, a proxy or another application sends one.']
          : []),
      ],
      steps: isOwn
        ? ['The registration may have ended there: register the client again.', ...steps.slice(1)]
        : steps,
      fixes: isOwn ? [] : [...(before ? [runAgain] : []), ...address(facts)],
    },
  ];
};

const runAgain: QuickFix = { kind: 'run_again' };
const wantsLogin = 'Check whether a proxy or VPN wants a login first.';
interface Told {
  readonly title: string;
  readonly steps: readonly string[];
}

/** What is at an address that was the right one a while ago. */
function changed(notThere: boolean): Told {
  return {
    title: notThere
      ? 'The token endpoint is not there any more, or something stands before it now.'
      : 'A web page answers: something stands before the token endpoint now.',
    steps: [
      'Check whether a proxy or VPN wants a login first, and run again.',
      'If it stays, ask whoever runs the server what has changed there.',
    ],
  };
}

function found(named: string, notThere: boolean, page: boolean, status: number): Told {
  const compare = `Compare the ${named} with the server’s documentation.`;
  if (notThere)
    return { title: `The ${named} is not at this address.`, steps: page ? [compare, wantsLogin] : [compare] };
  if (status === 403)
    return {
      title: `A web page forbids the request: a gateway or firewall stands before the ${named}, or that is at another address.`,
      steps: [compare, 'Read the page: a number in it is for whoever runs the gateway.'],
    };
  return { title: `A web page answers where the ${named} should be.`, steps: [compare, wantsLogin] };
}

/** Whether the status says that there is nothing, and nothing else in the answer is the endpoint's own. */
function isNotThere(facts: Facts): boolean {
  const { failure, error = '', status = 0 } = facts;
  const unknownCode =
    failure.kind === 'oauth_error' && errorMeaning(error, failure.step) === undefined && !findsNothing(facts);
  return (failure.kind === 'http_error' || unknownCode) && [404, 405, 410].includes(status);
}

/** What a refused method should have been. @see RFC 9110 section 15.5.6 */
function methodsTaken({ status, exchange }: Facts): readonly string[] {
  const allowed = plainText(headerValue(exchange?.response?.headers ?? [], 'allow') ?? '', 100);
  if (status !== 405 || allowed === '') return [];
  const sent = plainText(exchange?.request.method ?? '', 20);
  return [`Its Allow says that it takes ${allowed}; sent was ${sent}.`];
}
