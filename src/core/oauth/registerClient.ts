import * as oauth from 'oauth4webapi';
import type { FlowContext } from './context.ts';
import { FailureError, type FlowStep } from '../record/failure.ts';
import type { Deviation } from '../record/exchange.ts';
import { isRedirect } from '../http/redirectStatus.ts';
import { errorName, plainText } from '../http/plainText.ts';
import { TextResponse } from '../http/textResponse.ts';
import { loopbackToo } from './libraryFetch.ts';
import { sentElsewhere } from './tokenFailure.ts';
import { bodyInWords, membersOf, responseBody } from '../http/responseBody.ts';
import { kindOf } from '../../shared/json.ts';

/** What a client says of itself when it registers. @see RFC 7591 section 2, OpenID Connect Registration 1.0 section 2 */
export interface ClientToRegister {
  readonly clientName: string;
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly string[];
  readonly tokenEndpointAuthMethod: string;
  /** Sent in this order; when empty, `scope` is not sent. */
  readonly scopes: readonly string[];
}

/** A client as the server registered it; secret and token go to the vault and nowhere else. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly clientSecret?: string;
  /** When the secret expires, in milliseconds since the epoch; absent when it does not, or the server does not say. */
  readonly secretEnds?: number;
  readonly registrationAccessToken?: string;
  /** Where the client can be read, changed and deleted. @see RFC 7592 */
  readonly registrationClientUri?: string;
  /** What the server decided, which may differ from the request. */
  readonly tokenEndpointAuthMethod?: string;
  /** Redirect URIs that were asked for, but are not in the response. @see RFC 7591 section 3.2.1 */
  readonly lostRedirectUris?: readonly string[];
}

/** What sending a registration takes. */
export interface RegistrationManner {
  readonly place?: 'discovery' | 'registration';
  /** @see RFC 7591 section 1.2 */
  readonly initialAccessToken?: string;
}

/**
 * Registers a client at an authorization server.
 *
 * @param server with its `registration_endpoint`
 * @throws FailureError of kind `oauth_error`, `http_error`, `malformed_response`, or of the transport
 * @see RFC 7591 section 3
 */
export async function registerClient(
  server: oauth.AuthorizationServer,
  client: ClientToRegister,
  { fetch, trace }: Pick<FlowContext, 'fetch' | 'trace'>,
  { place = 'discovery', initialAccessToken }: RegistrationManner = {},
): Promise<RegisteredClient> {
  trace.enter(place);
  const response = await oauth.dynamicClientRegistrationRequest(server, metadataOf(client), {
    ...loopbackToo,
    ...(initialAccessToken === undefined ? {} : { initialAccessToken }),
    [oauth.customFetch]: (url, { headers, method, body }) =>
      fetch(place, place)(url, { headers, method, body }),
  });
  const copy = response.clone();
  const exchange = trace.idOf(response);
  const { host } = new URL(server.registration_endpoint ?? '');
  const at = { step: place, host, ...(exchange === undefined ? {} : { exchange }) };
  try {
    const tolerated = await tolerate(response, server.registration_endpoint ?? '');
    if (exchange !== undefined) trace.deviate(exchange, tolerated.deviations);
    const answer = await oauth.processDynamicClientRegistrationResponse(tolerated.response);
    const registered = read(answer, client);
    if (registered.clientSecret !== undefined) trace.useSecret(registered.clientSecret);
    if (registered.registrationAccessToken !== undefined) trace.useSecret(registered.registrationAccessToken);
    return registered;
  } catch (thrown) {
    throw failed(thrown, response, await copy.text(), at);
  }
}

interface Tolerated {
  readonly response: Response;
  readonly deviations: readonly Deviation[];
}

/**
 * Adds to a success what servers in the field leave out and the library needs, and notes it; the rest stays as it came.
 *
 * @see RFC 7591 section 3.2.1
 */
