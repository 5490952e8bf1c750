import { Gathered } from '../gathered.ts';
import { readCurl, type CommandRequest } from '../curlRequest.ts';
import type { Found } from '../imported.ts';
import { readPowershell } from '../powershellRequest.ts';
import type { Reader } from '../reader.ts';
import { shellCommands } from '../shellWords.ts';

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
  'client_assertion',
  'client_assertion_type',
  'device_code',
];

/** Whether a command line with nothing but comments and settings of variables before it is curl's. */
function isCurlAtStart(text: string): boolean {
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    if (/^[ \t]*(?:#|::|REM\b)/i.test(line)) continue;
    const words = line.split(/\s+/).filter((word) => word !== '');
    const command = words.findIndex((word) => !/^[A-Za-z_]\w{0,100}=/.test(word));
    if (command < 0) continue;
    const program = /^[$>%]$/.test(words[command] ?? '') ? command + 1 : command;
    const goesOn = words.length > program + 1 || at < lines.length - 1;
    return goesOn && /^(?:\S{0,200}[/\\])?curl(?:\.exe)?$/i.test(words[program] ?? '');
  }
  return false;
}

/** Token requests as curl commands of bash, cmd or PowerShell. @see RFC 6749 sections 2.3.1 and 4.4.2 */
export const curl: Reader = {
  name: 'curl command',
  recognises: ({ text, documents }) => documents.length === 0 && isCurlAtStart(text.slice(0, 20_000)),
  read: ({ text }) =>
    shellCommands(text.replace(/^[ \t]*[$>%][ \t]+(?=\S*curl)/gim, ''))
      .map((words) =>
        words.slice(
          Math.max(
            0,
            words.findIndex((word) => /(?:^|[/\\])curl(?:\.exe)?$/i.test(word)),
          ),
        ),
      )
      .flatMap(requestsOf)
      .map((words) => fromRequest(readCurl(words), 'curl')),
};

/** The words of each request of one command: after `--next` nothing of the one before counts. @see https://curl.se/docs/manpage.html#-: */
function requestsOf(words: readonly string[]): readonly (readonly string[])[] {
  const requests: string[][] = [[]];
  for (const word of words) {
    if (word === '--next' || word === '-:') requests.push(['curl']);
    else requests.at(-1)?.push(word);
  }
  return requests;
}

/** A token request as PowerShell makes it. */
export const powershell: Reader = {
  name: 'PowerShell command',
  recognises: ({ text, documents }) =>
    documents.length === 0 &&
    /(?:^|[\n;=|(])[ \t\r]{0,100}(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\s/i.test(
      text.slice(0, 20_000),
    ),
  read: ({ text }) => readPowershell(text).map((request) => fromRequest(request, 'PowerShell')),
};

function fromRequest(request: CommandRequest, program: string): Found {
  const { url = '', parameters, basic, camelCase, notes, problems } = request;
  if (!URL.canParse(url) && !/^https?:\/\/\S/.test(url))
    return `The ${program} command has no URL of a token endpoint.`;
  const host = URL.canParse(url) ? new URL(url).host : 'Imported';
  if (!parameters.has('grant_type'))
    return [
      `The ${program} command to ${host} is no token request: only a form or JSON body with grant_type is one. Nothing was taken of it.`,
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
  gathered.put('clientId', parameters.get('client_id') ?? basicId);
  const secret = parameters.get('client_secret') ?? basicSecret;
  gathered.put('clientSecret', secret);
  gathered.put('clientAuthentication', authentication(parameters, basic, secret));
  gathered.put('scope', parameters.get('scope'));
  gathered.put('audience', parameters.get('audience'));
  gathered.put('resource', parameters.get('resource'));
  gathered.put('redirectUri', parameters.get('redirect_uri'));
  for (const [name, value] of parameters)
    if (!known.includes(name)) gathered.parameter(name, value, { request: 'token' });
  return gathered.finish(host, {
    // Curl sends them as they stand; form-encoded they would be others. @see RFC 6749 section 2.3.1
    ...(basic !== undefined &&
      parameters.get('client_secret') === undefined &&
      /[^\w*.:-]/.test(basic) && { basicEncoding: 'raw' }),
    ...(camelCase && { tokenDialect: 'tokenidp' }),
  });
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
