import type { TokenSet } from '../core/record/report.ts';
import { Refusal } from './exit.ts';
import { jsonText } from './outputText.ts';

/** The forms of `--format`; `undefined`: the token alone. */
export type TokenFormat = 'header' | 'json' | 'env' | undefined;

/**
 * The access token in the form that was asked for, with a line end; neither refresh token nor id_token.
 *
 * @param variable the name that the form `env` gives it
 * @throws Refusal for a token that would be something else in that form, such as one with a line break in a header field
 * @see RFC 6750 section 2.1
 */
export function formatToken(tokens: TokenSet, format: TokenFormat, variable: string): string {
  const { access_token: token, token_type: type, scope, expires_at: expires } = tokens;
  if (format === 'json')
    return jsonText({
      access_token: token,
      token_type: type,
      ...(scope === undefined ? {} : { scope }),
      ...(expires === undefined ? {} : { expires_at: new Date(expires).toISOString() }),
    });
  // Anything else but visible ASCII could begin another line, header field or command. @see RFC 6749 appendix A.12
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Refusal(
      'The access token holds characters that no header field or shell can take as they are; use --format json.',
      1,
    );
  if (format === undefined) return `${token}\n`;
  if (format === 'env') return `${variable}=${shellWord(token)}\n`;
  if (type.toLowerCase() !== 'bearer')
    throw new Refusal(
      `The token is of type ${type.slice(0, 20).replace(/[^\w-]/g, '?')}, which is not sent as a bearer token: there is no header field for it.`,
      1,
    );
  return `Authorization: Bearer ${token}\n`;
}

/** A text as one word of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w.~+/=:@%-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
