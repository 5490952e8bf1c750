import { plainText } from '../../http/plainText.ts';
import { scopePattern } from '../../profile/fields/access.ts';
import type { Challenge } from '../wwwAuthenticate.ts';
import type { Facts } from '../facts.ts';
import { said, type Rule } from '../rule.ts';
import { rfc } from '../../source.ts';

/** The token has not the scopes the API wants. @see RFC 6750 section 3.1 */
export const insufficientScope: Rule = (facts) => {
  const { failure, status, token, profile } = facts;
  if (failure.step !== 'api' || (status !== 403 && !said(facts, 'insufficient_scope'))) return [];
  const wanted = parameter(facts, 'scope')?.split(/\s+/).filter(Boolean).slice(0, 50) ?? [];
  const has = token?.scopes ?? [];
  const missing = wanted.filter((scope) => !has.includes(scope));
  const addable = missing.filter((scope) => scopePattern.test(scope) && !profile.scopes.includes(scope));
  const clearly = said(facts, 'insufficient_scope');
  return [
    {
      id: 'insufficient-scope',
      weight: clearly ? 90 : 65,
      title:
        missing.length > 0 && token !== undefined
          ? `The token lacks ${names(missing)}.`
          : 'The token’s scopes, or its user’s permissions, do not allow this request.',
      evidence: [
        // Of an answer that somebody brings along, the token is not known.
        ...(token === undefined
          ? []
          : [has.length > 0 ? `The token has ${names(has)}.` : 'The token names no scopes.']),
        wanted.length > 0 ? `The API wants ${names(wanted)}.` : 'The API does not say which it wants.',
      ],
      steps: [
        'Ask for the scope the API needs and get a new token.',
        'If the token has it, look for a role or permission of the user or client instead.',
      ],
      fixes: [
        ...(addable.length > 0 ? [{ kind: 'add_scopes' as const, scopes: addable }] : []),
        { kind: 'edit_profile', field: 'scopes' },
      ],
      source: rfc(6750, '3.1'),
    },
  ];
};

/** The token has ended, by its own time or before. @see RFC 6750 section 3.1 */
export const tokenEnded: Rule = (facts) => {
  const { failure, status, token, exchange } = facts;
  if (failure.step !== 'api' || (status !== 401 && !said(facts, 'invalid_token'))) return [];
  // Not the whole body: the word alone may stand in a link or in what else it holds.
  const words = facts.description?.slice(0, 2000) ?? '';
  const over =
    token?.expiresAt !== undefined && exchange !== undefined && token.expiresAt <= exchange.startedAt;
  const told = /expired/i.test(words);
  const revoked = /revoked|inactive|not active/i.test(words);
  const live = token?.expiresAt !== undefined && !over;
  const seen = over || live || token?.opaque === true || told || revoked;
  return [
    {
      id: revoked ? 'token-revoked' : 'token-expired',
      weight: over || told || revoked ? 92 : live ? 40 : 58,
      title: revoked
        ? 'The token was revoked.'
        : over || told
          ? 'The token has expired.'
          : 'The API does not accept the token: expired, revoked, or not for this API.',
      evidence: [
        ...(over ? ['Its time had passed when it was sent.'] : []),
        ...(live ? ['By its own time it still lives.'] : []),
        ...(token?.opaque === true ? ['The token is opaque, so only the server knows.'] : []),
        ...(told || revoked ? ['The API’s words say so.'] : []),
        ...(seen ? [] : [`The API answered ${status ?? 'with invalid_token'}.`]),
      ],
      steps: ['Get a new token and send the request again.'],
      fixes: [{ kind: 'get_token' }],
      source: rfc(6750, '3.1'),
    },
  ];
};

/** The API wants a token bound to a key. @see RFC 9449 section 7.1 */
export const dpopWanted: Rule = (facts) => {
  const { failure, challenges, token } = facts;
  const wanted = challenges.some(({ scheme }) => scheme === 'dpop');
  if (failure.step !== 'api' || (!wanted && !said(facts, 'use_dpop_nonce', 'invalid_dpop_proof'))) return [];
  const bearerToo = challenges.some(({ scheme }) => scheme === 'bearer');
  return [
    {
      id: 'dpop-wanted',
      weight: bearerToo && token?.dpop !== true ? 40 : 93,
      title: 'The API wants a DPoP-bound token with a proof; a bearer token is not enough.',
      evidence: [
        'Its WWW-Authenticate asks for DPoP.',
        ...(token?.dpop === true ? ['The token is bound to a key.'] : []),
      ],
      steps: ['Turn on DPoP in the profile and get a new token, or have the API take bearer tokens.'],
      fixes: [],
      source: rfc(9449, '7.1'),
    },
  ];
};

/** The API wants a stronger or fresher sign-in. @see RFC 9470 section 3 */
export const stepUp: Rule = (facts) => {
  if (facts.failure.step !== 'api' || !said(facts, 'insufficient_user_authentication')) return [];
  const acr = parameter(facts, 'acr_values')?.slice(0, 200);
  const age = parameter(facts, 'max_age')?.slice(0, 20);
  const set = (name: string, value: string) =>
    ({ kind: 'set_authorization_parameter', name, value }) as const;
  return [
    {
      id: 'stronger-sign-in',
      weight: 93,
      title: 'The API wants a stronger or fresher sign-in than the token comes from.',
      evidence: [
        ...(acr === undefined ? [] : [`Wanted acr_values: ${plainText(acr)}`]),
        ...(age === undefined ? [] : [`Wanted max_age: ${plainText(age)} s`]),
        ...(acr === undefined && age === undefined ? ['It names neither acr_values nor max_age.'] : []),
      ],
      steps: ['Sign in again with these parameters.'],
      fixes: [
        ...(acr !== undefined && /^[\x20-\x7e]+$/.test(acr) ? [set('acr_values', acr)] : []),
        ...(age !== undefined && /^\d{1,10}$/.test(age) ? [set('max_age', age)] : []),
        { kind: 'sign_in' },
      ],
      source: rfc(9470, '4'),
    },
  ];
};

/** The API says where it describes itself. @see RFC 9728 section 5.1 */
export const resourceMetadata: Rule = (facts) => {
  const where = facts.failure.step === 'api' ? parameter(facts, 'resource_metadata') : undefined;
  if (where === undefined) return [];
  return [
    {
      id: 'resource-metadata',
      weight: 20,
      title: 'The API publishes which authorization servers and scopes it takes.',
      evidence: [`resource_metadata: ${plainText(where, 300)}`],
      steps: ['Compare authorization_servers and scopes_supported of that document with the profile.'],
      fixes: [],
      source: rfc(9728, '5.1'),
    },
  ];
};

function parameter({ challenges }: Facts, name: string): string | undefined {
  return challenges.find(({ parameters }: Challenge) => parameters.has(name))?.parameters.get(name);
}

function names(values: readonly string[]): string {
  return values
    .slice(0, 20)
    .map((value) => `“${plainText(value, 80)}”`)
    .join(', ');
}
