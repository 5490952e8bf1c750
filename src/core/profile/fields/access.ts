import { defaultRedirectUri } from '../profileDefaults.ts';
import { quoted } from '../problem.ts';
import { extensionId, longestUrl, redirectUriPattern, redirectUriProblem } from '../urls.ts';
import type {
  ListFieldDeclaration,
  PairsFieldDeclaration,
  TextFieldDeclaration,
  UrlFieldDeclaration,
} from './field.ts';

/** @see RFC 6749 section 3.3 (scope-token) */
export const scopePattern = /^[\x21\x23-\x5b\x5d-\x7e]+$/u;

/** Requested scopes, in order; when empty, `scope` is not sent. */
export const scopes = {
  name: 'scopes',
  kind: 'list',
  description: 'The scopes to ask for, one per item. If empty, no `scope` is sent and the server decides.',
  examples: [
    ['openid', 'offline_access'],
    ['orders.read', 'orders.write'],
  ],
  pattern: scopePattern,
  patternText:
    'Printable ASCII without spaces, quotation marks or backslashes (RFC 6749, 3.3); each scope is an item of its own.',
  itemProblem: scopeProblem,
  split: splitScopes,
  single: 'split',
  noun: 'scope',
  separators: 'commas',
  always: true,
  shapesToken: true,
  otherNames: ['scope'],
  form: { section: 'access', label: 'Scopes', placeholder: 'Type a scope, then Enter' },
} as const satisfies ListFieldDeclaration;

function scopeProblem(scope: string): string | undefined {
  if (scopePattern.test(scope)) return undefined;
  return scope.includes(' ')
    ? `The scope ${quoted(scope)} contains a space. Write each scope as an item of its own.`
    : `The scope ${quoted(scope)} holds a character that RFC 6749 does not allow in a scope (only printable ASCII without " and \\).`;
}

/** Splits typed or pasted scopes at white space, commas or quotes, as in a JSON array. */
export function splitScopes(text: string): string[] {
  return unique(text.split(/[\s,;"'[\]]/));
}

/** The redirect URI. A loopback URI without a port uses any free one, a port in it is used exactly. */
export const redirectUri = {
  name: 'redirectUri',
  kind: 'url',
  words: 'redirect URI',
  description:
    'Where the browser is sent back to, exactly as registered at the server. A loopback URI without a port uses any free port, one with a port exactly that one. `vscode://oauth-explorer.oauth-explorer/callback` leads to the editor, in remote windows too. With any other, you paste the address at which the browser ends up. Default: `http://127.0.0.1/callback`.',
  examples: [
    'http://127.0.0.1/callback',
    'http://localhost:8400/callback',
    'http://[::1]/callback',
    `vscode://${extensionId}/callback`,
  ],
  longest: longestUrl,
  pattern: redirectUriPattern,
  patternText:
    'A loopback URI such as http://127.0.0.1/callback or http://localhost:8400/callback, an address of the editor such as vscode://oauth-explorer.oauth-explorer/callback, or any https URI or app scheme, without fragment.',
  problem: redirectUriProblem,
  default: defaultRedirectUri,
  forGrant: ({ redirects }) => redirects,
  otherNames: ['callbackurl', 'redirecturl'],
  form: {
    section: 'redirect',
    label: 'Redirect URI',
    placeholder: defaultRedirectUri,
    note: 'A loopback address without a port uses any free port. Other addresses work too, as explained below.',
  },
} as const satisfies UrlFieldDeclaration;

export const audience = {
  name: 'audience',
  kind: 'text',
  description: 'The `audience` parameter, for servers that want one (Auth0).',
  examples: ['https://api.example.com'],
  longest: 2048,
  shapesToken: true,
  form: {
    section: 'access',
    label: 'Audience',
    note: 'The API the token is for, if your server takes an audience parameter (Auth0 does).',
  },
} as const satisfies TextFieldDeclaration;

/** An absolute URI without fragment. @see RFC 8707 section 2 */
const resourcePattern = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s#]+$/u;

/** Resource indicators, each sent as its own `resource`. @see RFC 8707 section 2 */
export const resource = {
  name: 'resource',
  kind: 'list',
  description:
    'Resource indicators (RFC 8707): absolute URIs of the APIs the token is for, each sent as its own `resource`.',
  examples: ['https://api.example.com', ['https://api.example.com', 'https://files.example.com']],
  pattern: resourcePattern,
  itemProblem: (item: string) => {
    if (item.includes('#')) return 'A resource must not hold a fragment (#).';
    return resourcePattern.test(item) && URL.canParse(item)
      ? undefined
      : 'A resource must be an absolute URI such as https://api.example.com.';
  },
  split: splitResources,
  single: 'item',
  noun: 'resource',
  separators: 'blanks',
  always: true,
  shapesToken: true,
  otherNames: ['resources'],
  form: {
    section: 'access',
    label: 'Resource',
    placeholder: 'https://api.example.com',
    note: 'The APIs the token is for, as absolute URIs (RFC 8707). Leave it empty unless your server asks for it.',
  },
} as const satisfies ListFieldDeclaration;

/** Splits typed or pasted resource indicators: one a line, or separated by spaces. @see RFC 8707 section 2 */
export function splitResources(text: string): string[] {
  return unique(text.split(/\s/));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))];
}

export const authorizationParameters = {
  name: 'authorizationParameters',
  kind: 'pairs',
  words: 'authorization parameters',
  description:
    'Extra parameters of the authorization request, as names and texts. What the flow itself sends (`state`, `scope`, …) cannot be set here.',
  examples: [{ prompt: 'consent', access_type: 'offline' }],
  forGrant: ({ redirects }) => redirects,
  shapesToken: true,
  form: {
    section: 'extra',
    label: 'Authorization request',
    note: 'Added to the address the browser opens, such as prompt or login_hint.',
  },
} as const satisfies PairsFieldDeclaration;

export const tokenParameters = {
  name: 'tokenParameters',
  kind: 'pairs',
  words: 'token parameters',
  description: 'Extra parameters of every token request, as names and texts. Never a secret.',
  examples: [{ tenant: 'contoso' }],
  always: true,
  shapesToken: true,
  form: { section: 'extra', label: 'Token request', note: 'Added to every token request.' },
} as const satisfies PairsFieldDeclaration;
