import type { Fault, FaultLayer, FaultRequest, FaultResponse } from './fault.ts';

/** Whether this is a message to the MCP server. */
const isMcp = ({ path }: FaultRequest): boolean => path === '/mcp';
const isDocument = ({ path }: FaultRequest): boolean => path === '/.well-known/oauth-protected-resource/mcp';
/** Metadata in any of its places. */
const isMetadata = ({ path }: FaultRequest): boolean =>
  path === '/.well-known/oauth-authorization-server' || path === '/.well-known/openid-configuration';
const hasToken = ({ headers }: FaultRequest): boolean => headers['authorization'] !== undefined;

const json = (status: number, body: unknown): FaultResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

type Members = Readonly<Record<string, unknown>>;

/** Changes the members of JSON documents that `which` names. */
function onJson(which: (request: FaultRequest) => boolean, change: (was: Members) => Members): FaultLayer {
  return async (request, next) => {
    const response = await next(request);
    if (!which(request) || response.status !== 200) return response;
    return { ...response, body: JSON.stringify(change(JSON.parse(response.body) as Members)) };
  };
}

/** Changes the challenges of 401 and 403. */
function onChallenge(change: (challenge: string) => string): FaultLayer {
  return async (request, next) => {
    const response = await next(request);
    const challenge = response.headers['www-authenticate'];
    if (!isMcp(request) || typeof challenge !== 'string') return response;
    return { ...response, headers: { ...response.headers, 'www-authenticate': change(challenge) } };
  };
}

const document = (id: string, title: string, change: (was: Members) => Members): Fault => ({
  id,
  title,
  apiLayer: onJson(isDocument, change),
});

const metadata = (id: string, title: string, change: (was: Members) => Members): Fault => ({
  id,
  title,
  layer: () => onJson(isMetadata, change),
});

const withoutMember = (name: string) => (was: Members) =>
  Object.fromEntries(Object.entries(was).filter(([other]) => other !== name));

