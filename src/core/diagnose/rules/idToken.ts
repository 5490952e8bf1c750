import type { Failure } from '../../record/failure.ts';
import type { QuickFix } from '../quickFix.ts';
import type { Rule } from '../rule.ts';
import { openid } from '../../source.ts';

/** What is wrong with an id_token, and what it was compared with. @see OpenID Connect Core 1.0 section 3.1.3.7 */
export const idTokenUnfit: Rule = ({ failure, metadata }) => {
  if (failure.kind !== 'invalid_id_token') return [];
  const { code, expected, received } = failure;
  // The profile cannot name another issuer than the metadata does.
  const agreed = code === 'iss' && expected !== undefined && metadata['issuer'] === expected;
  return [
    {
      id: 'invalid-id-token',
      weight: 70,
      title: titleOf(failure),
      evidence: [
        `What is wrong: ${code}.`,
        ...(expected === undefined || expected === '' ? [] : [`Expected: ${expected}`]),
        ...(received === undefined ? [] : [`Received: ${received}`]),
        ...(agreed ? ['The metadata of the server names the expected one: its tokens do not.'] : []),
      ],
      steps: [
        agreed
          ? 'Have the operator make the issuer in the tokens that of the metadata; a server behind a proxy may have to be told its address.'
          : failure.advice || 'Check issuer and client ID of the profile against the server.',
      ],
      fixes: (isAnothers(failure) && !agreed ? fixes[code] : undefined) ?? [{ kind: 'sign_in' }],
      source: openid('3.1.3.7'),
    },
  ];
};

type IdTokenFailure = Extract<Failure, { readonly kind: 'invalid_id_token' }>;

function titleOf({ code, problem }: IdTokenFailure): string {
  if (['signature', 'key_not_found', 'jwks'].includes(code))
    return 'The signature of the id_token could not be shown to be the server’s.';
  if (['encrypted', 'alg', 'crit', 'malformed'].includes(code))
    return 'The id_token is not in a form that can be taken.';
  if (problem === 'missing') return `The id_token has no ${code}, and must have it.`;
  if (problem === 'type') return `The ${code} of the id_token is not what the standard says it is.`;
  return 'The id_token of the answer does not fit this sign-in.';
}

/** Whether it was compared with a field of the profile and differs: no other value of it mends what is absent. */
function isAnothers({ problem, expected }: IdTokenFailure): boolean {
  return problem === 'wrong' && expected !== undefined;
}

const signIn: QuickFix = { kind: 'sign_in' };
const clientId: readonly QuickFix[] = [signIn, { kind: 'edit_profile', field: 'clientId' }];

const fixes: Readonly<Record<string, readonly QuickFix[] | undefined>> = {
  iss: [signIn, { kind: 'edit_profile', field: 'issuer' }],
  aud: clientId,
  azp: clientId,
};
