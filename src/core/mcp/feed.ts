import { FailureError } from '../record/failure.ts';
import type { TokenSet } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import type { Obtained } from '../session/session.ts';
import { isBound } from '../token/isBound.ts';
import type { McpContext } from './context.ts';
import { initializeMessage, pingMessage } from './jsonRpc.ts';
import { sendMessage } from './transport.ts';

/** What getting a token for an MCP server needs from outside. */
export interface FeedDeps {
  /** The extension's version. */
  readonly version: string;
  /** Gets a token for a start of the server. */
  obtain: () => Promise<Obtained>;
  /** Gets another one, after the server refused the first. */
  renew: () => Promise<Obtained>;
  readonly context: McpContext;
}

/**
 * Gets a token that the MCP server of a profile accepts: it is tried with `initialize`, and a 401 leads to one new token, once.
 *
 * @throws FailureError when there is none, or the server refuses the new one, too
 * @see MCP authorization, access token usage
 */
export async function tokenForServer(profile: Profile, url: string, deps: FeedDeps): Promise<TokenSet> {
  const first = tokensOf(await deps.obtain(), profile);
  if (!(await isRefused(url, first, deps))) return first;
  const second = tokensOf(await deps.renew(), profile);
  if (!(await isRefused(url, second, deps))) return second;
  throw new FailureError({
    kind: 'http_error',
    step: 'api',
    status: 401,
    message: `The MCP server of “${profile.name}” refuses its token (status 401), a new one, too.`,
    advice:
      'Check the server with “Check MCP Server”: its audience, issuer and scopes must be those of the profile.',
  });
}

/**
 * Whether a server no longer accepts the token with which it was started: asked with `ping` outside of any session, so that
 * nothing stays there. Any response but 401 tells nothing about the token.
 *
 * @throws FailureError when it does not answer
 * @see MCP utilities, ping
 */
export async function isTurnedDown(
  url: string,
  { access_token: token }: TokenSet,
  context: McpContext,
): Promise<boolean> {
  context.trace.useSecret(token);
  const { response } = await sendMessage({ url, token }, pingMessage, 1, context);
  return response.status === 401;
}

function tokensOf(obtained: Obtained, { name }: Profile): TokenSet {
  if (obtained.kind === 'failure') throw new FailureError(obtained.failure);
  if (!isBound(obtained.tokens)) return obtained.tokens;
  throw new FailureError({
    kind: 'invalid_profile',
    problems: [],
    step: 'api',
    message: `The token of “${name}” is bound to a key (DPoP), for which MCP clients make no proofs.`,
    advice: 'Turn DPoP off in a profile that feeds an MCP server.',
  });
}

async function isRefused(url: string, tokens: TokenSet, { version, context }: FeedDeps): Promise<boolean> {
  const token = tokens.access_token;
  context.trace.useSecret(token);
  const { response } = await sendMessage({ url, token }, initializeMessage(version), 1, context);
  const sessionId = response.headers.get('mcp-session-id');
  // The session was only opened to try the token. @see MCP transports, session management
  if (sessionId !== null)
    await context.fetch('api', 'api')(url, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}`, 'mcp-session-id': sessionId },
    });
  return response.status === 401;
}
