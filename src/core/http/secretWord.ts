import { isKnown, isOfWords, isState, numbered } from './knownWords.ts';
import { isLeftOut } from './leftOut.ts';
import { isErrorCode, isPasswordName, isSecretName, isShared } from '../secretNames.ts';

/**
 * How a word is tied to the name of a secret before it: in quotes behind a sign, by a sign alone, by a sign and blanks, by a word such as
 * “is”, or only by its place.
 */
export type Tie = 'quoted' | 'assigned' | 'sign' | 'said' | 'beside';

/** Shorter words are not secrets that could be told from words; people make shorter passwords. */
const [shortest, shortestPassword] = [8, 6];

/**
 * Whether a word in a text is the secret that the name before it promises: the one place where that is decided. It is none when it says
 * something to everybody, such as an error code or the name of a scheme; else what sentences have no words of is one: letters with
 * digits, or many letters that make no words.
 */
export function isSecretWord(word: string, name: string, tie: Tie): boolean {
  if (word === '' || word.includes('…') || isState(word) || stands(word)) return false;
  const isPassword = isPasswordName(name);
  if (isPhrase(word, name, tie)) return true;
  const isGiven = tie === 'quoted' || tie === 'assigned';
  if (isPassword && isGiven) return word.length >= 3;
  // Whoever says what a password is, says no number of an error.
  const isSaid = isPassword && tie !== 'beside';
  const isSaidNumber = isSaid && (numbered.test(word.replace(/[.,!?]$/, '')) || /^\d{6}/.test(word));
  if (isKnown(word) && !isSaidNumber && (!isGiven || isErrorCode(word))) return false;
  if (tie === 'quoted') return true;
  if (isPassword && word.length >= shortestPassword) {
    if (isSaid && /^\d+[.,!?]?$/.test(word)) return true;
    if (/[\d@#$%^*+=~|]|[!?&]./.test(word) && /\p{L}/u.test(word)) return true;
  }
  if (isJumble(word, tie === 'assigned' || isPassword || /secret$/i.test(name))) return true;
  // Others have codes and keys, too.
  const mixed = tie === 'said' && isShared(name) ? bothCases : /[a-z]/i;
  return word.length >= shortest && /\d/.test(word) && mixed.test(word);
}

const bothCases = /^(?=[^a-z]*[a-z])[^A-Z]*[A-Z]/;

/** Whether it stands for a value that is put in its place, or is a path in words: base64 may begin as one, too. */
const stands = (word: string) =>
  isLeftOut(word) ||
  /^(?:\*+|[$%]\w?)$/.test(word) ||
  (/^[\\/][^+=]*$/.test(word) && (!/[A-Z\d]/.test(word) || isOfWords(word)));

/** What the names of classes, of states and of algorithms begin with, besides what secrets are called. */
const ofTrade =
  /^(?:a(?:cc[eo]|pi|pp|ss|uth)|base|case|c(?:ert|l[ai]|ode|onf|red)|d(?:ata|ef|ig)|e(?:mp|nc|rr|xc|xp)|f(?:ail|ilt|orm)|grant|ha[ns]|http|i[dn]|js|jw|len|log|man|mis|n(?:ame|ot|ul)|oa|p(?:aram|ol|ost|rov)|re[fgqsv]|s(?:ec|ens|er|ess|et|ig|tat|tor|tri)|type|un|ur|us|val|ver|web)/i;

/** Whether a word is a phrase that people make up as a secret, `CorrectHorseBattery` or, of one more word, `correct-horse-battery-staple`. */
export function isPhrase(word: string, name: string, tie: Tie): boolean {
  if (word.length < shortest) return false;
  const camel = /^(?:[A-Z][a-z]+)+[.!?]?$/.test(word);
  if (!(camel || /^[a-z]+(?:-[a-z]+)+[.!?]?$/.test(word)) || isShared(name)) return false;
  const words = word.match(/[A-Z]?[a-z]+/g) ?? [];
  const least = !camel ? 4 : isPasswordName(name) && tie !== 'beside' ? 2 : 3;
  return words.length >= least && !words.some((one) => ofTrade.test(one) || isSecretName(one));
}

/** Whether a long word has signs and digits, or letters of which no words are made, where people do not make up their own. */
function isJumble(word: string, mayBeWords: boolean): boolean {
  const [long] = /^[\w.~+/-]{16,}/.exec(word) ?? [];
  if (long === undefined) return false;
  return /[\d+~]/.test(long) || !isOfWords(long) || (mayBeWords && bothCases.test(long));
}
