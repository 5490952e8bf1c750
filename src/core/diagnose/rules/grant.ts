import { asksForAccess } from '../asked.ts';
import { grantOf } from '../../grants/all.ts';
import { listed, type Facts } from '../facts.ts';
import { errorMeaning } from '../meanings.ts';
import { said, wasRefused, type Rule } from '../rule.ts';
import { sentParameters } from '../sentParameters.ts';
import { ownWords, tellingWords } from '../tellingWords.ts';
import { worked } from '../worked.ts';
import { rfc } from '../../source.ts';

/** A grant that the server's metadata does not list. @see RFC 8414 section 2, grant_types_supported */
export const grantNotSupported: Rule = (facts) => {
  const { metadata } = facts;
  const grant = grantTypeOf(facts);
  const supported = listed(metadata, 'grant_types_supported');
  if (!wasRefused(facts) || !asksForAccess(facts)) return [];
  if (!supported || supported.includes(grant) || worked(facts).grant) return [];
  return [
    {
      id: 'grant-not-supported',
      weight: said(facts, 'unsupported_grant_type', 'unauthorized_client') ? 90 : 45,
      title: `The server does not list the grant ${grant}.`,
      evidence: [`grant_types_supported of its metadata: ${supported.slice(0, 12).join(', ')}.`],
      steps: ['Use a grant that the server offers, or have it switched on there.'],
      fixes: [{ kind: 'edit_profile', field: 'grant' }],
      source: rfc(8414, '2'),
    },
  ];
};

/** A grant that a server names beside a code that says less. */
export const unsupported =
  /\bunsupported\b.{0,30}\bgrant[ _]?type|\bgrant[ _]?type\b.{0,40}\b(?:unsupported|not (?:supported|allowed))|\bunauthori[sz]ed grant[ _]?type|^grant_type: |\b(?:grant|flow)\b.{0,40}\b(?:disabled|not enabled|must be (?:explicitly )?enabled)/i;

/** The client may not use the grant. @see RFC 6749 section 5.2 */
export const grantNotAllowed: Rule = (facts) => {
  const coded = said(facts, 'unauthorized_client', 'unsupported_grant_type', 'invalid_grant_type');
  const { error } = facts;
  const spoken = isVague(facts) && tellingWords(facts).some((text) => unsupported.test(text));
  const { client, grant: before } = worked(facts);
  // Who knows the client may say of its grant what is said of its secret.
  const byGrant = said(facts, 'invalid_client') && client && !before;
  if ((!coded && !spoken && !byGrant) || !asksForAccess(facts)) return [];
  const grant = grantTypeOf(facts);
  const told = /grant|flow|service account|this method/i.test(
    tellingWords({ ...facts, error: '' }).join(' '),
  );
  return [
    {
      id: 'grant-not-allowed',
      weight: before ? 30 : told ? 77 : 50,
      title: before
        ? `The client may no longer be allowed to use the grant ${grant}.`
        : said(facts, 'unsupported_grant_type') || !(coded || byGrant)
          ? `The server does not offer the grant ${grant}, or not to this client.`
          : `The client is not registered for the grant ${grant}.`,
      evidence: [
        coded || byGrant ? `The server said ${facts.inner ?? error ?? ''}.` : ownWords,
        ...(byGrant ? ['The same credentials gave a token with another grant earlier in this session.'] : []),
        ...(before ? ['The same client got a token with this grant earlier in this session.'] : []),
      ],
      steps: [
        'Allow the grant in the client’s registration at the server.',
        'Check that the client ID is the one you mean.',
      ],
      fixes: [{ kind: 'edit_profile', field: 'clientId' }],
      source: rfc(6749, '5.2'),
    },
  ];
};

/** Whether the code of a refusal says too little, so that its words may speak of the grant. */
function isVague(facts: Facts): boolean {
  const { error, failure } = facts;
  const unknown = error === undefined || errorMeaning(error.toLowerCase(), failure.step) === undefined;
  return (
    wasRefused(facts) && (unknown || said(facts, 'invalid_request', 'invalid_grant') || deniedAtToken(facts))
  );
}

/** Whether the token endpoint says access_denied, of whatever it does not allow: there no user says no. @see RFC 6749 section 5.2 */
export function deniedAtToken({ error, failure }: Pick<Facts, 'error' | 'failure'>): boolean {
  return error === 'access_denied' && (failure.step === 'token' || failure.step === 'refresh');
}

/** The `grant_type` that was sent, or that the grant of the profile sends later. */
function grantTypeOf({ profile, failure, exchange }: Facts): string {
  if (failure.step === 'refresh') return 'refresh_token';
  return (exchange && sentParameters(exchange).get('grant_type')) ?? grantOf(profile).grantType;
}
