import { requireOwnServer } from '../oauth/clientAuthentication.ts';
import { isJwt } from '../oauth/isJwt.ts';
import { pastedToken } from '../oauth/pastedToken.ts';
import type { ReadSecret } from '../profile/traits.ts';
import type { GrantDescriptor } from './grant.ts';
import { audienceParameter, detailsParameter, scopeParameter } from '../oauth/tokenParameters.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * A JWT says for whom a token is wanted: signed here with a key that the server knows, or issued elsewhere.
 *
 * @see RFC 7523 section 2.1
 */
export const jwtBearer: GrantDescriptor = {
  id: 'jwt_bearer',
  grantType,
  label: 'JWT bearer assertion',
  short: 'JWT bearer',
  summary:
    'A JWT signed with your key (or a service account’s), or issued elsewhere, is exchanged for a token.',
  description:
    'A signed JWT gets the token: made here with a private key, or issued elsewhere (RFC 7523, 2.1).',
  icon: 'law',
  actsForUser: false,
  redirects: false,
  waitsFor: 'nothing',
  provesItself: false,
  defaultAuthentication: 'none',
  needs: [],
  fields: ['assertionClaims', 'keyId', 'signingAlgorithm', 'subjectProfile'],
  endpoints: ['token_endpoint'],
  exchanges: [{ purpose: 'token', title: 'Hand in the assertion', lane: 'token_endpoint' }],
  input: {
    ...{ what: 'assertion', noun: 'private key or assertion', long: true, fromProfile: 'subjectProfile' },
    read: readKeyOrJwt,
  },
  meanings: [
    {
      error: 'invalid_grant',
      meaning:
        'The assertion was refused: its signature, issuer, subject, audience or times, or the user has not consented.',
      advice:
        'Compare iss, sub, aud and the key ID with what the server was told, and the clock of this machine with its own.',
      source: 'RFC 7523 section 3.1',
    },
    {
      error: 'consent_required',
      meaning: 'Nobody has allowed this client to act for that user yet.',
      advice: 'Have the user, or an administrator, allow it once in the browser.',
      source: 'OpenID Connect Core section 3.1.2.6',
    },
  ],
  otherNames: ['jwtbearer', 'serviceaccount', 'onbehalfof'],
  async run(profile, flow) {
    const prepared = await flow.prepare((metadata) => requireOwnServer(profile, metadata, 'assertion'));
    const given = await flow.input();
    const { assertionOf } = await import('../oauth/jwtAssertion.ts');
    const assertion = await assertionOf(given, profile, prepared.metadata.server, flow);
    const { scopes, audience } = profile;
    return prepared.requestToken({
      parameters: [
        ['grant_type', grantType],
        ['assertion', assertion],
        ...scopeParameter(scopes),
        ...audienceParameter(audience),
        ...detailsParameter(profile.authorizationDetails),
      ],
    });
  },
};

async function readKeyOrJwt(text: string, passphrase: string | undefined): Promise<ReadSecret> {
  const pasted = pastedToken(text);
  if (isJwt(pasted)) {
    const { assertionInWords } = await import('../oauth/assertionClaims.ts');
    const { claimsOf } = await import('../oauth/jwtClaims.ts');
    return { kind: 'read', text: pasted, told: assertionInWords(claimsOf(pasted)) };
  }
  return (await import('../authentication/anyPrivateKey.ts')).readAnyPrivateKey(text, passphrase);
}
