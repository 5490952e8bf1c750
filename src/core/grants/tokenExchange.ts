import { requireOwnServer } from '../oauth/clientAuthentication.ts';
import type { GrantFlow } from '../oauth/grantFlow.ts';
import type { Parameter } from '../oauth/tokenRequest.ts';
import type { Profile } from '../profile/profile.ts';
import type { GrantInput } from '../profile/traits.ts';
import { FailureError } from '../record/failure.ts';
import type { GrantDescriptor } from './grant.ts';
import { accessTokenType, tokenExchangeGrant } from '../oauth/tokenTypes.ts';
import { audienceParameter, detailsParameter, scopeParameter } from '../oauth/tokenParameters.ts';

/**
 * A token is handed in, and another one comes back: for another API, for less, or on behalf of somebody.
 *
 * @see RFC 8693 section 2
 */
export const tokenExchange: GrantDescriptor = {
  id: 'token_exchange',
  grantType: tokenExchangeGrant,
  label: 'Token exchange',
  short: 'token exchange',
  summary: 'A token of another profile, or one you paste, is exchanged for a new one.',
  description: 'Exchanges a token of another profile, or a pasted one, for a new one (RFC 8693).',
  icon: 'arrow-swap',
  actsForUser: true,
  redirects: false,
  waitsFor: 'nothing',
  provesItself: false,
  defaultAuthentication: 'client_secret_basic',
  needs: [],
  fields: ['subjectProfile', 'subjectTokenType', 'requestedTokenType', 'actorProfile', 'actorTokenType'],
  endpoints: ['token_endpoint'],
  exchanges: [
    {
      ...{ purpose: 'token', title: 'Exchange the token', lane: 'token_endpoint' },
      parameters: {
        audience: ['For whom the new token is: the service it will be used at.', 'RFC 8693 section 2.1'],
        resource: ['The address of the service that the new token is for.', 'RFC 8693 section 2.1'],
        scope: [
          'What the new token may be used for; in an answer, what was granted.',
          'RFC 8693 section 2.1',
        ],
      },
    },
  ],
  input: {
    ...{ what: 'subject_token', noun: 'subject token' },
    ...{ long: true, once: true, fromProfile: 'subjectProfile' },
  },
  meanings: [
    {
      error: 'invalid_grant',
      meaning:
        'The subject token was refused: it has ended, was revoked, or is none that this server trusts.',
      advice: 'Get a new subject token, and compare its issuer with those the server trusts.',
      source: 'RFC 6749 section 5.2',
    },
    {
      error: 'invalid_request',
      meaning:
        'The subject token was refused (expired, of another issuer, of another type), or a parameter is wrong.',
      advice:
        'Get a new subject token, and compare its type and its audience with what the server exchanges.',
      source: 'RFC 8693 section 2.2.2',
    },
    {
      error: 'invalid_target',
      meaning: 'The server issues no token for the audience or resource that was asked for.',
      advice: 'Compare audience and resource of the profile with what this client may ask for.',
      source: 'RFC 8693 section 2.2.2',
    },
  ],
  otherNames: ['tokenexchange'],
  inputs: actorOf,
  async run(profile, flow) {
    const prepared = await flow.prepare((metadata) => requireOwnServer(profile, metadata, 'subject token'));
    const subject = await flow.input();
    const [actorInput] = actorOf(profile);
    const actor = actorInput && (await flow.input(actorInput));
    const handed = await Promise.all([
      written(subject, profile.subjectTokenType),
      actor && written(actor, profile.actorTokenType),
    ]);
    for (const token of handed) if (token !== undefined) flow.trace.useSecret(token);
    const tokens = await prepared.requestToken({ parameters: exchangeParameters(profile, ...handed) });
    // Of a type that was asked for, the token's view says it.
    if (profile.requestedTokenType === undefined && typeof tokens.extra['issued_token_type'] !== 'string')
      noteUnnamed(flow.trace);
    return tokens;
  },
};

/** @see RFC 8693 section 2.2.1 (issued_token_type) */
function noteUnnamed(trace: GrantFlow['trace']): void {
  const exchange = trace.exchanges.findLast(({ purpose }) => purpose === 'token');
  const message = 'The response does not say what was issued: issued_token_type is missing.';
  if (exchange)
    trace.deviate(exchange.id, [
      { code: 'issued_token_type_missing', message, source: 'RFC 8693 section 2.2.1' },
    ]);
}

/** Who acts for the subject, where somebody does: the token of another profile, or one that is asked for. */
function actorOf({ actorProfile, actorTokenType }: Profile): readonly GrantInput[] {
  if (actorProfile === undefined && actorTokenType === undefined) return [];
  return [
    {
      ...{ what: 'actor_token', noun: 'actor token', long: true, once: true },
      ...{ fromProfile: 'actorProfile', tokenType: actorTokenType ?? accessTokenType },
    },
  ];
}

/** A token as its type wants it: SAML in base64url, in whatever form it was given. @see RFC 8693 section 3 */
async function written(token: string, type = accessTokenType): Promise<string> {
  if (!/:saml[12]$/.test(type)) return token;
  const { readSaml, xmlOf } = await import('../oauth/samlAssertion.ts');
  const xml = xmlOf(token);
  if (xml === undefined) return token;
  const read = type.endsWith('2') ? readSaml(xml) : { kind: 'read' as const, text: xml };
  if (read.kind === 'read') return Buffer.from(read.text, 'utf8').toString('base64url');
  throw new FailureError({
    ...{ kind: 'secret_missing', what: 'input', step: 'secret' },
    message: `${read.kind === 'problem' ? read.problem : 'The assertion is encrypted.'} Nothing was sent.`,
    advice: 'Run it again, and give one SAML 2.0 assertion.',
  });
}

/** @see RFC 8693 section 2.1 */
function exchangeParameters(profile: Profile, token: string, actor: string | undefined): Parameter[] {
  const { subjectTokenType = accessTokenType, actorTokenType = accessTokenType } = profile;
  const { requestedTokenType, scopes, audience } = profile;
  return [
    ['grant_type', tokenExchangeGrant],
    ['subject_token', token],
    ['subject_token_type', subjectTokenType],
    ...(requestedTokenType === undefined ? [] : [['requested_token_type', requestedTokenType] as const]),
    ...(actor === undefined
      ? []
      : ([
          ['actor_token', actor],
          ['actor_token_type', actorTokenType],
        ] as const)),
    ...scopeParameter(scopes),
    ...audienceParameter(audience),
    ...detailsParameter(profile.authorizationDetails),
  ];
}
