import { isDeepStrictEqual } from 'node:util';
import { isObject, member } from '../../shared/json.ts';
import type { FindingView } from '../../shared/views/finding.ts';
import type { Profile } from '../profile/profile.ts';
import { openid, rfc } from '../source.ts';
import { actorFindings } from './actors.ts';
import { finding, quoted, quotedList } from './finding.ts';
import type { JsonObject } from './json.ts';
import { isForGraph, isOlderIssuer } from './microsoftGraph.ts';
import type { TokenRole } from './otherKinds.ts';
import { withoutSlash } from '../http/ends.ts';
import { statusFindings } from './statusList.ts';
import { audiencesIn } from '../audiences.ts';

/**
 * Findings about issuer, audience and the rest of a payload; without a profile, only those that need no comparison.
 *
 * @param certificate SHA-256 of the profile's client certificate, base64url
 */
export function claimFindings(
  claims: JsonObject,
  role: TokenRole,
  profile?: Profile,
  certificate?: string,
): readonly FindingView[] {
  return [
    ...issuerFindings(claims, role, profile?.issuer),
    ...statusFindings(claims),
    ...actorFindings(claims),
    ...ofRole(claims, role, profile),
    ...(role === 'id' ? [] : boundFindings(claims, certificate)),
  ];
}

function ofRole(claims: JsonObject, role: TokenRole, profile: Profile | undefined): readonly FindingView[] {
  switch (role) {
    case 'id':
      return [
        ...idAudience(claims, profile),
        ...idTokenFindings(claims),
        ...(profile ? askedFindings(claims, profile) : []),
      ];
    case 'access':
      return [...accessAudience(claims, profile), ...accessTokenFindings(claims, profile)];
    case 'other':
      return [];
  }
}

function issuerFindings(claims: JsonObject, role: TokenRole, expected: string | undefined): FindingView[] {
  const { iss } = claims;
  if (iss === undefined && role === 'other') return [];
  if (iss === undefined)
    return [
      finding(
        'note',
        'iss_missing',
        'The token does not say who issued it: the claim iss is missing.',
        'An API that trusts several servers cannot tell whose token it is.',
        rfc(9068, '2.2'),
      ),
    ];
  if (typeof iss !== 'string')
    return [
      finding(
        'warning',
        'iss_type',
        'The claim iss is not a string.',
        'No API accepts such an issuer.',
        rfc(7519, '4.1.1'),
      ),
    ];
  if (expected === undefined || iss === expected) return [];
  if (isForGraph(claims) && isOlderIssuer(iss, expected)) return [];
  if (withoutSlash(iss) === withoutSlash(expected))
    return [
      finding(
        'warning',
        'issuer_slash',
        `The issuer differs from the profile’s by a slash at its end: the token says ${quoted(iss)}.`,
        'Issuers are compared character by character. Write it in profile and API exactly as the token has it.',
        rfc(7519, '4.1.1'),
      ),
    ];
  return [
    finding(
      'error',
      'issuer_differs',
      `The token was issued by ${quoted(iss)}, the profile says ${quoted(expected)}.`,
      'An API that trusts the profile’s issuer refuses the token. Check the issuer of the profile, or the tenant.',
      rfc(7519, '4.1.1'),
    ),
  ];
}

function accessAudience(claims: JsonObject, profile: Profile | undefined): FindingView[] {
  const named = audiencesIn(claims);
  if (named.length === 0)
    return [
      finding(
        'warning',
        'aud_missing',
        'The token names no audience: any API that trusts this issuer may accept it.',
        'A token stolen from one API then works at the others. Ask for one API: set the audience or resource of the profile, or have the server add aud.',
        rfc(9068, '2.2'),
      ),
    ];
  if (profile === undefined) return [];
  const wanted = [...(profile.audience === undefined ? [] : [profile.audience]), ...profile.resource];
  const missing = wanted.filter((one) => !named.includes(one));
  if (missing.length > 0)
    return [
      finding(
        'warning',
        'aud_unexpected',
        `The token is not meant for ${quotedList(missing)}, which the profile asks for; it names ${quotedList(named)}.`,
        'That API must refuse it. Some servers name an API by an identifier of their own: then this is as it should be.',
        rfc(7519, '4.1.3'),
      ),
    ];
  if (wanted.length === 0 && named.every((one) => one === profile.clientId))
    return [
      finding(
        'note',
        'aud_is_client',
        'The token is meant for the client itself, not for an API.',
        'An API should refuse it. Set the audience or resource of the profile if the server knows them.',
        rfc(9068, '3'),
      ),
    ];
  return [];
}

