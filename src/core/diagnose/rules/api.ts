import { headerValue } from '../../record/exchange.ts';
import { membersIn } from '../../http/jsonDepth.ts';
import { forbidsByPage } from '../../http/webPage.ts';
import { plainText } from '../../http/plainText.ts';
import { scopePattern } from '../../profile/fields/access.ts';
import { hasRedirect, type Profile } from '../../profile/profile.ts';
import type { Cause } from '../explanation.ts';
import type { QuickFix } from '../quickFix.ts';
import type { Challenge } from '../wwwAuthenticate.ts';
import type { Facts } from '../facts.ts';
import { apiSentences, otherReason, permissionTold } from './apiWords.ts';
import { namesSeveral } from '../severalReasons.ts';
import { lifeOf } from '../tokenFacts.ts';
import { said, type Rule } from '../rule.ts';
import { rfc } from '../../source.ts';

/** Whether somebody before the API forbade the call: then nothing is known of the token. */
export function isForbiddenBefore(facts: Facts): boolean {
  const { failure, status, challenges, exchange } = facts;
  const type = headerValue(exchange?.response?.headers ?? [], 'content-type');
  return (
    failure.step === 'api' &&
    (forbidsByPage(status, type, challenges.length > 0, facts.body.trim()) || isNumberOfFirewall(facts))
  );
}

/** Cloudflare's, which answers a program without a page. */
function isNumberOfFirewall({ body, status }: Facts): boolean {
  return status === 403 && /^\s*error code: 1\d{3}\s*$/.test(body);
}

/** A firewall or gateway that answers in the place of the API. */
export const forbiddenBefore: Rule = (facts) =>
  isForbiddenBefore(facts)
    ? [
        {
          id: 'firewall',
          weight: 60,
          title: isNumberOfFirewall(facts)
            ? 'A firewall before the API forbids the request.'
            : 'A web page forbids the request, as a firewall or gateway before the API does.',
          evidence: [
            isNumberOfFirewall(facts)
              ? 'The answer has status 403 and a firewall’s own number, and says nothing of a token.'
              : 'The answer has status 403, is a web page, and says nothing of a token.',
          ],
          steps: ['Read the answer: a number in it is for whoever runs the gateway.'],
          fixes: [{ kind: 'run_again' }],
        },
      ]
    : [];

/** The token has not the scopes the API wants. @see RFC 6750 section 3.1 */
export const insufficientScope: Rule = (facts) => {
  const { failure, status, token, profile } = facts;
  const asked = said(facts, 'insufficient_scope') || permissionTold(facts);
  if (failure.step !== 'api' || (status !== 403 && !asked)) return [];
  if (!asked && otherReason(facts)) return [];
  const { wanted, missing, addable } = wantedScopes(facts);
  const isPage = isForbiddenBefore(facts);
  // Asked for with this profile already, and not given.
  const withheld = token === undefined ? [] : missing.filter((scope) => profile.scopes.includes(scope));
  const common = {
    id: 'insufficient-scope',
    // Of a page, most come from before the API; that of a server's own userinfo endpoint rarely does.
    weight: asked ? 90 : isPage && facts.exchange?.purpose !== 'userinfo' ? 50 : 65,
    evidence: [
      ...scopesOf(token),
      wanted.length > 0 ? `The API wants ${names(wanted)}.` : 'The API does not say which it wants.',
      ...(withheld.length > 0 ? [`The profile asks for ${names(withheld)}; it was not granted.`] : []),
    ],
    source: rfc(6750, '3.1'),
  };
  if (token !== undefined && wanted.length > 0 && missing.length === 0)
    return [
      {
        ...common,
        title: 'The token has the scopes that the API names: a role or permission is missing.',
        steps: ['Look for a role or permission of the user or client at the server.'],
        fixes: [],
      },
    ];
  return [
    {
      ...common,
      title:
        missing.length > 0 && token !== undefined
          ? `The token lacks ${names(missing)}.`
          : `The token’s scopes, or its user’s permissions, ${isPage ? 'may' : 'do'} not allow this request.`,
      steps: [
        withheld.length > 0
          ? `Allow ${names(withheld)} to the client or user at the server, and get a new token.`
          : 'Ask for the scope the API needs and get a new token.',
        'If the token has it, look for a role or permission of the user or client instead.',
      ],
      fixes: [
        ...(addable.length > 0 ? [withScopes(profile, addable)] : []),
        { kind: 'edit_profile', field: 'scopes' },
      ],
    },
  ];
};

/** Of an answer that somebody brings along, the token is not known. */
function scopesOf(token: Facts['token']): readonly string[] {
  if (token === undefined) return [];
  return [token.scopes.length > 0 ? `The token has ${names(token.scopes)}.` : 'The token names no scopes.'];
}

/** The scopes that the API names, those of them that the token lacks, and those that the profile can ask for besides. */
function wantedScopes(facts: Facts) {
  const { token, profile } = facts;
  // In a body INDIGO IAM has `scope` and Kakao `required_scopes`.
  const { scope: text, required_scopes: list } = permissionTold(facts) ? membersIn(facts.body) : {};
  const inBody = [text, list]
    .flat()
    .filter((one) => typeof one === 'string')
    .join(' ');
  const wanted = (parameter(facts, 'scope') ?? inBody).split(/\s+/).filter(Boolean).slice(0, 50);
  const missing = wanted.filter((scope) => token?.scopes.includes(scope) !== true);
  const addable = missing.filter((scope) => scopePattern.test(scope) && !profile.scopes.includes(scope));
  return { wanted, missing, addable };
}

