import { plainText } from '../../http/plainText.ts';
import { bodyPieces } from '../bodyWords.ts';
import type { Cause } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { ownWords, spelledOut } from '../tellingWords.ts';
import type { Topic } from '../topics/topic.ts';
import { gone, keyOfApi, near, ofGateway, ofNetwork, speaksOf, wrong } from '../topics/words.ts';
import { namesSeveral } from '../severalReasons.ts';

/** What an API's words say of a token that it refuses, or of the request. */
type ApiTopic = Omit<Topic, 'fixes' | 'when' | 'fits'>;

const refused = String.raw`${wrong}|${gone}|fail(?:s|ed|ure)?|reject(?:s|ed)|mismatch|unexpected|not (?:trusted|allowed|accepted|configured|supported|verified)|untrusted|expected|does not match|unable`;
const issuerOf = ({ token }: Facts): readonly string[] =>
  token?.issuer === undefined ? [] : [`The token’s iss is ${plainText(token.issuer, 200)}.`];
const kindOf = ({ token }: Facts): readonly string[] =>
  token === undefined
    ? []
    : [token.opaque ? 'The token is opaque, not a JWT.' : 'The token is a JWT, as far as can be read here.'];

/** In words of frameworks and gateways: Microsoft's IDX numbers, Envoy, Spring, jsonwebtoken, PyJWT, Kong, Google. */
const topics: readonly ApiTopic[] = [
  {
    id: 'api-keys-not-read',
    words: near(
      String.raw`jwks?|keys?|openid[- ]configuration|metadata|configuration`,
      String.raw`(?:unable|failed|could not|cannot|error) (?:to )?(?:be )?(?:obtain|retriev|fetch|load|download|get|read|resolv)\w*|fetch (?:is )?failed|IDX2080\d`,
    ),
    not: /api[ _-]?key/i,
    weight: 89,
    title: 'The API itself cannot read the keys or the metadata of the server that issued the token.',
    evidence: issuerOf,
    steps: [
      'Have whoever runs the API see whether it reaches the issuer’s metadata and JWKS address, and trusts its certificate.',
    ],
  },
  {
    id: 'signature-not-verified',
    words: new RegExp(
      String.raw`${near('signatures?|signing keys?|public keys?|kid', refused).source}|\bjwt verification fails|\bno (?:matching|suitable) (?:key|jwk|kid)|\bdoesn't have key|IDX105\d\d`,
      'i',
    ),
    not: /aws|sigv4|x-amz|api key/i,
    weight: 88,
    title: 'The API’s words say that it cannot verify the token’s signature.',
    evidence: issuerOf,
    steps: [
      'Compare the issuer and the JWKS address in the API’s settings with those of the server that issued the token.',
      'A token for another API, such as one of Microsoft Graph, cannot be verified by this one: look at its audience.',
    ],
  },
  {
    id: 'issuer-not-trusted',
    words: new RegExp(String.raw`${near('issuer|iss', refused).source}|\bgiven 'iss'|IDX102(?:05|11)`, 'i'),
    weight: 88,
    title: 'The API’s words say that it does not trust the token’s issuer.',
    evidence: issuerOf,
    steps: [
      'Compare the token’s iss with the issuer in the API’s settings, character by character: a slash at its end, the tenant, and a version in it count.',
    ],
  },
  {
    id: 'token-not-yet-valid',
    words:
      /not yet valid|used before (?:issued|its)|\bnbf\b|before (?:its )?(?:nbf|not before)|jwt not active|IDX10222|issued in the future|\biat\b/i,
    weight: 89,
    title: 'The API takes the token for one of the future.',
    steps: ['Compare the clock of the API’s machine with that of the server that issued the token.'],
  },
  {
    id: 'algorithm-not-taken',
    words: near(
      String.raw`alg(?:orithm)?s?`,
      `${wrong}|not (?:allowed|supported|permitted)|unsupported|disallowed`,
      40,
    ),
    weight: 87,
    title: 'The API’s words say that it does not take the algorithm that the token is signed with.',
    steps: ['Have the API allow the algorithm, or the server sign this API’s tokens with one that it takes.'],
  },
  {
    id: 'token-not-readable',
    words: new RegExp(
      String.raw`${near('jwt|tokens?', String.raw`malformed|(?:not|n't) (?:a |well[- ])?(?:jwt|formed|jws)|can(?:not|'t| not) (?:be )?(?:decoded?|parsed?)|decod(?:e|ing)|pars(?:e|ing)|segments|three parts|not enough|too few`, 40).source}|\bnot enough segments|\bjwt is not in the form|IDX127\d\d|IDX14\d\d\d`,
      'i',
    ),
    not: /signature (?:is|was|ver|val|not)|invalid signature|\bor\b/i,
    weight: 86,
    title: 'The API’s words say that it cannot read the token.',
    evidence: kindOf,
    steps: [
      'See which kind the API takes: a JWT or an opaque token, an access token or an id_token; and that the header holds the token alone.',
    ],
  },
  {
    id: 'key-of-api-wanted',
    // IBM and MuleSoft call theirs a client ID.
    words: new RegExp(
      String.raw`${keyOfApi.source}|\bclient[ _]id not registered\b|\bunable to retrieve client_id\b|\bunregistered callers\b`,
      'i',
    ),
    weight: 90,
    title: 'The API wants a key of its own, beside or in the place of the token.',
    steps: [
      'Add the header that the API’s documentation names (an API key or subscription key) to the request.',
    ],
  },
  {
    id: 'token-not-found',
    words: near(
      String.raw`authori[sz]ation (?:header|token)|(?:access |bearer |auth(?:entication)? )?(?:token|jwt)|credentials`,
      String.raw`no|missing|is missing|not (?:found|provided|present|included|supplied)|was not|required|without|empty`,
      30,
    ),
    not: /issued|missing or|or missing|invalid|expired|api[ _-]?key|subscription|scope|claim|permission|signature|kid|iss(?:uer)?\b|audience|missing authentication token|requires '/i,
    weight: 84,
    title: 'The API’s words say that it finds no token in the request.',
    steps: [
      'Send it where the API reads it, mostly as “Authorization: Bearer …”, and see whether a proxy or a redirect to another host removes the header.',
    ],
  },
  {
    id: 'token-without-user',
    words: /\bnot issued (?:for|to|on behalf of) (?:an? )?(?:end[- ]?user|user|resource owner)\b/i,
    weight: 88,
    title: 'The API’s words say that it wants the token of a user, and this one is of a client alone.',
    steps: ['Get a token with a grant in which the user signs in.'],
  },
  {
    id: 'api-header-not-read',
    words: near('malformed|badly formatted', 'authori[sz]ation header', 40),
    weight: 85,
    title: 'The API’s words say that it cannot read the Authorization header.',
    steps: [
      'Make sure that it holds “Bearer”, a space, the token and nothing else, and that no proxy changes it.',
    ],
  },
  {
    id: 'not-this-path',
    words: /missing authentication token|requires '(?:credential|signature)' parameter/i,
    weight: 86,
    title: 'The gateway knows no such path and method, or wants requests signed for AWS.',
    steps: ['Compare path, stage and method of the request with what is deployed at the gateway.'],
  },
  {
    id: 'network-refused',
    words: ofNetwork,
    weight: 88,
    title: 'The API does not take requests from this network.',
    steps: [
      'Ask whoever runs the API which networks may ask, or go through the proxy or VPN that they name.',
    ],
  },
  {
    id: 'policy-refused',
    words: ofGateway,
    weight: 86,
    title: 'A rule of whoever runs the API, or the gateway before it, refuses the call.',
    steps: [
      'Ask them which rule it is: it may look at the token’s issuer, audience, scopes or claims, at the client, the path or the network.',
    ],
  },
  {
    id: 'asked-too-often',
    words: /\brate[ -]?limit|too many requests/i,
    weight: 88,
    title: 'The API’s words say that it is asked too often.',
    steps: ['Wait a little and run again.'],
  },
  {
    id: 'api-not-switched-on',
    words:
      /\b(?:has not been used in project|accessnotconfigured|requires a quota project|api (?:is )?(?:not enabled|disabled))\b|\bit is disabled\b/i,
    weight: 89,
    title: 'The API is not switched on for the project that the token’s client belongs to.',
    steps: ['Switch the API on for that project, or name the project that pays for the request.'],
  },
];