function idAudience(claims: JsonObject, profile: Profile | undefined): FindingView[] {
  const named = audiencesIn(claims);
  if (named.length === 0 || (profile && !named.includes(profile.clientId)))
    return [
      finding(
        'error',
        named.length === 0 ? 'aud_missing' : 'aud_unexpected',
        named.length === 0
          ? 'The ID token names no audience.'
          : `The ID token is meant for ${quotedList(named)}, not for this client.`,
        'A client must refuse an ID token that was not issued to it.',
        openid('3.1.3.7'),
      ),
    ];
  return [];
}

const personal = [
  'email',
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'preferred_username',
  'upn',
  'unique_name',
  'phone_number',
  'address',
  'birthdate',
  'ipaddr',
  'picture',
];

function accessTokenFindings(claims: JsonObject, profile: Profile | undefined): FindingView[] {
  const found: FindingView[] = [];
  const about = personal.filter((name) => name in claims);
  if (about.length > 0)
    found.push(
      finding(
        'note',
        'personal_data',
        `The access token holds personal data: ${about.join(', ')}.`,
        'Everyone it is sent to can read it, and it ends up in logs. Have the server leave out what the API does not need.',
        rfc(9068, '6'),
      ),
    );
  const hasScopes = ['scope', 'scp', 'roles', 'permissions'].some((name) => name in claims);
  const forClient = profile !== undefined && audiencesIn(claims).includes(profile.clientId);
  if (('nonce' in claims || 'at_hash' in claims || claims['token_use'] === 'id') && (!hasScopes || forClient))
    found.push(
      finding(
        'warning',
        'id_token_as_access_token',
        'This looks like an ID token, not an access token.',
        'It tells the client who signed in and is not for calling APIs.',
        openid('2'),
      ),
    );
  return found;
}

function boundFindings({ cnf }: JsonObject, certificate: string | undefined): FindingView[] {
  return typeof cnf === 'object' && cnf !== null ? [bound(cnf, certificate)] : [];
}

/** @see RFC 8705 section 3.1 */
function boundToCertificate(thumbprint: string, certificate: string | undefined): FindingView {
  if (certificate === undefined || certificate === thumbprint)
    return finding(
      'note',
      'sender_constrained',
      `The token is bound to ${certificate === undefined ? 'a client certificate (mutual TLS)' : 'the client certificate of this profile'}: x5t#S256 is ${quoted(thumbprint)}.`,
      'Alone in an Authorization header it is refused: the connection must show the certificate.',
      rfc(8705, '3'),
    );
  return finding(
    'error',
    'other_certificate',
    `The token is bound to another certificate than the one of this profile: it names ${quoted(thumbprint)}, the certificate has ${quoted(certificate)} (x5t#S256).`,
    'An API refuses it over a connection that shows this certificate. Get a new token, or set the certificate it was issued for.',
    rfc(8705, '3'),
  );
}

function bound(cnf: object, certificate: string | undefined): FindingView {
  const thumbprint: unknown = 'x5t#S256' in cnf ? cnf['x5t#S256'] : undefined;
  if (typeof thumbprint === 'string') return boundToCertificate(thumbprint, certificate);
  const by = 'jkt' in cnf ? 'a DPoP key' : 'x5t#S256' in cnf ? 'a client certificate (mutual TLS)' : 'a key';
  return finding(
    'note',
    'sender_constrained',
    `The token is bound to ${by}.`,
    'Alone in an Authorization header it is refused: the sender must also prove to hold the key.',
    'jkt' in cnf ? rfc(9449, '6') : rfc(7800, '3'),
  );
}

