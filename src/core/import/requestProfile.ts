import { setParameter, type CommandRequest } from './curlRequest.ts';
import { Gathered } from './gathered.ts';
import type { Found } from './imported.ts';
import { percentDecoded, splitUser } from '../http/urlHost.ts';
import { placeholderIn } from './placeholder.ts';

/** What is good for one request only, and where what is good for longer is given here. */
const leftOut: readonly (readonly [string, string])[] = [
  ['code', 'The code was left out: it is good for one request.'],
  ['device_code', 'The device code was left out: it is good for one request.'],
  ['refresh_token', 'The refresh token was left out: it is asked for here.'],
  ['username', 'The user’s name was left out.'],
  ['password', 'The user’s password was left out.'],
  ['client_assertion', 'The assertion was left out: here a key makes one for each request.'],
];

/** Of the standard's parameters, those that are not extra ones. */
const known = [
  'grant_type',
  'client_id',
  'client_secret',
  'scope',
  'audience',
  'resource',
  'code_verifier',
  'redirect_uri',
  'client_assertion_type',
  ...leftOut.map(([parameter]) => parameter),
];

/**
 * The profile of a token request. @see RFC 6749 sections 2.3.1 and 4.4.2
 *
 * @param what the request as the subject of a sentence.
 */
export function fromRequest(written: CommandRequest, what: string, name?: string): Found {
  const request = withQuery(withPlainNames(withoutUser(written)));
  const { url = '', parameters, basic, camelCase, notes, problems } = request;
  if (!URL.canParse(url) && !/^https?:\/\/\S/.test(url) && placeholderIn(url) === undefined)
    return `${what} has no URL of a token endpoint.`;
  const host = URL.canParse(url) ? new URL(url).host : 'Imported';
  if (!parameters.has('grant_type'))
    return [
      `${what} to ${host} is not a token request: only a form or JSON body with grant_type is one. Nothing was taken of it.`,
      ...notes,
      ...problems,
    ].join(' ');
  const colon = basic?.indexOf(':') ?? -1;
  const basicId = colon < 0 ? basic : basic?.slice(0, colon);
  const basicSecret = colon < 0 ? undefined : basic?.slice(colon + 1);
  const gathered = new Gathered();
  gathered.notes.push(...notes);
  gathered.problems.push(...problems);
  gathered.put('tokenEndpoint', url);
  gathered.put('grant', parameters.get('grant_type'));
  gathered.put('clientId', parameters.get('client_id'));
  gathered.put('clientId', basicId);
  const secret = parameters.get('client_secret') ?? basicSecret;
  // Of two clients, whose it is cannot be known.
  if (gathered.problems.length === problems.length) gathered.put('clientSecret', secret);
  gathered.put('clientAuthentication', authentication(parameters, basic, secret));
  gathered.put('scope', parameters.get('scope'));
  gathered.put('audience', parameters.get('audience'));
  gathered.put('resource', parameters.get('resource'));
  gathered.put('redirectUri', parameters.get('redirect_uri'));
  for (const [key, value] of parameters)
    if (!known.includes(key)) gathered.parameter(key, value, { request: 'token' });
  for (const [parameter, note] of leftOut) if (parameters.has(parameter)) gathered.notes.push(note);
  return gathered.finish(name ?? host, {
    // Curl sends them as they stand; form-encoded they would be others. @see RFC 6749 section 2.3.1
    ...(basic !== undefined &&
      parameters.get('client_secret') === undefined &&
      /[^\w*.:-]/.test(basic) && { basicEncoding: 'raw' }),
    ...(camelCase && { tokenDialect: 'tokenidp' }),
  });
}

/** What stands before the host is sent as HTTP Basic, unless the request has its own. @see RFC 3986 section 3.2.1 */
function withoutUser(request: CommandRequest): CommandRequest {
  const [user, url] = splitUser(request.url ?? '');
  // Which is said where the address is taken.
  if (user === '' || request.basic !== undefined) return request;
  return { ...request, url, basic: user.split(':').map(percentDecoded).join(':') };
}

/** Names in other letters (`Grant_Type`), as some servers take them. */
function withPlainNames(request: CommandRequest): CommandRequest {
  const plain = [...request.parameters].map(([name, value]) => {
    const lower = name.toLowerCase();
    return [known.includes(lower) && !request.parameters.has(lower) ? lower : name, value] as const;
  });
  return { ...request, parameters: new Map(plain) };
}

/** A request whose parameters stand in its address. */
function withQuery(request: CommandRequest): CommandRequest {
  const [url = '', query = ''] = request.url?.split('?', 2) ?? [];
  const inQuery = new URLSearchParams(query);
  if (request.parameters.has('grant_type') || !inQuery.has('grant_type')) return request;
  const note =
    'There the parameters are in the URL; here they are sent in the body, which every server must accept.';
  const parameters = new Map(request.parameters);
  for (const [name, value] of inQuery) setParameter(parameters, name, value);
  return {
    ...{ ...request, url, parameters },
    notes: [...request.notes, note],
  };
}

function authentication(
  parameters: ReadonlyMap<string, string>,
  basic: string | undefined,
  secret: string | undefined,
): string {
  if (parameters.has('client_assertion')) return 'private_key_jwt';
  if (parameters.has('client_secret')) return 'client_secret_post';
  if (basic !== undefined) return 'client_secret_basic';
  return secret === undefined ? 'none' : 'client_secret_post';
}
