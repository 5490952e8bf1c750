import * as vscode from 'vscode';
import type { TokenSet } from '../../core/record/report.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { expiryMargin } from '../../core/session/tokenState.ts';
import type { Services } from '../services.ts';

/** The longest delay of a timer, in milliseconds. */
const longestWait = 2_147_483_647;
/** How often servers are asked whether they still accept their tokens, in milliseconds. */
const interval = 60_000;

/** A token with which a server was started. */
interface Fed {
  readonly profile: Profile;
  readonly tokens: TokenSet;
  readonly end: NodeJS.Timeout | undefined;
}

/**
 * The tokens with which MCP servers run. VS Code tells nobody that a server answered 401, so the tokens are watched here: when
 * one is no longer accepted, its definition gets another version, for which VS Code stops the server and starts it anew on its
 * next use.
 */
export class FedTokens implements vscode.Disposable {
  readonly #over: () => void;
  readonly #isTurnedDown: (profile: Profile, tokens: TokenSet) => Promise<boolean>;
  readonly #services: Pick<Services, 'clock' | 'output' | 'profiles' | 'tokens'>;
  readonly #fed = new Map<string, Fed>();
  readonly #versions = new Map<string, number>();
  readonly #own: vscode.Disposable[];

  /**
   * @param over called when a server must be started anew
   * @param isTurnedDown whether a profile's server answers 401 to its token
   */
  constructor(
    services: Pick<Services, 'clock' | 'output' | 'profiles' | 'tokens'>,
    over: () => void,
    isTurnedDown: (profile: Profile, tokens: TokenSet) => Promise<boolean>,
  ) {
    this.#services = services;
    this.#over = over;
    this.#isTurnedDown = isTurnedDown;
    const timer = setInterval(() => {
      if (vscode.window.state.focused) void this.look();
    }, interval);
    timer.unref();
    this.#own = [
      new vscode.Disposable(() => clearInterval(timer)),
      new vscode.Disposable(services.tokens.changes.on((id) => this.#signedOut(id))),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.look();
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#own).dispose();
    for (const { end } of this.#fed.values()) clearTimeout(end);
    this.#fed.clear();
  }

  /** The version of a profile's definition, one for each environment; undefined until a token was no longer accepted. */
  version({ id, environment }: Profile): string | undefined {
    const version = this.#versions.get(id)?.toString();
    return environment === undefined ? version : `${environment} ${version ?? 0}`;
  }

  /** Remembers the token with which a server starts. */
  start(profile: Profile, tokens: TokenSet): void {
    const { id: profileId } = profile;
    clearTimeout(this.#fed.get(profileId)?.end);
    const { expires_at: expiresAt } = tokens;
    const left = expiresAt === undefined ? undefined : Math.max(expiresAt - this.#services.clock.now(), 0);
    const end =
      left === undefined
        ? undefined
        : setTimeout(
            () => this.#end(profileId, tokens, 'ends'),
            // A token that lives for seconds only is used for half of that time.
            Math.min(Math.max(left - expiryMargin, left / 2), longestWait),
          );
    end?.unref();
    this.#fed.set(profileId, { profile, tokens, end });
  }

  /** Asks the running servers whether they still accept their tokens; one that cannot be reached tells nothing. */
  async look(): Promise<void> {
    for (const [profileId, { profile, tokens }] of [...this.#fed])
      if (await this.#isTurnedDown(profile, tokens).catch(() => false))
        this.#end(profileId, tokens, 'is refused');
  }

  /** When a profile's token is renewed, the one before usually stays valid: only a deleted token means a restart. */
  #signedOut(profileId: string): void {
    const { profiles, tokens } = this.#services;
    const fed = this.#fed.get(profileId);
    const profile = fed && profiles.latest(fed.profile)?.profile;
    if (profile && tokens.peek(profile) === undefined) this.#end(profileId, fed.tokens, 'was deleted');
  }

  #end(profileId: string, tokens: TokenSet, why: string): void {
    const fed = this.#fed.get(profileId);
    // The server may have been started with another token in the meantime.
    if (fed?.tokens !== tokens) return;
    clearTimeout(fed.end);
    this.#fed.delete(profileId);
    this.#versions.set(profileId, (this.#versions.get(profileId) ?? 0) + 1);
    this.#services.output.info(
      `${profileId}: the token of its MCP server ${why}; the next use starts it anew`,
    );
    this.#over();
  }
}
