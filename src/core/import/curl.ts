import { collect } from './collect.ts';
import { readCurl } from './curlRequest.ts';
import type { ImportResult } from './imported.ts';
import { shellWords } from './shellWords.ts';
import { toImported, type Parts } from './toImported.ts';

/** Of the standard's parameters, those that are no extra ones. */
const known = [
  'grant_type',
  'client_id',
  'client_secret',
  'scope',
  'audience',
  'resource',
  'code',
  'code_verifier',
  'redirect_uri',
  'refresh_token',
  'username',
  'password',
];

/** A token request as a curl command. @see RFC 6749 sections 2.3.1 and 4.4.2 */
export function fromCurl(command: string): ImportResult {
  const request = readCurl(shellWords(command));
  if (request === undefined || !URL.canParse(request.url))
    return collect('curl command', ['The curl command has no URL of a token endpoint.']);
  const { parameters, basic } = request;
  const [basicId, ...basicSecret] = basic?.split(':') ?? [];
  const extra = [...parameters].filter(([name]) => !known.includes(name));
  const clientId = parameters.get('client_id') ?? basicId;
  const clientSecret =
    parameters.get('client_secret') ?? (basic === undefined ? undefined : basicSecret.join(':'));
  const parts: Parts = {
    ...some('grant', parameters.get('grant_type')),
    tokenEndpoint: request.url,
    ...some('clientId', clientId),
    ...some('clientSecret', clientSecret),
    clientAuthentication: clientSecret === undefined ? 'none' : basic === undefined ? 'body' : 'basic',
    ...some('scope', parameters.get('scope')),
    ...some('audience', parameters.get('audience')),
    ...some('resource', parameters.get('resource')),
    ...some('redirectUri', parameters.get('redirect_uri')),
    tokenParameters: Object.fromEntries(extra),
    // Curl sends them as they stand; form-encoded they would be others. @see RFC 6749 section 2.3.1
    ...(basic !== undefined && /[^\w*.:-]/.test(basic) && { basicEncoding: 'raw' }),
    ...(request.camelCase && { tokenDialect: 'tokenidp' }),
  };
  const imported = toImported(parts, new URL(request.url).host);
  return collect('curl command', [imported]);
}

function some<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
}
