import * as vscode from 'vscode';
import { ownSecret } from '../../core/profile/kept.ts';
import type { TokenSet } from '../../core/record/report.ts';
import { isSilent } from '../../core/grants/all.ts';
import { secretPlace, type Profile } from '../../core/profile/profile.ts';
import { whyNotAlone } from '../../core/access/useAlone.ts';
import { unknownProfile } from '../chooseProfile.ts';
import { handedOut } from '../commands/tokenCommands.ts';
import { refreshUnasked } from '../renewals.ts';
import type { Services } from '../services.ts';
import { sessionIds, sessionsKey } from './sessionIds.ts';

/** The longest delay of a timer, in milliseconds. */
const longestWait = 2_147_483_647;

type Changed = vscode.AuthenticationProviderAuthenticationSessionsChangeEvent;
type Needed = Pick<
  Services,
  'clock' | 'flows' | 'globalState' | 'own' | 'profiles' | 'runner' | 'secrets' | 'session' | 'tokens'
>;

/**
 * Offers profiles' tokens as authentication sessions of VS Code: one for each profile that an extension asked for, as long as
 * its token is valid. VS Code itself asks, and remembers, which extension may use a session.
 */
export class TokenSessions {
  readonly #services: Needed;
  readonly #tell: (changed: Changed) => void;
  /** The sessions that VS Code knows, by the profile's id, with the token of each. */
  readonly #told = new Map<string, vscode.AuthenticationSession>();
  readonly #ends = new Map<string, NodeJS.Timeout>();

  constructor(services: Needed, tell: (changed: Changed) => void) {
    this.#services = services;
    this.#tell = tell;
    services.tokens.changes.on((id) => void this.#look(id));
    services.own(new vscode.Disposable(() => this.#ends.forEach((timer) => clearTimeout(timer))));
  }

  /**
   * The session of the profile that the scope names, or all of them without a scope; an expired token is renewed where that
   * needs no sign-in.
   */
  async getSessions(scopes: readonly string[] | undefined): Promise<vscode.AuthenticationSession[]> {
    const asked = scopes === undefined || scopes.length === 0 ? undefined : profileIn(scopes);
    const ids = asked === undefined && scopes !== undefined && scopes.length > 0 ? [] : this.#ids();
    const found = ids.filter((id) => asked === undefined || id === asked);
    const sessions = await Promise.all(found.map((id) => this.#session(id, asked !== undefined)));
    return sessions.filter((session) => session !== undefined);
  }

  /** Gets a token for the profile that the scope names. @throws Error with a sentence */
  async createSession(scopes: readonly string[]): Promise<vscode.AuthenticationSession> {
    const id = profileIn(scopes);
    if (id === undefined)
      throw new Error(
        vscode.l10n.t('A session of OAuth Explorer has one scope, profile:<id>, with the id of a profile.'),
      );
    const profile = this.#services.profiles.get(id)?.profile;
    if (profile === undefined) {
      const { message, advice } = unknownProfile(id);
      throw new Error(`${message} ${advice}`);
    }
    const tokens = await handedOut(this.#services, profile);
    await this.#remember([...this.#ids().filter((one) => one !== profile.id), profile.id]);
    const session = sessionOf(profile, tokens);
    this.#now(profile.id, session, tokens);
    return session;
  }

  /** Ends a session: the token is revoked where the server can, and deleted here. */
  async removeSession(id: string): Promise<void> {
    await this.#remember(this.#ids().filter((one) => one !== id));
    const profile = this.#services.profiles.get(id)?.profile;
    const tokens = profile && (await this.#services.tokens.get(profile));
    if (profile && tokens) {
      await this.#revoke(profile, tokens);
      await this.#services.tokens.delete(profile);
    }
    this.#now(id, undefined);
  }

  #ids(): readonly string[] {
    return sessionIds(this.#services.globalState);
  }

  async #remember(ids: readonly string[]): Promise<void> {
    await this.#services.globalState.update(sessionsKey, ids);
  }

  async #session(id: string, renew: boolean): Promise<vscode.AuthenticationSession | undefined> {
    const { profiles, session, tokens } = this.#services;
    const profile = profiles.get(id)?.profile;
    if (profile === undefined) return undefined;
    let good = await session.good(profile);
    if (good === undefined && renew) {
      const old = await tokens.get(profile);
      const quiet = old !== undefined && (isSilent(profile) || old.refresh_token !== undefined);
      const renewed = quiet ? await refreshUnasked(this.#services, profile) : undefined;
      if (renewed?.kind === 'token') good = renewed.tokens;
    }
    const found =
      good && whyNotAlone(good, profile.name) === undefined ? sessionOf(profile, good) : undefined;
    this.#now(profile.id, found, good);
    return found;
  }

  /** Called when a profile's token was renewed or deleted, or has expired. */
  async #look(id: string): Promise<void> {
    if (this.#told.has(id)) await this.#session(id, false);
  }

  /** Tells VS Code what has changed about a session, and checks again when its token expires. */
  #now(id: string, session: vscode.AuthenticationSession | undefined, tokens?: TokenSet): void {
    const before = this.#told.get(id);
    if (session) this.#told.set(id, session);
    else this.#told.delete(id);
    clearTimeout(this.#ends.get(id));
    this.#ends.delete(id);
    if (session && tokens?.expires_at !== undefined) {
      const left = Math.min(Math.max(tokens.expires_at - this.#services.clock.now(), 0) + 1000, longestWait);
      this.#ends.set(id, setTimeout(() => void this.#look(id), left).unref());
    }
    if (before && !session) this.#tell({ added: undefined, removed: [before], changed: undefined });
    if (!before && session) this.#tell({ added: [session], removed: undefined, changed: undefined });
    if (before && session && before.accessToken !== session.accessToken)
      this.#tell({ added: undefined, removed: undefined, changed: [session] });
  }

  /** A token that the server cannot revoke expires by itself; here it is deleted in any case. */
  async #revoke(profile: Profile, tokens: TokenSet): Promise<void> {
    const { runner, secrets } = this.#services;
    // The output channel tells the result; each of its requests has a time limit.
    await runner.operate('revocation', {
      ...{ profile, tokens, signal: new AbortController().signal },
      secret: (of, tokenEndpoint, elsewhere) =>
        secrets.use(secretPlace(of, tokenEndpoint, ownSecret(of), elsewhere)),
    });
  }
}

/** The profile's id in `profile:<id>`; undefined for any other scopes. */
function profileIn(scopes: readonly string[]): string | undefined {
  const [scope = '', ...others] = scopes;
  const id = /^profile:(.+)$/.exec(scope)?.[1];
  return others.length === 0 ? id : undefined;
}

function sessionOf({ id, name }: Profile, { access_token }: TokenSet): vscode.AuthenticationSession {
  return {
    // One session for each profile, whatever its present token is.
    id,
    accessToken: access_token,
    // VS Code stores its grants by this label, so two profiles with the same name need two labels.
    account: { id, label: name === id ? id : `${name} (${id})` },
    scopes: [`profile:${id}`],
  };
}
