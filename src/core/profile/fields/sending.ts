import { ofConnection } from '../../http/ofConnection.ts';
import { endpointPattern, longestUrl, urlProblem } from '../urls.ts';
import type { ChoiceFieldDeclaration, TextFieldDeclaration, UrlFieldDeclaration } from './field.ts';

/** Which of the issued tokens is sent to APIs. @see OpenID Connect Core 1.0 section 2 (id_token) */
export const sentToken = {
  name: 'sentToken',
  kind: 'choice',
  words: 'token that is sent',
  description:
    'Which token “Send with token” sends and what is inserted into requests. Default: `access_token`.',
  choices: () => [
    {
      value: 'access_token',
      label: 'Access token',
      summary: 'What APIs usually expect.',
      description: 'The access token, which is what APIs usually expect.',
    },
    {
      value: 'id_token',
      label: 'ID token',
      summary: 'For APIs that want the id_token, such as those behind a gateway that checks who the user is.',
      description:
        'The `id_token`, for APIs that want it, such as those behind a gateway that checks who the user is.',
    },
  ],
  default: 'access_token',
  form: { section: 'advanced', label: 'Token sent to APIs' },
} as const satisfies ChoiceFieldDeclaration<'sentToken', 'access_token' | 'id_token'>;

/** Headers, besides those of the connection, that requests set themselves, or that carry more than a token. */
const others = /^(?:cookie|set-cookie|dpop|proxy-.*|content-.*)$/i;

/** The header in which APIs expect the token. @see RFC 9110 section 5.1 */
export const tokenHeader = {
  name: 'tokenHeader',
  kind: 'text',
  words: 'token header',
  description: 'The header in which APIs expect the token. Default: `Authorization`.',
  examples: ['X-Access-Token', 'X-Auth-Token', 'PRIVATE-TOKEN'],
  longest: 100,
  pattern: /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/u,
  shape: 'the name of a header, such as X-Access-Token',
  patternText: 'The name of a header, such as X-Access-Token.',
  check: (value: string) =>
    ofConnection.test(value) || others.test(value)
      ? `tokenHeader cannot be ${value}: this header has a meaning of its own. Use one such as X-Access-Token.`
      : undefined,
  form: {
    section: 'advanced',
    label: 'Token header',
    placeholder: 'Authorization',
    note: 'The header in which your APIs expect the token.',
  },
} as const satisfies TextFieldDeclaration;

/** The prefix of the token in its header. @see RFC 6750 section 2.1 */
export const tokenPrefix = {
  name: 'tokenPrefix',
  kind: 'text',
  words: 'token prefix',
  description:
    'What goes before the token in its header; `none` for nothing. Default: `Bearer` in `Authorization`, nothing in other headers.',
  examples: ['Bearer', 'token', 'none'],
  longest: 60,
  pattern: /^[A-Za-z0-9!#$%&'*+.^_`|~=:-]+$/u,
  shape: 'one word',
  patternText: 'One word, such as Bearer; none: nothing.',
  form: {
    section: 'advanced',
    label: 'Token prefix',
    placeholder: 'Bearer',
    note: 'Such as Bearer or token; “none” for nothing. Left empty: Bearer in Authorization, nothing in other headers.',
  },
} as const satisfies TextFieldDeclaration;

/** The MCP server that VS Code connects to with this profile's token. @see MCP authorization, access token usage */
export const mcpServer = {
  name: 'mcpServer',
  kind: 'url',
  words: 'MCP server',
  description:
    'The URL of an MCP server for VS Code to reach with this profile’s token. It is listed under the profile’s name and gets a new token at each start; nothing is written to `mcp.json`.',
  examples: ['https://mcp.example.com/mcp'],
  longest: longestUrl,
  pattern: endpointPattern,
  patternText: 'A complete https URL; plain http only for this machine.',
  problem: (value: string) => urlProblem('mcpServer', value),
  form: {
    section: 'advanced',
    label: 'MCP server',
    placeholder: 'https://mcp.example.com/mcp',
    note: 'VS Code lists it under this profile’s name and gets a new token at each start. You are asked first.',
  },
} as const satisfies UrlFieldDeclaration;