async function tolerate(response: Response, endpoint: string): Promise<Tolerated> {
  const { status, headers } = response;
  const untouched = { response, deviations: [] };
  if (status !== 200 && status !== 201) return untouched;
  const { format, ...body } = responseBody(await response.text(), 'application/json');
  if (format !== 'json' || !('members' in body)) return untouched;
  const deviations: Deviation[] = [];
  const source = 'RFC 7591 section 3.2.1';
  if (status === 200)
    deviations.push({
      code: 'registered_with_200',
      message: 'A registration is answered with 201, not 200.',
      source,
    });
  const { client_secret_expires_at: end, registration_client_uri: uri } = body.members;
  const written = typeof end === 'string' && /^\d{1,12}$/.test(end) ? Number(end) : undefined;
  const wrongEnd = 'client_secret' in body.members && !(typeof end === 'number' && end >= 0);
  if (wrongEnd)
    deviations.push({
      code: `client_secret_expires_at_${written === undefined ? 'missing' : 'text'}`,
      message:
        written === undefined
          ? 'The answer does not say when the client secret ends (client_secret_expires_at).'
          : 'When the client secret ends (client_secret_expires_at) is written as a text, not as a number.',
      source,
    });
  const isPath = typeof uri === 'string' && !URL.canParse(uri) && URL.canParse(uri, endpoint);
  if (isPath)
    deviations.push({
      code: 'registration_client_uri_relative',
      message:
        'The address of the client (registration_client_uri) is not complete: it was taken as one of the server.',
      source: 'RFC 7592 section 3',
    });
  const members = {
    ...body.members,
    ...(wrongEnd && { client_secret_expires_at: written ?? 0 }),
    ...(isPath && { registration_client_uri: new URL(uri, endpoint).href }),
  };
  return { response: new TextResponse(JSON.stringify(members), { status: 201, headers }), deviations };
}

function metadataOf(client: ClientToRegister): Record<string, oauth.JsonValue> {
  const { clientName, redirectUris, grantTypes, tokenEndpointAuthMethod, scopes } = client;
  const redirects = redirectUris.length > 0;
  return {
    client_name: clientName,
    ...(redirects && { redirect_uris: [...redirectUris], response_types: ['code'] }),
    grant_types: [...grantTypes],
    token_endpoint_auth_method: tokenEndpointAuthMethod,
    // Without it the server assumes a web application, and refuses http on loopback.
    ...(redirects && { application_type: 'native' }),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
  };
}

function read(
  members: oauth.OmitSymbolProperties<oauth.Client>,
  { redirectUris }: ClientToRegister,
): RegisteredClient {
  const uris: unknown = members['redirect_uris'];
  const lost = Array.isArray(uris) ? redirectUris.filter((uri) => !uris.includes(uri)) : [];
  const secret: unknown = members['client_secret'];
  const end: unknown = members['client_secret_expires_at'];
  const token: unknown = members['registration_access_token'];
  const uri: unknown = members['registration_client_uri'];
  const method: unknown = members['token_endpoint_auth_method'];
  return {
    clientId: members.client_id,
    ...(typeof secret === 'string' && secret !== '' && { clientSecret: secret }),
    ...(typeof end === 'number' && end > 0 && end < 8.64e12 && { secretEnds: end * 1000 }),
    ...(typeof token === 'string' && { registrationAccessToken: token }),
    ...(typeof uri === 'string' && URL.canParse(uri) && { registrationClientUri: uri }),
    ...(typeof method === 'string' && { tokenEndpointAuthMethod: method }),
    ...(lost.length > 0 && { lostRedirectUris: lost }),
  };
}

/** What came instead of a registered client. */
function whatCame(text: string): string {
  const body = responseBody(text, 'application/json');
  const { client_id: id } = membersOf(body) ?? {};
  if (body.format !== 'json') return bodyInWords(body);
  if (id === undefined) return 'a JSON object without one';
  return typeof id === 'string' && id !== ''
    ? 'one whose other members cannot be used'
    : `a client_id that is ${id === '' ? 'empty' : kindOf(id)}`;
}

function failed(
  thrown: unknown,
  { status, headers }: Response,
  text: string,
  { host, ...common }: { readonly step: FlowStep; readonly exchange?: number; readonly host: string },
): FailureError {
  if (thrown instanceof oauth.ResponseBodyError) {
    const { error, error_description: description } = thrown;
    const words = description === undefined ? '' : ` (${plainText(description)})`;
    return new FailureError({
      ...common,
      kind: 'oauth_error',
      status,
      body: { error, ...(description !== undefined && { error_description: description }) },
      message: `The server refused to register the client with ${errorName(error, 100)}${words}.`,
      advice: 'Register the client by hand, with the redirect URI of the profile, and use its client ID.',
    });
  }
  if (isRedirect(status))
    return sentElsewhere({ status, headers }, { ...common, host, asked: 'registration' });
  if (status !== 201 && status !== 200)
    return new FailureError({
      ...common,
      kind: 'http_error',
      status,
      message: `The server answered the registration of a client with status ${status}.`,
      advice: 'Register the client by hand, and use its client ID.',
    });
  return new FailureError({
    ...common,
    kind: 'malformed_response',
    code: 'registration',
    message: `The server’s answer to the registration is not a JSON document with a client_id: ${whatCame(text)} came.`,
    advice: 'Register the client by hand, and use its client ID.',
  });
}