function withScopes(profile: Profile, scopes: readonly string[]): QuickFix {
  return hasRedirect(profile)
    ? { kind: 'sign_in_with', parameters: {}, scopes }
    : { kind: 'add_scopes', scopes };
}

/** The token has ended, by its own time or before. @see RFC 6750 section 3.1 */
export const tokenEnded: Rule = (facts) => {
  const { failure, status, token } = facts;
  if (failure.step !== 'api' || (status !== 401 && !said(facts, 'invalid_token'))) return [];
  // Not the whole body: the word alone may stand in a link or in what else it holds.
  const sentences = apiSentences(facts);
  const clear = sentences.filter((words) => !namesSeveral(words)).join('. ');
  const several = sentences.some(namesSeveral);
  const told = /expired/i.test(clear);
  // What jsonwebtoken calls “jwt not active” is not valid yet.
  const revoked = /revoked|inactive|(?<!jwt )not active/i.test(clear);
  const life = lifeOf(facts);
  const ended = { told, revoked, ...life };
  // The API names another reason.
  if (!life.over && !told && !revoked && (otherReason(facts) || permissionTold(facts))) return [];
  const evidence = [
    ...endedEvidence(ended, token?.opaque === true),
    ...(several ? ['The API’s words name several reasons, as of any token it refuses.'] : []),
  ];
  return [
    {
      id: revoked ? 'token-revoked' : 'token-expired',
      weight: endedWeight(ended),
      title: endedTitle(ended),
      evidence: evidence.length > 0 ? evidence : [`The API answered ${status ?? 'with invalid_token'}.`],
      steps: [
        life.fresh && !life.over
          ? 'A new token is likely to be refused too: first check its audience and issuer, and the clock of the API.'
          : 'Get a new token and send the request again.',
      ],
      fixes: [{ kind: 'get_token' }],
      source: rfc(6750, '3.1'),
    },
  ];
};

/** What the API says of the token's end, and what is known of it here. */
interface Ended extends ReturnType<typeof lifeOf> {
  readonly told: boolean;
  readonly revoked: boolean;
}

function endedEvidence({ over, live, fresh, age, told, revoked }: Ended, isOpaque: boolean): string[] {
  const issued =
    age < 1 ? 'It was issued just before it was sent.' : `It was issued ${age} s before it was sent.`;
  return [
    ...(over ? ['Its time had passed when it was sent.'] : []),
    ...(live ? ['By its own time it still lives.'] : []),
    ...(fresh ? [issued] : []),
    ...(isOpaque ? ['The token is opaque, so only the server knows.'] : []),
    ...(told || revoked ? ['The API’s words say so.'] : []),
  ];
}

function endedTitle({ over, told, revoked, live, fresh }: Ended): string {
  if (revoked) return 'The token was revoked.';
  if (over) return 'The token has expired.';
  const doubt = live || fresh;
  if (told)
    return `The token has expired, says the API${doubt ? '; what is known here speaks against it' : ''}.`;
  return doubt
    ? 'The API does not accept the token, though its time is not over: revoked, or not for this API.'
    : 'The API does not accept the token: expired, revoked, or not for this API.';
}

/** What was seen here counts for more than what the API says of every token. */
function endedWeight({ over, told, revoked, live, fresh }: Ended): number {
  if (over) return 92;
  if (fresh) return revoked ? 60 : told ? 45 : 35;
  if (revoked) return 92;
  if (told) return live ? 60 : 92;
  return live ? 40 : 58;
}

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
  const parameters = {
    ...(acr !== undefined && /^[\x20-\x7e]+$/.test(acr) && { acr_values: acr }),
    ...(age !== undefined && /^\d{1,8}$/.test(age) && { max_age: age }),
  };
  const scopes = wantedScopes(facts).addable;
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
      fixes: [{ kind: 'sign_in_with', parameters, scopes }, { kind: 'sign_in' }],
      source: rfc(9470, '4'),
    },
  ];
};

const notFound = {
  title: 'The API has nothing at this address, or does not show it to this token.',
  steps: [
    'Compare the path, and what it names, with what the API documents.',
    'Some APIs answer so where the token may not see what is there: look at its user, client and scopes.',
  ],
};
const wrong = {
  title: 'The API refuses the request itself.',
  steps: ['Compare its parameters and body with what the API documents; the answer may name what is wrong.'],
};

/** What a status says of a request that is wrong. @see RFC 9110 section 15.5 */
const ofRequest: Readonly<Record<number, Pick<Cause, 'title' | 'steps'>>> = {
  400: wrong,
  404: notFound,
  405: {
    title: 'The API does not take this method at this address.',
    steps: ['Use a method that the API documents for this address.'],
  },
  410: notFound,
  422: wrong,
};

/** The request, and not its token, is what the API refuses. */
export const requestRefused: Rule = ({ failure, status = 0, exchange, challenges, body }) => {
  const found = failure.step === 'api' && exchange?.purpose === 'api' ? ofRequest[status] : undefined;
  const ofToken =
    challenges.length > 0 || /token|scope|permission|authori[sz]|credential|jwt/i.test(body.slice(0, 2000));
  if (found === undefined || (found === wrong && ofToken)) return [];
  return [
    {
      id: 'api-request-refused',
      weight: 30,
      ...found,
      evidence: [`Its status is ${status}.`],
      fixes: [],
      source: rfc(9110, '15.5'),
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