/** Characters of words that are looked at. */
const limit = 2000;

/**
 * What an API says, one piece for each text: the description of its challenge or body, else the texts of a JSON body, else
 * a body that is a short text itself. A page says nothing: what its words speak of, nobody knows.
 */
export function apiSentences({ description, body }: Facts): readonly string[] {
  if (description !== undefined) return [description.slice(0, limit)];
  const pieces = bodyPieces(body);
  if (pieces !== undefined) return pieces.map((piece) => piece.slice(0, limit)).slice(0, 20);
  return body.length > 500 || /[<>]/.test(body) ? [] : [body];
}

/** What the API says in its own words of what it refuses. */
export const apiSpeaks: Rule = (facts) => {
  const { failure, status } = facts;
  if (failure.step !== 'api' || (status !== 400 && status !== 401 && status !== 403)) return [];
  const sentences = apiSentences(facts).filter((sentence) => !namesSeveral(sentence));
  return topics
    .filter((topic) => sentences.some((sentence) => speaksOf(topic, sentence)))
    .map(({ id, weight, title, evidence, steps }): Cause => ({
      ...{ id, weight, title, steps },
      evidence: [ownWords, ...(evidence?.(facts) ?? [])],
      fixes: [],
    }));
};

/** Whether the API's words say another reason than the token's end or its scopes. */
export function otherReason(facts: Facts): boolean {
  return apiSpeaks(facts).length > 0 || audienceTold(facts);
}

/** Words about whom a token is for. */
export const ofAudience = /audience|\baud\b/i;

/** Whether the API's words speak of the audience. */
export function audienceTold(facts: Facts): boolean {
  return apiSentences(facts).some((words) => ofAudience.test(words) && !namesSeveral(words));
}

/** Whether the API's words say that a scope or permission is missing. */
export function permissionTold(facts: Facts): boolean {
  return apiSentences(facts).some(
    (words) =>
      permission.test(spelledOut(words)) && !/directory or page/i.test(words) && !namesSeveral(words),
  );
}

const permission = near(
  String.raw`scopes?|\w*permissions?|privileges?`,
  'missing|insufficient|required?|requires|lacks?|not have|needs?|not enough|does not match',
  40,
);
