import { spelledOut } from '../tellingWords.ts';
import type { Topic } from './topic.ts';

/** What is said of something that is not there. */
export const gone = String.raw`not ?found|could ?n[o']t find|(?:does(?:n't| not) |not )exist|unknown|no such|(?:could not|can ?not|can't) be found|not recogni[sz]ed|not registered`;
/** What is said of something that is there, and of no use. */
export const off =
  'disabled|inactive|suspended|deactivated|blocked|locked|not (?:in )?(?:an )?active|not enabled|deleted';
/** What is said of something that is not taken. */
export const wrong = String.raw`invalid|wrong|incorrect|bad|error validating|expired|mismatch(?:ed|ing)?|not valid|(?:does|did)(?:n't| not) match`;

/** One of the words, and at most so many characters later one of the others, or the other way round. */
export const near = (one: string, other: string, most = 60) =>
  new RegExp(
    String.raw`\b(?:${one})\b.{0,${most}}\b(?:${other})\b|\b(?:${other})\b.{0,${most}}\b(?:${one})\b`,
    'i',
  );

/** A gateway's own key, which is not part of OAuth. */
export const keyOfApi = near(
  String.raw`api[ _-]?keys?|subscription[ _-]?keys?|x-api-key`,
  `no|missing|required|without|not (?:found|provided|present)|invalid|must|failed to resolve|please use`,
  50,
);

/** How gateways refuse by a rule of whoever runs them: Envoy, AWS, Kong, Tyk, WSO2, Apigee. */
export const ofGateway =
  /^rbac: |\bexplicit deny\b|\bexecute-api:|\bnot authorized to access this resource\b|\bcannot consume this service\b|\baccess to this api has been disallowed\b|\bkey not authori[sz]ed\b|\bsubscription validation failed\b|\bno api ?product match\b/i;

/** What says that a network is refused. */
export const ofNetwork = near(
  String.raw`(?:caller|client)? ?ip(?: address)?|network zone|ip range`,
  'not allowed|blocked|restricted|denied|white-?list|allow-?list|not permitted',
);

/** Whether a sentence of an answer speaks of a topic. */
export function speaksOf({ words, not }: Pick<Topic, 'words' | 'not'>, sentence: string): boolean {
  const text = spelledOut(sentence);
  return (words.test(sentence) || words.test(text)) && not?.test(text) !== true;
}
