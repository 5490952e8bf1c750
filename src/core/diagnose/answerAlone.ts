import type { Cause } from './explanation.ts';
import type { Facts } from './facts.ts';
import { unsupported } from './rules/grant.ts';
import { spoken } from './rules/redirectUri.ts';
import { isOfChallenge, missingParameter } from './rules/parameters.ts';
import { ofChallenge, wantsPkce } from './rules/pkce.ts';
import { ofMethod } from './rules/words.ts';
import { ownWords, tellingWords } from './tellingWords.ts';
import { topics } from './topics/all.ts';
import type { Topic } from './topics/topic.ts';
import { gone, near, speaksOf, wrong } from './topics/words.ts';

type AnswerTopic = Pick<Topic, 'id' | 'words' | 'not' | 'when' | 'weight' | 'title' | 'steps'>;

/** What words may speak of that other rules judge by the request, which nobody knows here. */
const more: readonly AnswerTopic[] = [
  {
    id: 'redirect-uri-refused',
    words: near(
      spoken.source,
      `${wrong}|${gone}|differ\\w*|match\\w*|not (?:allowed|permitted|valid)|whitelisted|unregistered`,
    ),
    not: /\bmissing\b(?!.{0,9}\bor\b)/i,
    weight: 80,
    title: 'The server’s words say that it does not take the redirect URI.',
    steps: [
      'Compare redirect_uri with what is registered for this client, character by character; in a token request also with that of the authorization request.',
    ],
  },
  {
    id: 'pkce-refused',
    words: near(
      String.raw`pkce|code[ _-]?(?:verifier|challenge)|transform algorithm`,
      `${wrong}|fail\\w*|not allowed|not supported`,
    ),
    weight: 79,
    title: 'The server’s words say that the code verifier, or its challenge, is not what it wants.',
    steps: [
      'Compare: code_challenge is BASE64URL(SHA-256(code_verifier)) without padding, and both are of the same sign-in.',
    ],
  },
  {
    id: 'pkce-wanted',
    words: near(
      ofChallenge.source,
      String.raw`missing|required?|requires|must|mandatory|without|enforce\w*|not (?:provided|present|specified)`,
      80,
    ),
    not: /verifier|exchange required for cross/i,
    weight: 84,
    title: wantsPkce,
    steps: ['Send code_challenge and code_challenge_method=S256, and the code_verifier with the code.'],
  },
  {
    id: 'scope-refused',
    words: near(
      String.raw`scopes?`,
      `${wrong}|${gone}|not (?:allowed|permitted|supported|authori[sz]ed|granted)|unsupported|unauthori[sz]ed|exceeds`,
    ),
    weight: 75,
    title: 'The server’s words say that it does not take a scope.',
    steps: ['Ask only for scopes that the server documents and that this client may have.'],
  },
  {
    id: 'grant-not-allowed',
    words: new RegExp(
      `${unsupported.source}|${near('grant[ _]?types?', 'not allowed|not enabled|unauthori[sz]ed|invalid|incorrect|not permitted', 40).source}`,
      'i',
    ),
    weight: 77,
    title: 'The server’s words say that it does not take this grant_type, from this client or from anyone.',
    steps: ['Compare grant_type with what the server documents, and allow it in the client’s registration.'],
  },
  {
    id: 'client-authentication-other',
    words: ofMethod,
    weight: 84,
    title: 'The server’s words speak of the way in which the client authenticates.',
    steps: ['Use the client authentication that the client is registered for.'],
  },
  {
    id: 'assertion-refused',
    words: near(
      'assertion|jwt|public key|kid|signature',
      `${wrong}|${gone}|fail\\w*|unable|untrusted|not (?:trusted|verified)|rejected`,
    ),
    weight: 78,
    title: 'The server’s words say that it does not take the assertion, or the key that signed it.',
    steps: [
      'Register the public key at the server and compare its kid; compare iss, sub, aud and exp of the assertion with what the server documents.',
    ],
  },
];

/**
 * The causes that an answer shows by itself, whoever asked and with what: those that the server's own words speak of. A topic's
 * `fits` is not asked, as it is of profile and request, which nobody knows here. Never throws; its work is bounded.
 */
export function causesAlone(facts: Facts): readonly Cause[] {
  const sentences = tellingWords(facts);
  const told = [...topics, ...more].filter(
    (topic: AnswerTopic) =>
      topic.when?.(facts) !== false && sentences.some((sentence) => speaksOf(topic, sentence)),
  );
  const causes = told.map(({ id, weight, title, steps }) => ({
    ...{ id, weight, title, steps },
    ...{ evidence: [ownWords], fixes: [] },
  }));
  const name = missingParameter(facts);
  return name === undefined || isOfChallenge(name) ? causes : [...causes, wanted(name)];
}

function wanted(name: string): Cause {
  return {
    ...{ id: 'parameter-missing', weight: 81, title: `The server wants the parameter ${name}.` },
    evidence: [ownWords],
    steps: ['See whether the request has it, in the place where the server looks for it.'],
    fixes: [],
  };
}
