import * as vscode from 'vscode';
import { FailureError } from '../../core/record/failure.ts';
import { isSilent } from '../../core/grants/all.ts';
import type { TokenSet } from '../../core/record/report.ts';
import type { McpContext } from '../../core/mcp/context.ts';
import { isTurnedDown, tokenForServer } from '../../core/mcp/feed.ts';
import { mcpContext } from '../../core/mcp/transport.ts';
import { hostVerdict } from '../../core/api/hostVerdict.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { mayHaveToken } from '../accessQuestion.ts';
import { withSignal } from '../cancellation.ts';
import { confirmHost } from '../confirmHost.ts';
import { withFlowProgress } from '../flowProgress.ts';
import type { Services } from '../services.ts';
import { requestTimeout } from '../settings.ts';
import { FedTokens } from './fedTokens.ts';
import { usedOrigins } from '../usedOrigins.ts';

type Needed = Pick<
  Services,
  | 'access'
  | 'clock'
  | 'flows'
  | 'globalState'
  | 'output'
  | 'own'
  | 'profiles'
  | 'runner'
  | 'session'
  | 'tokens'
  | 'version'
>;

/** The MCP servers that get their tokens from profiles: VS Code gets their addresses, and a token in memory when it starts one. */
export class McpServers {
  readonly #services: Needed;
  /** The profile of each definition; VS Code hands back the same object that it was given. */
  readonly #profiles = new WeakMap<vscode.McpHttpServerDefinition, Profile>();
  /** The tokens of the servers that VS Code has started. */
  readonly fed: FedTokens;

  /** @param changed called when the list may have changed */
  constructor(services: Needed, changed: () => void) {
    this.#services = services;
    this.fed = new FedTokens(services, changed, (profile, tokens) => this.#isTurnedDown(profile, tokens));
    services.own(services.profiles.onDidChange(changed));
    services.own(this.fed);
  }

  /** One definition for each profile with an MCP server, under its name; without a token, as VS Code stores definitions on disk. */
  provide(): vscode.McpHttpServerDefinition[] {
    return this.#services.profiles.list().profiles.flatMap(({ profile }) => {
      if (profile.mcpServer === undefined) return [];
      const definition = new vscode.McpHttpServerDefinition(
        profile.name,
        vscode.Uri.parse(profile.mcpServer),
        {},
        this.fed.version(profile),
      );
      this.#profiles.set(definition, profile);
      return [definition];
    });
  }

  /**
   * The definition with a new token, for one start; undefined when the user does not let this server have it.
   *
   * @throws Error with a sentence for the user when there is no token that the server accepts
   */
  async resolve(
    definition: vscode.McpHttpServerDefinition,
    cancellation: vscode.CancellationToken,
  ): Promise<vscode.McpHttpServerDefinition | undefined> {
    const given = this.#profiles.get(definition);
    const profile = given && this.#services.profiles.latest(given)?.profile;
    const url = profile?.mcpServer;
    // The user decided about the present server, and this definition may be of an earlier one.
    if (profile === undefined || url === undefined || url !== given?.mcpServer) return undefined;
    if (!(await mayHaveToken(this.#services.access, 'mcp', profile))) return undefined;
    try {
      const tokens = await withSignal(cancellation, (signal) => this.#token(profile, url, signal));
      if (tokens === undefined) return undefined;
      this.fed.start(profile, tokens);
      // A copy: the given definition must stay without the token.
      const headers = { Authorization: `Bearer ${tokens.access_token}` };
      return new vscode.McpHttpServerDefinition(
        definition.label,
        definition.uri,
        headers,
        definition.version,
      );
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      // No cause: VS Code logs errors with their causes, which may repeat a server's words.
      // oxlint-disable-next-line eslint/preserve-caught-error -- see above
      throw new Error(`${thrown.failure.message} ${thrown.failure.advice}`);
    }
  }

  /** The token to start with; undefined when the user does not let it go to this server. */
  async #token(profile: Profile, url: string, signal: AbortSignal): Promise<TokenSet | undefined> {
    const { flows, globalState, session, version } = this.#services;
    const run = (get: (stop: AbortSignal) => ReturnType<typeof session.fresh>) =>
      withFlowProgress(flows, profile, (stop) => get(AbortSignal.any([signal, stop])));
    // Nobody is asked to sign in at each start; where no sign-in is needed, each start gets a fresh token.
    const obtain = () =>
      run((stop) => (isSilent(profile) ? session.fresh(profile, stop) : session.current(profile, stop)));
    const first = await obtain();
    if (first.kind === 'token') {
      const verdict = hostVerdict(url, profile, first.tokens, usedOrigins(globalState, profile));
      if (verdict.kind === 'ask' && !(await confirmHost(this.#services, profile, verdict))) return undefined;
    }
    return tokenForServer(profile, url, {
      version,
      obtain: () => Promise.resolve(first),
      renew: () => run((stop) => session.renew(profile, stop)),
      context: this.#context(profile, signal),
    });
  }

  async #isTurnedDown(profile: Profile, tokens: TokenSet): Promise<boolean> {
    if (profile.mcpServer === undefined) return false;
    return isTurnedDown(profile.mcpServer, tokens, this.#context(profile, new AbortController().signal));
  }

  #context(profile: Profile, signal: AbortSignal): McpContext {
    const { clock, runner } = this.#services;
    return mcpContext({ fetch: runner.fetchFor(profile), clock, signal, timeout: requestTimeout() });
  }
}
