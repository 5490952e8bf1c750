import { isRedirect } from '../http/redirectStatus.ts';
import { errorBody } from '../oauth/errorBody.ts';
import { sentElsewhere } from '../oauth/tokenFailure.ts';
import type { FlowContext } from '../oauth/context.ts';
import { bodyInWords, membersOf, responseBody, type ResponseBody } from '../http/responseBody.ts';
import { errorName, plainText } from '../http/plainText.ts';
import type { Profile } from '../profile/profile.ts';
import { FailureError } from '../record/failure.ts';
import { kindOf, objectOf } from '../../shared/json.ts';

/** Where a client is managed, and the token for it; in the vault and nowhere else. @see RFC 7592 section 3 */
export interface KeptRegistration {
  /** `registration_access_token` */
  readonly token: string;
  /** `registration_client_uri` */
  readonly uri: string;
}

/** Reads what the vault keeps of a registration; absent for anything else. */
export function parseKeptRegistration(text: string): KeptRegistration | undefined {
  try {
    const { token, uri } = objectOf(JSON.parse(text));
    return typeof token === 'string' && typeof uri === 'string' ? { token, uri } : undefined;
  } catch {
    return undefined;
  }
}

/** A request about a registered client. */
export interface ClientRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly profile: Profile;
  readonly kept: KeptRegistration;
  /** Of `PUT`. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** What the server has of a client. */
export interface ClientAnswer {
  readonly members: Readonly<Record<string, unknown>>;
  /** The token to use from now on: the server may have given another one. */
  readonly kept: KeptRegistration;
}

/**
 * Reads, changes or deletes a registered client; a deleted one has no members.
 *
 * @throws FailureError of step `registration`
 * @see RFC 7592 sections 2.1 to 2.3
 */
export async function askAboutClient(
  { method, profile, kept, body }: ClientRequest,
  { fetch, trace }: Pick<FlowContext, 'fetch' | 'trace'>,
): Promise<ClientAnswer> {
  trace.enter('registration');
  const response = await fetch('registered_client', 'registration')(kept.uri, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${kept.token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const exchange = trace.idOf(response);
  const at = { step: 'registration', ...(exchange === undefined ? {} : { exchange }) } as const;
  const host = new URL(kept.uri).host;
  const read = responseBody(await response.text(), 'application/json');
  const members = membersOf(read) ?? {};
  for (const name of ['client_secret', 'registration_access_token'])
    if (typeof members[name] === 'string' && members[name] !== '') trace.useSecret(members[name]);
  // @see RFC 9700 section 4.12
  if (isRedirect(response.status))
    throw sentElsewhere(response, { ...at, host, asked: 'request about the client' });
  if (!response.ok) throw refused(members, response.status, host, at);
  if (method === 'DELETE') return { members: {}, kept };
  if (members['client_id'] !== profile.clientId)
    throw new FailureError({
      ...{ ...at, kind: 'malformed_response', code: 'registration' },
      message: `${host} answered with ${came(read)} instead of the client of this profile, so nothing of it is used.`,
      advice: 'Look at the answer in the flow view, and at the client ID of the profile.',
    });
  return { members, kept: renewed(kept, members) };
}

function came(body: ResponseBody): string {
  const { client_id: id } = membersOf(body) ?? {};
  if (body.format !== 'json') return `no client_id (${bodyInWords(body)})`;
  if (id === undefined) return 'no client_id';
  return typeof id === 'string' ? 'another client_id' : `a client_id that is ${kindOf(id)}`;
}

/** A token comes with its address; an address elsewhere is not followed. */
function renewed(kept: KeptRegistration, members: Readonly<Record<string, unknown>>): KeptRegistration {
  const { registration_access_token: token, registration_client_uri: uri } = members;
  const next = typeof uri === 'string' && URL.canParse(uri, kept.uri) ? new URL(uri, kept.uri) : undefined;
  return {
    token: typeof token === 'string' && token !== '' ? token : kept.token,
    uri: next?.origin === new URL(kept.uri).origin ? next.href : kept.uri,
  };
}

function refused(
  members: Readonly<Record<string, unknown>>,
  status: number,
  host: string,
  at: { readonly step: 'registration'; readonly exchange?: number },
): FailureError {
  const found = errorBody(members);
  const advice =
    status === 401 || status === 403
      ? 'The registration access token is not valid any more, or must not do this: the client was deleted, or its token renewed elsewhere. Register the client anew, or ask who runs the server.'
      : status === 405
        ? 'The server does not offer this: change the client in its own pages.'
        : 'Compare what was sent with what the server documents; the flow view shows both.';
  if (found === undefined)
    return new FailureError({
      ...{ ...at, kind: 'http_error', status, advice },
      message: `${host} answered the request about the client with status ${status}.`,
    });
  const { error, error_description: description } = found.body;
  const words = description === undefined ? '' : ` (${plainText(description)})`;
  return new FailureError({
    ...{ ...at, kind: 'oauth_error', status, body: found.body, advice },
    message: `${host} refused the request about the client with ${errorName(error, 100)}${words}.`,
  });
}
