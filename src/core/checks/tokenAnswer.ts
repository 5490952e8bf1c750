import { plainText } from '../http/plainText.ts';
import { membersIn } from '../http/jsonDepth.ts';

/** What the token endpoint answered, as far as a check needs it. */
export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly scope?: string;
  readonly idToken?: string;
  readonly tokenType?: string;
  /** Seconds. */
  readonly expiresIn?: number;
  readonly error?: string;
}

/** Reads a token endpoint's answer, whatever it is; never throws. */
export async function readTokenAnswer(response: Response): Promise<TokenAnswer> {
  const { status, headers } = response;
  const members = parse(await response.text());
  const text = (name: string) => {
    const value = members[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const accessToken = status < 300 ? text('access_token') : undefined;
  const refreshToken = text('refresh_token');
  const scope = text('scope');
  const error = text('error');
  const idToken = text('id_token');
  const tokenType = text('token_type');
  const expiresIn = Number(members['expires_in'] ?? NaN);
  return {
    status,
    headers,
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(scope === undefined ? {} : { scope }),
    ...(idToken === undefined ? {} : { idToken }),
    ...(tokenType === undefined ? {} : { tokenType }),
    ...(Number.isFinite(expiresIn) ? { expiresIn } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  const members = membersIn(text);
  if (Object.keys(members).length > 0) return members;
  // Not JSON: form-encoded, or a page.
  return Object.fromEntries(new URLSearchParams(text.slice(0, 64 * 1024)));
}

/** Whether a token came. */
export function issued(answer: TokenAnswer): boolean {
  return answer.accessToken !== undefined;
}

/** What a server says of itself, whatever its status. @see RFC 6749 section 4.1.2.1 */
const ofItself = ['server_error', 'temporarily_unavailable'];

/** Whether the server itself broke, or sent on to another place, so that nothing can be said. */
export function broken({ status, error }: TokenAnswer): boolean {
  const leadsElsewhere = status >= 300 && status < 400;
  return (
    status >= 500 || status === 429 || leadsElsewhere || (error !== undefined && ofItself.includes(error))
  );
}

/** The answer in a few words, for a sentence. */
export function describeToken(answer: TokenAnswer): string {
  if (issued(answer)) return `issued a token (status ${answer.status})`;
  const said = answer.error === undefined ? '' : ` and ${plainText(answer.error, 60)}`;
  return `answered with status ${answer.status}${said}`;
}