const leadsClients: readonly Fault[] = [
  {
    id: 'mcp-answers-403',
    title: 'Answers MCP clients without a token with 403.',
    apiLayer: async (request, next) =>
      isMcp(request) && !hasToken(request) ? json(403, { error: 'Forbidden' }) : next(request),
  },
  {
    id: 'mcp-answers-page',
    title: 'Answers MCP clients without a token with a page to sign in.',
    apiLayer: async (request, next) =>
      isMcp(request) && !hasToken(request)
        ? {
            status: 200,
            headers: { 'content-type': 'text/html' },
            body: '<!doctype html><title>Sign in</title>',
          }
        : next(request),
  },
  {
    id: 'mcp-challenge-without-document',
    title: 'Leaves resource_metadata out of the challenge.',
    apiLayer: onChallenge((challenge) => challenge.replace(/resource_metadata="[^"]*"(?:, )?/, '')),
  },
  {
    id: 'mcp-challenge-basic',
    title: 'Challenges MCP clients with Basic.',
    apiLayer: onChallenge(() => 'Basic realm="mcp"'),
  },
  {
    id: 'mcp-document-elsewhere',
    title: 'Names an address in the challenge at which there is nothing.',
    apiLayer: onChallenge((challenge) => challenge.replace('/mcp", scope', '/elsewhere", scope')),
  },
  {
    id: 'mcp-document-missing',
    title: 'Publishes no protected-resource document.',
    apiLayer: async (request, next) => (isDocument(request) ? json(404, {}) : next(request)),
  },
  {
    id: 'mcp-document-as-text',
    title: 'Sends the protected-resource document as text/plain.',
    apiLayer: async (request, next) => {
      const response = await next(request);
      return isDocument(request)
        ? { ...response, headers: { ...response.headers, 'content-type': 'text/plain' } }
        : response;
    },
  },
  document('mcp-resource-slash', 'Puts a slash at the end of resource.', (was) => ({
    ...was,
    resource: `${String(was['resource'])}/`,
  })),
  document('mcp-resource-other', 'Publishes the document of another resource.', (was) => ({
    ...was,
    resource: 'https://other.example/mcp',
  })),
  document(
    'mcp-no-authorization-server',
    'Names no authorization server in the document.',
    withoutMember('authorization_servers'),
  ),
  document('mcp-offline-access', 'Lists offline_access among the scopes of the document.', (was) => ({
    ...was,
    scopes_supported: ['mcp:tools', 'offline_access'],
  })),
  {
    id: 'mcp-copies-differ',
    title: 'Publishes another document at the host than at the path.',
    apiLayer: async (request, next) => {
      if (request.path !== '/.well-known/oauth-protected-resource') return next(request);
      const response = await next({ ...request, path: `${request.path}/mcp` });
      const was = JSON.parse(response.body) as Members;
      return json(200, { ...was, authorization_servers: ['https://old-server.example'] });
    },
  },
];

const isRegistration = ({ method, path }: FaultRequest): boolean => method === 'POST' && path === '/reg';

const leadsToServer: readonly Fault[] = [
  {
    id: 'metadata-missing',
    title: 'Publishes no metadata of the authorization server.',
    layer: () => async (request, next) => (isMetadata(request) ? json(404, {}) : next(request)),
  },
  metadata('metadata-other-issuer', 'Names another issuer in the metadata.', (was) => ({
    ...was,
    issuer: `${String(was['issuer'])}/`,
  })),
  metadata(
    'pkce-not-advertised',
    'Does not advertise PKCE in the metadata.',
    withoutMember('code_challenge_methods_supported'),
  ),
  metadata(
    'iss-not-advertised',
    'Does not advertise iss in the metadata.',
    withoutMember('authorization_response_iss_parameter_supported'),
  ),
  {
    id: 'registration-refuses-loopback',
    title: 'Registers no client with a loopback redirect.',
    layer: () => async (request, next) =>
      isRegistration(request) && (request.json ?? '').includes('http://127.0.0.1')
        ? json(400, { error: 'invalid_redirect_uri' })
        : next(request),
  },
  {
    id: 'registration-takes-plain-http',
    title: 'Registers redirects by plain http to any host.',
    layer: () => async (request, next) =>
      isRegistration(request) && (request.json ?? '').includes('http://client.example')
        ? json(201, { client_id: 'registered-with-plain-http' })
        : next(request),
  },
];

const looksAtTokens: readonly Fault[] = [
  {
    id: 'api-open',
    title: 'Serves MCP clients without a token.',
    apiLayer: async (request, next) =>
      isMcp(request) && !hasToken(request)
        ? json(200, { jsonrpc: '2.0', id: 1, result: { protocolVersion: '2025-11-25', capabilities: {} } })
        : next(request),
  },
  {
    id: 'api-refuses-all',
    title: 'Refuses every token at the MCP server.',
    apiLayer: (request, next) =>
      next(
        isMcp(request) && hasToken(request)
          ? { ...request, headers: { ...request.headers, authorization: 'Bearer x' } }
          : request,
      ),
  },
  { id: 'tokens-for-one-audience', title: 'Issues all tokens for one API.', lax: 'one-audience' },
  { id: 'api-ignores-audience', title: 'Takes tokens for other APIs.', lax: 'audience' },
  { id: 'api-ignores-expiry', title: 'Takes tokens that have ended.', lax: 'expiry' },
  { id: 'api-ignores-signature', title: 'Does not verify signatures of tokens.', lax: 'signature' },
  { id: 'api-takes-none', title: 'Takes tokens with alg none.', lax: 'algorithm' },
  { id: 'api-takes-id-tokens', title: 'Takes id_tokens for access tokens.', lax: 'kind' },
  { id: 'api-takes-query', title: 'Takes tokens from the URL at the API.', lax: 'query' },
  { id: 'api-ignores-scope', title: 'Does not look at the scope of tokens.', lax: 'scope' },
  {
    id: 'api-scope-unnamed',
    title: 'Does not say which scope is missing.',
    apiLayer: onChallenge((challenge) =>
      challenge.includes('insufficient_scope') ? challenge.replace(/ scope="[^"]*",?/, '') : challenge,
    ),
  },
];

/** What can be wrong between an MCP client and its token, and at an API that takes tokens; each is found by a check. */
export const apiFaults: readonly Fault[] = [...leadsClients, ...leadsToServer, ...looksAtTokens];