function idTokenFindings(claims: JsonObject): FindingView[] {
  const missing = ['sub', 'iat'].filter((name) => claims[name] === undefined);
  const found: FindingView[] = [];
  if (missing.length > 0)
    found.push(
      finding(
        'warning',
        'id_token_claims_missing',
        `The ID token lacks what every ID token must have: ${missing.join(', ')}.`,
        'Strict clients refuse it.',
        openid('2'),
      ),
    );
  if ('scope' in claims || 'scp' in claims)
    found.push(
      finding(
        'note',
        'id_token_scopes',
        'The ID token holds scopes, as an access token would.',
        'It is not for calling APIs, whatever it says.',
        openid('2'),
      ),
    );
  return found;
}

/** Compares an ID token with the claims that were requested for it. @see OpenID Connect Core 1.0 sections 3.1.2.1 and 5.5 */
function askedFindings(claims: JsonObject, profile: Profile): FindingView[] {
  return [...claimsFindings(claims, profile.claims), ...userFindings(claims, profile.loginHint)];
}

function claimsFindings(claims: JsonObject, asked: unknown): FindingView[] {
  const wanted = member(asked, 'id_token');
  const single = isObject(wanted) ? Object.entries(wanted).slice(0, 100) : [];
  const missing = single.filter(([name]) => !Object.hasOwn(claims, name));
  const others = single.filter(([name, how]) => Object.hasOwn(claims, name) && !fits(claims[name], how));
  const isEssential = missing.some(([, how]) => member(how, 'essential') === true);
  if (single.length === 0) return [];
  if (missing.length === 0 && others.length === 0)
    return [
      finding(
        'note',
        'claims_granted',
        'The ID token holds the claims that were asked for one by one.',
        'What the profile asks for with “claims” is there.',
        openid('5.5'),
      ),
    ];
  const list = (entries: typeof single) => quotedList(entries.map(([name]) => name));
  return [
    finding(
      isEssential || others.length > 0 ? 'warning' : 'note',
      'claims_differ',
      [
        ...(missing.length > 0 ? [`Asked for and not in the ID token: ${list(missing)}.`] : []),
        ...(others.length > 0
          ? [`In the ID token with another value than was asked for: ${list(others)}.`]
          : []),
      ].join(' '),
      `The server may leave out what it does not know or the user did not agree to${isEssential ? ', even what is essential' : ''}.`,
      openid('5.5'),
    ),
  ];
}

/** Whether a claim has a requested value, where values were requested. @see OpenID Connect Core 1.0 section 5.5.1 */
function fits(came: unknown, how: unknown): boolean {
  const values = member(how, 'values');
  const value = member(how, 'value');
  const wanted: readonly unknown[] = Array.isArray(values) ? values : value === undefined ? [] : [value];
  return wanted.length === 0 || wanted.some((one) => isDeepStrictEqual(one, came));
}

/** Compares the login hint only with claims of its kind, as a server may name its users in other ways. */
function userFindings(claims: JsonObject, hint: string | undefined): FindingView[] {
  const same = (claim: unknown) => typeof claim === 'string' && claim.toLowerCase() === hint?.toLowerCase();
  const kind = hint?.includes('@') ? 'email' : 'preferred_username';
  const came = claims[kind];
  if (hint === undefined || typeof came !== 'string' || Object.values(claims).some(same)) return [];
  return [
    finding(
      'note',
      'login_hint_other',
      `The sign-in was meant for ${quoted(hint)}, and ${quoted(came)} has signed in.`,
      'login_hint is only a hint: the user may choose another account.',
      openid('3.1.2.1'),
    ),
  ];
}
