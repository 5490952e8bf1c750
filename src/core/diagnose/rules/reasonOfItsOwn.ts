import { unnamedError } from '../../oauth/errorBody.ts';
import { errorName, plainText } from '../../http/plainText.ts';
import type { Cause } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import { wasRefused } from '../rule.ts';
import { saysOnlyStatus } from '../statusAlone.ts';
import { address } from '../usualFixes.ts';
import { worked } from '../worked.ts';

/** What is left to say of a refusal that nothing else explains. */
export function reasonOfItsOwn(facts: Facts): readonly Cause[] {
  const { error, failure, status, exchange } = facts;
  if (failure.kind === 'malformed_response') return malformed(failure, facts);
  // What proves nothing, or proves itself with a token, can be refused all the same.
  const alone =
    (failure.step === 'registration' || exchange?.purpose === 'userinfo') &&
    ['oauth_error', 'http_error'].includes(failure.kind);
  if ((!wasRefused(facts) && !alone) || (error === undefined && status === undefined)) return [];
  if (status !== undefined && status < 400 && error === undefined)
    return [
      {
        ...{ id: 'no-token-there', weight: 20, title: 'The server gave neither a token nor an error.' },
        ...{ evidence: [`It answered with status ${status}.`], fixes: address(facts) },
        steps: ['Compare the address, and the answer in the flow view, with the server’s documentation.'],
      },
    ];
  return [
    {
      ...{
        id: 'reason-of-its-own',
        weight: 20,
        title: 'The server refused for a reason that only itself can tell.',
      },
      evidence: [
        error === undefined
          ? `It answered with status ${status ?? 0}.`
          : `The server said ${failure.kind === 'oauth_error' && error === unnamedError ? plainText(failure.body.error_description ?? error, 200) : errorName(error, 100)}.`,
      ],
      steps: [
        repeatsStatus(facts)
          ? 'Compare the token endpoint with the server’s documentation: the answer says no more than its status, and is not of OAuth’s form.'
          : 'Read the server’s own words, and look them up in its documentation or its log.',
        'Compare the request in the flow view with what the server documents.',
      ],
      fixes: repeatsStatus(facts) ? address(facts) : [],
    },
  ];
}

/** A success with something else in it than was asked for. */
function malformed(
  { step, code, message, advice }: Extract<Facts['failure'], { readonly kind: 'malformed_response' }>,
  facts: Facts,
): readonly Cause[] {
  const evidence = [plainText(message, 300)];
  if (step === 'discovery') return [];
  if (step === 'token' || step === 'refresh')
    return [
      {
        ...{ id: 'no-token-there', weight: 40, evidence },
        title:
          'Something answered with a success that holds no token: this is not a token endpoint, or it was not asked as it wants.',
        steps: [
          'Compare the token endpoint with the server’s documentation, and the answer in the flow view with what is said there.',
        ],
        fixes: address(facts),
      },
    ];
  const isSigned = code === 'signature';
  return [
    {
      ...{ id: 'not-what-was-asked', weight: 40, evidence },
      title: isSigned
        ? 'The answer is signed, and could not be shown to be the server’s, or to be meant for this client.'
        : 'The server answered with success, but not with what was asked for.',
      steps: [
        isSigned
          ? advice
          : 'Compare the address and the answer, in the flow view, with the server’s documentation.',
      ],
      fixes: [],
    },
  ];
}

/** Whether all that the token endpoint says is its status and what that is called, as a framework answers for itself. */
function repeatsStatus(facts: Facts): boolean {
  const { kind, step } = facts.failure;
  const isToken = kind === 'http_error' && (step === 'token' || step === 'refresh');
  return isToken && saysOnlyStatus(facts) && !worked(facts).address;
}
