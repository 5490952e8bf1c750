import { inOtherPlace } from '../../authentication/all.ts';
import type { Cause } from '../explanation.ts';
import { wasRefused, type Rule } from '../rule.ts';
import { ownWords, tellingWords } from '../tellingWords.ts';
import { topics } from '../topics/all.ts';
import { speaksOf } from '../topics/words.ts';
import { worked } from '../worked.ts';

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

/** What an answer may say that is not an answer of the endpoint that was meant. */
const ofAddress: ReadonlySet<string> = new Set(['firewall', 'realm-not-known']);

/** Words about the way in which a client authenticates. */
export const ofMethod =
  /(?:unsupported|invalid) (?:client )?auth\w* (?:method|scheme)|client auth\w* method|token_endpoint_auth_method|\bauthentication_method\b|^basic not supported/i;

const methods = ['client_secret_basic', 'client_secret_post', 'none'] as const;

/** The server's words speak of the way in which the client authenticates. @see RFC 7591 section 2, token_endpoint_auth_method */
export const methodSpokenOf: Rule = (facts) => {
  const { profile } = facts;
  if (!wasRefused(facts)) return [];
  const sentences = tellingWords(facts);
  if (!sentences.some((sentence) => ofMethod.test(sentence))) return [];
  const said = sentences.filter((sentence) => /auth|client_secret_/i.test(sentence));
  const named = methods.find(
    (method) =>
      method !== profile.clientAuthentication &&
      said.some((sentence) => new RegExp(String.raw`\b${method}\b(?! of)`, 'i').test(sentence)),
  );
  const other = named ?? inOtherPlace(profile);
  return [
    {
      id: 'client-authentication-other',
      weight: 84,
      title:
        named === undefined
          ? worked(facts).method
            ? 'The client may have another client authentication now.'
            : `The server does not take ${profile.clientAuthentication} from this client.`
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
