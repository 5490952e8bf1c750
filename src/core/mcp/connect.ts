import type { FlowReport, TokenSet } from '../record/report.ts';
import type { AuthorizationCodeProfile } from '../profile/profile.ts';
import type { McpContext } from './context.ts';
import type { McpFinding } from './finding.ts';
import { widenScopes } from './scopes.ts';
import { openSession, type McpCall, type McpSession } from './session.ts';

/** How often a user is asked to sign in again for further scopes that a server wants. */
const mostStepUps = 2;

/** The result of signing in to an MCP server. */
export interface McpConnection {
  /** The profile, with the scopes of the last sign-in. */
  readonly profile: AuthorizationCodeProfile;
  /** All sign-ins, the last one last; its outcome tells whether there is a token. */
  readonly signIns: readonly FlowReport[];
  readonly tokens?: TokenSet;
  readonly session?: McpSession;
  readonly findings: readonly McpFinding[];
}

export interface ConnectOptions {
  readonly url: string;
  /** The extension's version. */
  readonly version: string;
  /** A message to send once the session is open. */
  readonly call?: McpCall;
  /** Runs the sign-in of a profile. */
  signIn: (profile: AuthorizationCodeProfile) => Promise<FlowReport>;
}

/**
 * Signs in, opens a session with the token, and signs in again with more scopes where the server asks for them, at most twice.
 *
 * @throws FailureError for the MCP server's responses; a failed sign-in is in its report
 * @see MCP authorization, step-up authorization flow; RFC 6750 section 3.1
 */
export async function connectMcpServer(
  profile: AuthorizationCodeProfile,
  options: ConnectOptions,
  context: McpContext,
): Promise<McpConnection> {
  const signIns: FlowReport[] = [];
  let current = profile;
  for (;;) {
    const report = await options.signIn(current);
    signIns.push(report);
    if (report.outcome.kind !== 'token') return { profile: current, signIns, findings: [] };
    const { tokens } = report.outcome;
    context.trace.useSecret(tokens.access_token);
    const opened = await openSession(
      options.url,
      tokens.access_token,
      options.version,
      context,
      options.call,
    );
    const done = { profile: current, signIns, tokens };
    if (opened.kind === 'opened') return { ...done, session: opened.session, findings: [] };
    const scopes = widenScopes(current.scopes, opened.challenge);
    const at = opened.exchange === undefined ? {} : { exchange: opened.exchange };
    if (scopes.length === current.scopes.length)
      return { ...done, findings: [{ ...inVain(current.scopes), ...at }] };
    if (signIns.length > mostStepUps) return { ...done, findings: [{ ...endless(scopes), ...at }] };
    current = { ...current, scopes };
  }
}

function inVain(scopes: readonly string[]): McpFinding {
  return {
    code: 'step_up_names_nothing_new',
    severity: 'error',
    message: 'The server says that the token lacks a scope, and names none that was not asked for.',
    advice:
      'Name the scopes that the request needs in the challenge: WWW-Authenticate: Bearer error="insufficient_scope", scope="…".',
    source: 'RFC 6750 section 3.1, MCP authorization, step-up',
    compared: [{ label: 'Asked for', value: scopes.join(' ').slice(0, 2000) }],
  };
}

function endless(scopes: readonly string[]): McpFinding {
  return {
    code: 'step_up_endless',
    severity: 'error',
    message: `The server wants yet another scope after ${mostStepUps} further sign-ins.`,
    advice: 'Name all scopes that the request needs in one challenge.',
    source: 'MCP authorization, step-up',
    compared: [{ label: 'Wanted now', value: scopes.join(' ').slice(0, 2000) }],
  };
}
