import { sentTokenOf, tokenHeaderOf } from '../core/profile/tokenHeader.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { TokenSet } from '../core/record/report.ts';
import { Refusal } from './exit.ts';
import { jsonText } from './outputText.ts';

/** The forms of `--format`; `undefined`: the token alone. */
export type TokenFormat = 'header' | 'json' | 'env' | undefined;

/**
 * The access token in the form that was asked for, with a line end; never the refresh token. As a header field it is the token
 * that the profile's APIs want, in the header they want it in.
 *
 * @param variable the name that the form `env` gives it
 * @param proof of the key that the token is bound to
 * @throws Refusal for a token that would be something else in that form, such as one with a line break in a header field
 * @see RFC 6750 section 2.1
 */
export function formatToken(
  tokens: TokenSet,
  format: TokenFormat,
  variable: string,
  profile: HeaderFields,
  proof?: string,
): string {
  const { token_type: type, scope, expires_at: expires } = tokens;
  const token = printedToken(tokens, format, profile);
  if (format === 'json')
    return jsonText({
      access_token: token,
      token_type: type,
      ...(scope === undefined ? {} : { scope }),
      ...(expires === undefined ? {} : { expires_at: new Date(expires).toISOString() }),
      ...(proof !== undefined && { dpop: proof }),
    });
  // Anything else but visible ASCII could begin another line, header field or command. @see RFC 6749 appendix A.12
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Refusal(
      'The token holds characters that no header field or shell can take as they are; use --format json.',
      1,
    );
  if (format === undefined) return `${token}\n`;
  if (format === 'env')
    return `${variable}=${shellWord(token)}\n${proof === undefined ? '' : `DPOP_PROOF=${proof}\n`}`;
  // @see RFC 9449 section 7.1
  if (proof !== undefined) return `Authorization: DPoP ${token}\nDPoP: ${proof}\n`;
  if (token === tokens.access_token && type.toLowerCase() !== 'bearer')
    throw new Refusal(
      `The token is of type ${type.slice(0, 20).replace(/[^\w-]/g, '?')}, which is not sent as a bearer token: there is no header field for it.`,
      1,
    );
  const { name, prefix } = tokenHeaderOf(profile);
  return `${name}: ${prefix}${token}\n`;
}

/** What a profile says of the header that carries its token. */
type HeaderFields = Pick<Profile, 'sentToken' | 'tokenHeader' | 'tokenPrefix'>;

/**
 * The token that {@link formatToken} prints.
 *
 * @throws Refusal when it is the id_token and the server sent none
 */
export function printedToken(tokens: TokenSet, format: TokenFormat, profile: HeaderFields): string {
  if (format !== 'header') return tokens.access_token;
  const token = sentTokenOf(profile, tokens);
  if (token !== undefined) return token;
  throw new Refusal(
    'The profile sends the id_token, and the server sent none. Ask for the scope openid, or have the access token sent.',
    1,
  );
}

/** A text as one word of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w.~+/=:@%-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
