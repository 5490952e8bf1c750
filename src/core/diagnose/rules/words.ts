import { authenticationOf } from '../../authentication/all.ts';
import type { Cause } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import { wasRefused, type Rule } from '../rule.ts';
import { sentParameters } from '../sentParameters.ts';
import { ownWords, tellingWords } from '../tellingWords.ts';
import { address, edit, speaksOf, topics } from '../topics.ts';

/** What the server's own words say, where its error code says less. */
export const wordsSpeak: Rule = (facts) => {
  const { kind, step } = facts.failure;
  // A success that cannot be used, and an answer to another request than the client's own.
  const isPage = kind === 'malformed_response' || (kind === 'http_error' && step === 'discovery');
  if (!wasRefused(facts) && !isPage) return [];
  const sentences = tellingWords(facts);
  return topics.flatMap((topic): Cause | readonly [] => {
    const { id, weight, title, steps, fixes, evidence, when, fits } = topic;
    const speaks = sentences.some((sentence) => speaksOf(topic, sentence));
    if (!speaks || when?.(facts) === false || fits?.(facts) === false) return [];
    if (isPage && !ofAddress.has(id)) return [];
    return {
      ...{ id, weight, title, steps, fixes: fixes(facts) },
      // Not quoted here: a server may repeat what was sent.
      evidence: [ownWords, ...(evidence?.(facts) ?? [])],
    };
  });
};

/** What an answer may say that is no answer of the endpoint that was meant. */
const ofAddress: ReadonlySet<string> = new Set(['firewall', 'realm-not-known']);

// Some write a name with blanks in it.
const spelled =
  'authorization code|client id|client secret|redirect uri|grant type|code verifier|refresh token';
const parameter = String.raw`['"\x60]?\b([a-z]+(?:_[a-z]+)+|${spelled}|scope|audience|resource|code(?! verifier| challenge)|assertion)\b['"\x60]?`;
const missing = new RegExp(
  String.raw`\b(?:missing|lacks|requires|required(?= param)|(?:contain|include) (?:the following|an?))\b (?:the )?(?:required )?(?:form |request )?(?:param(?:eter)?s?|fields?)?(?: ?\()?:? ?${parameter}|${parameter}(?: or ['"\x60]?[a-z_]+['"\x60]?)?(?: parameter)?(?: is| was| must be)? (?:missing|required|not (?:provided|present|specified)|empty|blank)|${parameter}(?: or ['"\x60]?[a-z_]+['"\x60]?)? must be provided\b|\bmissing (?:the )?['"\x60]([a-z]\w*)['"\x60] (?:form |query |body )?(?:value|field|param)|\bcheck the ${parameter} parameter`,
  'i',
);
/** Missing is only one of the things that may be wrong with it. */
const orWrong = /\bor (?:do(?:es)? ?n|invalid|incorrect|malformed|wrong|expired)/i;
/** Names that say nothing of a parameter. */
const noParameter =
  /^(?:invalid|unsupported|unauthorized|access|server|insufficient|interaction|login|consent|account)_|_(?:jwt|basic|post|tls|tls_client_auth)$/;

/** The name of the parameter that the server's words miss, in lower case. */
export function missingParameter(facts: Facts): string | undefined {
  const found = tellingWords(facts)
    .filter((sentence) => !orWrong.test(sentence))
    .map((sentence) => missing.exec(sentence))
    .find((match) => match !== null);
  const name = (found?.[1] ?? found?.[2] ?? found?.[3] ?? found?.[4] ?? found?.[5])
    ?.toLowerCase()
    .replaceAll(' ', '_')
    .replace(/^authorization_code$/, 'code')
    .slice(0, 60);
  return name === undefined || noParameter.test(name) ? undefined : name;
}

/** The parameter that the server misses, and whether it was sent. @see RFC 6749 section 5.2, invalid_request */
export const parameterMissing: Rule = (facts) => {
  const { exchange, profile } = facts;
  if (!wasRefused(facts) || !exchange) return [];
  const name = missingParameter(facts);
  if (name === undefined) return [];
  const sent = sentParameters(exchange).has(name);
  const isClient = name === 'client_id' || name === 'client_secret';
  const isOurSecret = name === 'client_secret' && !authenticationOf(profile).proves;
  const inHeader = isClient && authenticationOf(profile).inHeader === true;
  return [
    {
      id: 'parameter-missing',
      weight: 81,
      title: sent
        ? `The server does not find the parameter ${name}, which was sent.`
        : `The server wants the parameter ${name}.`,
      evidence: [
        sent
          ? 'It was in the request: the server, or something before it, reads the request in another way.'
          : inHeader
            ? `The profile sends it in the Authorization header (${profile.clientAuthentication}).`
            : 'The request did not have it.',
      ],
      steps: inHeader
        ? ['Send client id and secret in the form.']
        : isOurSecret
          ? ['Choose how the secret is sent, and enter it.']
          : [
              sent
                ? 'Check the address, and whether a proxy changes the body or its Content-Type.'
                : `Set it in the profile: in a field of its own, or as an extra parameter.`,
            ],
      fixes:
        inHeader || isOurSecret
          ? [{ kind: 'set_client_authentication', clientAuthentication: 'client_secret_post' }]
          : sent
            ? address(facts)
            : name === 'scope'
              ? [edit('scopes')]
              : name === 'audience'
                ? [{ kind: 'ask_audience' }]
                : name === 'resource'
                  ? [edit('resource')]
                  : [],
    },
  ];
};

/** Words about the way in which a client authenticates. */
export const ofMethod =
  /(?:unsupported|invalid) (?:client )?auth\w* (?:method|scheme)|client auth\w* method|token_endpoint_auth_method|\bauthentication_method\b|^basic not supported/i;

const methods = ['client_secret_basic', 'client_secret_post', 'none'] as const;

/** The server's words speak of the way in which the client authenticates. @see RFC 7591 section 2, token_endpoint_auth_method */
export const methodSpokenOf: Rule = (facts) => {
  const { profile } = facts;
  if (!wasRefused(facts)) return [];
  const said = tellingWords(facts).filter((sentence) => ofMethod.test(sentence));
  if (said.length === 0) return [];
  const named = methods.find(
    (method) => method !== profile.clientAuthentication && said.some((sentence) => sentence.includes(method)),
  );
  const other =
    named ?? (authenticationOf(profile).inHeader === true ? 'client_secret_post' : 'client_secret_basic');
  return [
    {
      id: 'client-authentication-other',
      weight: 84,
      title:
        named === undefined
          ? `The server does not take ${profile.clientAuthentication} from this client.`
          : `The client is registered for ${named}, and the profile sends ${profile.clientAuthentication}.`,
      evidence: [
        named === undefined
          ? 'The server’s own words speak of the client authentication.'
          : `The server’s own words name ${named}.`,
      ],
      steps: ['Use the client authentication that the client is registered for.'],
      fixes: [{ kind: 'set_client_authentication', clientAuthentication: other }],
    },
  ];
};
