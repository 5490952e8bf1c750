import type { JWK } from 'jose';
import { allAuthentications } from '../authentication/all.ts';
import { none } from '../authentication/none.ts';
import { privateKeyJwt } from '../authentication/privateKeyJwt.ts';
import { allGrants, grantOf } from '../grants/all.ts';
import { oneLine, plainText } from '../http/plainText.ts';
import { privateMembers } from '../privateMembers.ts';
import { hasRedirect, type Profile } from '../profile/profile.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';
import { redirectUriProblem } from '../profile/urls.ts';
import { isObject } from '../../shared/json.ts';
import type { McpContext } from './context.ts';
import { getDocument, type FoundDocument } from './document.ts';
import type { McpFinding } from './finding.ts';

/** A section of the draft, as of version 00 (October 2025). */
const draft = (section: string) => `draft-ietf-oauth-client-id-metadata-document section ${section}`;

const registration = 'RFC 7591 section 2';

/** How many characters of a document a server has to read. */
const usualLimit = 5 * 1024;

/**
 * Why a URL cannot be a client ID; undefined when it can.
 *
 * @see draft-ietf-oauth-client-id-metadata-document section 3
 */
export function documentUrlProblem(url: string): string | undefined {
  if (!/^https?:\/\/[^/?#\s\\]/.test(url) || !URL.canParse(url))
    return 'It must be a complete URL such as https://app.example.com/oauth/client.json.';
  const { protocol, hostname, pathname } = new URL(url);
  if (protocol !== 'https:' && !isLoopbackHost(hostname))
    return 'It must begin with https; plain http is only for this machine, while you develop.';
  if (/^[^/]*\/\/[^/?#]*@/.test(url)) return 'It must not hold a user name or password.';
  if (url.includes('#')) return 'It must not hold a fragment (#).';
  const [, path = ''] = /^[^/]*\/\/[^/?#]*([^?#]*)/.exec(url) ?? [];
  if (path === '' || pathname === '/') return 'It must have a path, such as /oauth/client.json.';
  return /\/(?:\.|%2e){1,2}(?=\/|$)/i.test(path)
    ? 'Its path must not hold “.” or “..” as a segment.'
    : undefined;
}

/**
 * The client ID metadata document of a profile, without anything secret.
 *
 * @param url where it will be published, byte for byte
 * @param key the public key of the client's authentication; without one it is a public client
 * @see draft-ietf-oauth-client-id-metadata-document section 4.1, RFC 7591 section 2
 */
export function clientDocument(profile: Profile, url: string, key?: JWK): Readonly<Record<string, unknown>> {
  const { grantType, redirects } = grantOf(profile);
  const redirect = hasRedirect(profile)
    ? { redirect_uris: [profile.redirectUri], response_types: ['code'] }
    : {};
  return {
    client_id: url,
    client_name: profile.name,
    ...redirect,
    grant_types: redirects ? [grantType, 'refresh_token'] : [grantType],
    token_endpoint_auth_method: key === undefined ? none.id : privateKeyJwt.id,
    ...(key !== undefined && { jwks: { keys: [key] } }),
    ...(profile.scopes.length > 0 && { scope: profile.scopes.join(' ') }),
  };
}

/**
 * Fetches the document at a URL, and tells what authorization servers will object to.
 *
 * @param url one without a `documentUrlProblem`
 * @throws FailureError of kind `cancelled`
 */
export async function checkClientDocument(url: string, context: McpContext): Promise<readonly McpFinding[]> {
  const found = await getDocument(url, new URL(url), context);
  return [...addressFindings(url), ...documentFindings(url, found)];
}

function addressFindings(url: string): readonly McpFinding[] {
  const { protocol, search } = new URL(url);
  const found: McpFinding[] = [];
  if (protocol !== 'https:')
    found.push({
      ...{ code: 'document_not_https', severity: 'warning', source: draft('3') },
      message: 'The address is http.',
      advice: 'Servers elsewhere do not reach it, and take https only: publish it there.',
    });
  if (search !== '')
    found.push({
      ...{ code: 'document_query', severity: 'note', source: draft('3') },
      message: 'The address has a query.',
      advice: 'Leave it out: a client ID should have none.',
    });
  return found;
}

/** What is wrong with a document, or why there is none. Pure. */
export function documentFindings(url: string, found: FoundDocument): readonly McpFinding[] {
  if (found.outcome !== 'found') {
    const why = found.outcome === 'absent' ? `the status is ${found.status}` : found.reason;
    return [
      {
        ...{ code: 'document_unusable', severity: 'error', source: draft('4') },
        message: `No document can be read there: ${plainText(why)}.`,
        advice: 'Publish a JSON object with status 200, at this very address, without a redirect.',
      },
    ];
  }
  const { members, contentType } = found;
  return [
    ofType(contentType),
    identity(url, members),
    secrets(members),
    keys(members),
    redirectUris(members),
  ].flat();
}

type Members = Readonly<Record<string, unknown>>;

function ofType(contentType: string | undefined): readonly McpFinding[] {
  if (contentType === undefined || /^application\/[\w.-]{1,80}\+json$/.test(contentType)) return [];
  return [
    {
      ...{ code: 'document_type', severity: 'error', source: draft('4.1') },
      message: `Its media type is ${plainText(contentType, 80) || 'missing'}.`,
      advice: 'Serve it as application/json.',
    },
  ];
}

function identity(url: string, members: Members): readonly McpFinding[] {
  const { client_id: id, client_name: name } = members;
  const found: McpFinding[] = [];
  if (id !== url)
    found.push({
      ...{ code: 'document_client_id', severity: 'error', source: draft('4.1') },
      message: `Its client_id is ${id === undefined ? 'missing' : 'another'}.`,
      advice: `Set client_id to ${plainText(url)}, character by character.`,
    });
  if (typeof name !== 'string' || name === '')
    found.push({
      ...{ code: 'document_unnamed', severity: 'note', source: registration },
      message: 'It has no client_name.',
      advice: 'Name the client: users see it when they are asked to allow it.',
    });
  if (JSON.stringify(members).length > usualLimit)
    found.push({
      ...{ code: 'document_large', severity: 'warning', source: draft('6') },
      message: 'It has more than 5 KB.',
      advice: 'Servers may stop reading there: leave out what they need not know.',
    });
  return found;
}

/** Secrets in the document: as anybody can read it, only public keys can authenticate the client. */
function secrets(members: Members): readonly McpFinding[] {
  const { token_endpoint_auth_method: method } = members;
  const found: McpFinding[] = [];
  for (const name of ['client_secret', 'client_secret_expires_at'])
    if (name in members)
      found.push({
        ...{ code: 'document_secret', severity: 'error', source: draft('4.1') },
        message: `It has ${name}.`,
        advice: 'Remove it, and take the secret for known to everybody.',
      });
  if (method === undefined || typeof method !== 'string' || method.startsWith('client_secret'))
    found.push({
      ...{ code: 'document_method', severity: 'error', source: draft('4.1') },
      message:
        method === undefined
          ? 'It has no token_endpoint_auth_method, which means client_secret_basic.'
          : `Its token_endpoint_auth_method is ${typeof method === 'string' ? plainText(method, 60) : 'no text'}.`,
      advice: 'No secret can be agreed on this way: say none, or private_key_jwt with the public key.',
    });
  return found;
}

/** The keys that verify the client's signatures. @see RFC 7591 section 2 (jwks, jwks_uri) */
function keys({ token_endpoint_auth_method: method, jwks, jwks_uri: uri }: Members): readonly McpFinding[] {
  const all: readonly unknown[] = isObject(jwks) && Array.isArray(jwks['keys']) ? jwks['keys'] : [];
  const found: McpFinding[] = [];
  if (all.some((key) => isObject(key) && privateMembers.some((name) => name in key)))
    found.push({
      ...{ code: 'document_private_key', severity: 'error', source: 'RFC 7517 section 9.2' },
      message: 'One of its keys is private, or a secret.',
      advice: 'Replace the key at once, and publish the public half only.',
    });
  if (
    allAuthentications.some(({ id, needs }) => id === method && needs === 'key') &&
    all.length === 0 &&
    typeof uri !== 'string'
  )
    found.push({
      ...{ code: 'document_no_key', severity: 'error', source: registration },
      message: `It says ${String(method)} and has neither jwks nor jwks_uri.`,
      advice: 'Add jwks with the public key.',
    });
  const wrong =
    uri === undefined || jwks === undefined ? keyAddressProblem(uri) : 'It has both jwks and jwks_uri.';
  if (wrong !== undefined)
    found.push({
      ...{ code: 'document_keys', severity: 'error', source: registration },
      message: wrong,
      advice: 'Give the public keys once: in jwks, or at an https address in jwks_uri.',
    });
  return found;
}

function keyAddressProblem(uri: unknown): string | undefined {
  if (uri === undefined) return undefined;
  const { protocol, hostname } =
    typeof uri === 'string' && URL.canParse(uri) ? new URL(uri) : { protocol: '', hostname: '' };
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
    ? undefined
    : 'Its jwks_uri is not an https address.';
}

/** Whether a `grant_type` uses a redirect. */
const sendsBack = (type: unknown) => allGrants.some((grant) => grant.redirects && grant.grantType === type);

function redirectUris({ redirect_uris: uris, grant_types: grants }: Members): readonly McpFinding[] {
  const all: readonly unknown[] = Array.isArray(uris) ? uris : [];
  const common = { code: 'document_redirect', severity: 'error', source: registration } as const;
  if (all.length === 0 && (!Array.isArray(grants) || grants.some(sendsBack)))
    return [
      {
        ...common,
        message: 'It has no redirect_uris.',
        advice: 'List every redirect URI that the client uses.',
      },
    ];
  return all.slice(0, 20).flatMap((uri) => {
    const problem = typeof uri === 'string' ? redirectUriProblem(uri) : 'redirectUri is not text.';
    const message = plainText(problem?.replace('redirectUri', 'A redirect URI') ?? '');
    return problem === undefined ? [] : [{ ...common, message, advice: 'Correct it in redirect_uris.' }];
  });
}

/** The findings in plain lines. */
export function clientDocumentText(url: string, findings: readonly McpFinding[]): string {
  const lines = findings.map(
    ({ severity, message, advice, source }) => `${severity}: ${message} ${advice} (${source})`,
  );
  return [url, '', ...(lines.length === 0 ? ['A server can use this document.'] : lines)]
    .map((line) => `${oneLine(line)}\n`)
    .join('');
}
