import { isReadable, plainText } from '../http/plainText.ts';
import { isErrorForToken } from '../oauth/errorBody.ts';
import { isWebPage } from '../http/webPage.ts';
import { membersSaid, says, type Says } from './heard.ts';
import { Undetermined } from './undetermined.ts';

/** What the token endpoint answered, as far as a check needs it. */
export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly says: Says;
  readonly body: string;
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
  const body = await response.text();
  const members = isWebPage(headers.get('content-type'), body.trim()) ? {} : membersSaid(body.trim());
  const said = says({ status, headers, body });
  const text = (name: string) => {
    const value = members[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const refusal = isErrorForToken(members['access_token']);
  const accessToken = status < 300 && !refusal ? text('access_token') : undefined;
  const refreshToken = text('refresh_token');
  const scope = text('scope');
  const error = isReadable(members['error']) ? members['error'] : undefined;
  const idToken = text('id_token');
  const tokenType = text('token_type');
  const expiresIn = Number(members['expires_in'] ?? NaN);
  return {
    status,
    headers,
    body,
    says: accessToken !== undefined ? 'served' : refusal ? 'refused' : said === 'served' ? 'nothing' : said,
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(scope === undefined ? {} : { scope }),
    ...(idToken === undefined ? {} : { idToken }),
    ...(tokenType === undefined ? {} : { tokenType }),
    ...(Number.isFinite(expiresIn) ? { expiresIn } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

/** Whether a token came. */
export function issued(answer: TokenAnswer): boolean {
  return answer.accessToken !== undefined;
}

/** Whether the answer says nothing of the request: neither a token nor a refusal in the server's own words. */
export function broken({ says: said }: TokenAnswer): boolean {
  return said === 'nothing';
}

/** Why a check cannot go on where a correct request gets this answer. */
export function refusedCorrect(
  answer: TokenAnswer,
  what = 'A correct token request was refused',
): Undetermined {
  // Some servers have words of their own for it.
  const ofClient = refusesCredentials(answer) || (answer.status === 401 && answer.error !== 'invalid_grant');
  return new Undetermined(`${what}: the server ${describeToken(answer)}.`, ofClient ? 'client' : 'request');
}

/** Whether an answer says that it does not take the client's credentials; Keycloak has another code for it. @see RFC 6749 section 5.2 */
export function refusesCredentials({ status, error }: TokenAnswer): boolean {
  return error === 'invalid_client' || (status === 401 && error === 'unauthorized_client');
}

/** The answer in a few words, for a sentence. */
export function describeToken(answer: TokenAnswer): string {
  if (issued(answer)) return `issued a token (status ${answer.status})`;
  const said = answer.error === undefined ? '' : ` and ${plainText(answer.error, 60)}`;
  return `answered with status ${answer.status}${said}`;
}
