import type { TokenHeader } from '../profile/tokenHeader.ts';

/** What an Authorization header holds; everything but `empty` and `bearer` is the user's own and not replaced unasked. */
export type AuthorizationKind =
  | 'empty'
  | 'bearer'
  | 'variable'
  | 'basic'
  | 'digest'
  | 'aws'
  | 'oauth2'
  | 'other';

/** An Authorization header of a request, as offsets into the text. */
export interface Authorization {
  readonly kind: AuthorizationKind;
  /** Zero-based line. */
  readonly line: number;
  /** Start of the header's name. */
  readonly start: number;
  /** Start of the value: after the colon and the white space that follows it. */
  readonly valueStart: number;
  /** End of the value, its folded lines included, without trailing white space. */
  readonly valueEnd: number;
  /** The token of a `bearer`; the name of a `variable` that is all there is beside the scheme. */
  readonly content?: string;
  /** The value is a variable in the place of a whole line: `{{auth}}` for `@auth = Authorization: …`. */
  readonly whole?: true;
  /** The value is an option of curl that stands for the header, `-u name:password`. */
  readonly option?: true;
}

const schemes: readonly (readonly [AuthorizationKind, RegExp])[] = [
  ['basic', /^basic(?:\s|$)/i],
  ['digest', /^digest(?:\s|$)/i],
  ['aws', /^(?:aws\d*(?:-[\w-]+)?|cognito)(?:\s|$)/i],
  ['oauth2', /^(?:oauth2|openid)(?:\s|$)/i],
];

/** What the value of the header is. */
export function classify(value: string, { prefix }: TokenHeader): Pick<Authorization, 'kind' | 'content'> {
  const word = prefix.trim();
  if (value === '' || value.toLowerCase() === word.toLowerCase()) return { kind: 'empty' };
  for (const [kind, pattern] of schemes) if (pattern.test(value)) return { kind };
  const behind = behindWord(value, word);
  const variable = /^\{\{([^{}]*)\}\}$/.exec(behind);
  if (variable) return { kind: 'variable', content: variable[1]?.trim() ?? '' };
  if (value.includes('{{')) return { kind: 'variable' };
  const isToken = (behind !== value || word === '') && !/\s/.test(behind);
  return isToken ? { kind: 'bearer', content: behind } : { kind: 'other' };
}

/** What follows `word` and white space, else all of it. */
function behindWord(value: string, word: string): string {
  const rest = value.slice(word.length);
  const follows = word !== '' && value.toLowerCase().startsWith(word.toLowerCase()) && /^\s/.test(rest);
  return follows ? rest.trim() : value;
}
