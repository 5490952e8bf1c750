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

/** A gateway's own key, which is no part of OAuth. */
export const keyOfApi = near(
  String.raw`api[ _-]?keys?|subscription[ _-]?keys?|x-api-key`,
  `no|missing|required|without|not (?:found|provided|present)|invalid|must`,
  50,
);

/** Whether a sentence of an answer speaks of a topic. */
export function speaksOf({ words, not }: Pick<Topic, 'words' | 'not'>, sentence: string): boolean {
  const text = spelledOut(sentence);
  return (words.test(sentence) || words.test(text)) && not?.test(text) !== true;
}
