import { FailureError, type Failure } from '../record/failure.ts';
import type { TokenSet } from '../record/report.ts';
import type { Clock } from '../ports.ts';
import { secretPlace, type Profile } from '../profile/profile.ts';
import { Changes } from '../session/changes.ts';
import { tokenState } from '../session/tokenState.ts';
import type { AccountIndex } from './accountIndex.ts';
import { SingleFlight } from './singleFlight.ts';
import { formatTokens, parseTokens } from './storedTokens.ts';
import type { Vault } from './vault.ts';
import { vaultFailure } from './vaultFailure.ts';
import { bindingKey, movedAccount, secretKey, setupHash, tokenKey } from './vaultKeys.ts';

export interface TokenStorePorts {
  readonly vault: Vault;
  readonly index: AccountIndex;
  readonly clock: Clock;
  /**
   * Hears that a token could not be read or kept; it works on from memory until the window is reloaded. Of what keeps
   * failing alike, for whichever profiles, it hears once.
   */
  readonly onFailure: (failure: Failure, profile: Profile) => void;
}

/** Milliseconds from a token's arrival to its way into the vault. */
const keepAfter = 250;

/** What the vault could not be made to read or keep. */
interface Failed {
  readonly profileId: string;
  readonly code: string;
}

interface Known {
  readonly profileId: string;
  /** Absent when the vault holds none. */
  readonly tokens?: TokenSet;
  /** Set until the vault has it too. */
  readonly unkept?: true;
}

/** Tokens by set-up: in memory for whoever paints, in the vault so that they survive a reload. */
export class TokenStore {
  /** Fires the id of each profile whose token came, changed or went. */
  readonly changes = new Changes<string>();
  readonly #ports: TokenStorePorts;
  readonly #flights = new SingleFlight();
  readonly #known = new Map<string, Known>();
  /** By key, until the vault did for that key what was wanted of it. */
  readonly #failures = new Map<string, Failed>();
  readonly #keys = new WeakMap<Profile, string>();
  readonly #keeping = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(ports: TokenStorePorts) {
    this.#ports = ports;
  }

  /** What memory knows of this set-up's token, good or expired; never touches the vault. */
  peek(profile: Profile): TokenSet | undefined {
    return this.#known.get(this.#key(profile))?.tokens;
  }

  /** Reads what was not read yet, so that `peek` knows it: one vault access for each set-up in the life of a window, also when it fails. */
  async warm(profiles: readonly Profile[]): Promise<void> {
    for (const profile of profiles) {
      const key = this.#key(profile);
      if (!this.#known.has(key) && !this.#failures.has(key)) await this.reread(profile);
    }
  }

  /** This set-up's token, good or expired; asks the vault when memory has no good one, since another window may have left one. */
  async get(profile: Profile): Promise<TokenSet | undefined> {
    const tokens = this.peek(profile);
    const { kind } = tokenState(tokens, this.#ports.clock.now());
    return kind === 'none' || kind === 'expired' ? this.reread(profile) : tokens;
  }

  /** This set-up's token as the vault has it now: another window may have rotated its refresh token. Never rejects. */
  async reread(profile: Profile): Promise<TokenSet | undefined> {
    const key = this.#key(profile);
    const before = this.#known.get(key);
    if (before?.unkept) return before.tokens;
    try {
      const text = await this.#ports.vault.get(key);
      this.#failures.delete(key);
      // What was set or deleted in the meantime is newer than what was read.
      if (this.#known.get(key) !== before) return this.#known.get(key)?.tokens;
      const tokens = parseTokens(text, setupHash(profile));
      this.#put(key, { profileId: profile.id, ...(tokens && { tokens }) });
      return tokens;
    } catch (error) {
      this.#failed(error, profile);
      return before?.tokens;
    }
  }

  /**
   * Holds the token at once and puts it into the vault a little later, since a keychain may take longer for that than the server
   * for the token; of several in quick succession only the last is written. Resolves when the vault has it, or when `onFailure`
   * heard why not; never rejects.
   */
  set(profile: Profile, tokens: TokenSet): Promise<void> {
    const key = this.#key(profile);
    const unkept: Known = { profileId: profile.id, tokens, unkept: true };
    this.#put(key, unkept);
    const kept = this.#keep(profile, key, unkept, tokens).finally(() => this.#keeping.delete(kept));
    this.#keeping.add(kept);
    return kept;
  }

  /** Puts into the vault without delay what is not there yet: the window is about to close. */
  async flush(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#keeping);
  }

  async #keep(profile: Profile, key: string, unkept: Known, tokens: TokenSet): Promise<void> {
    const { clock, vault, index } = this.#ports;
    try {
      await clock.sleep(keepAfter, this.#closing.signal);
    } catch {
      // The window is about to close: no delay then.
    }
    if (this.#known.get(key) !== unkept) return;
    try {
      const text = formatTokens(tokens, setupHash(profile));
      await index.whileListed(profile.id, key, () => vault.set(key, text));
      this.#failures.delete(key);
      const now = this.#known.get(key);
      if (now === unkept) this.#known.set(key, { profileId: profile.id, tokens });
      else if (now === undefined) await vault.delete(key);
    } catch (error) {
      this.#failed(error, profile);
    }
  }

  /** @throws FailureError of kind `vault`: the token may still be in the vault. */
  async delete(profile: Profile): Promise<void> {
    const key = this.#key(profile);
    this.#known.delete(key);
    this.#failures.delete(key);
    await this.#ports.vault.delete(key).finally(() => this.changes.fire(profile.id));
  }

  /**
   * Deletes everything that is kept for a profile: the tokens of all its set-ups and its secrets at all origins.
   *
   * @param hidden the profile with the same id that was hidden by this one and now shows: its secret and token stay
   * @throws FailureError of kind `vault`: some of it may still be there; deleting again goes on where it stopped.
   */
  async deleteProfile(profile: Profile, hidden?: Profile): Promise<void> {
    const keep = hidden === undefined ? [] : this.#accounts(hidden);
    for (const held of [this.#known, this.#failures])
      for (const [key, { profileId }] of held)
        if (profileId === profile.id && !keep.includes(key)) held.delete(key);
    await this.#ports.index
      .removeAll(profile.id, this.#accounts(profile), keep)
      .finally(() => this.changes.fire(profile.id));
  }

  /** Whether anything is kept for a profile. @throws FailureError of kind `vault` */
  keepsAny(profileId: string): Promise<boolean> {
    return this.#ports.index.hasAny(profileId);
  }

  /** Whether anything is kept for a profile in an environment of that name. @throws FailureError of kind `vault` */
  async keepsIn(profileId: string, environment: string): Promise<boolean> {
    const { vault, index } = this.#ports;
    for (const account of await index.list(profileId))
      if (movedAccount(account, environment, environment) && (await vault.get(account)) !== undefined)
        return true;
    return false;
  }

  /**
   * Moves a profile's secrets and tokens from an environment to the one it is called now; what is kept there already stays as it
   * is, and so does the old then.
   *
   * @param profile as it is in the renamed environment
   * @throws FailureError of kind `vault`: some may still be in the old place; moving again goes on where it stopped.
   */
  async moveEnvironment(profile: Profile, from: string): Promise<void> {
    const { vault, index } = this.#ports;
    const { id, environment = '' } = profile;
    for (const account of await index.list(id)) {
      const target = movedAccount(account, from, environment);
      if (target === undefined) continue;
      const kept = await vault.get(account);
      if (kept === undefined || (await vault.get(target)) !== undefined) continue;
      await index.whileListed(id, target, () => vault.set(target, kept));
      await vault.delete(account);
      this.#known.delete(account);
    }
    await this.reread(profile);
  }

  /** Deletes everything that is kept for a profile that is in no settings any more. @throws FailureError of kind `vault` */
  async deleteLeftovers(profileId: string): Promise<void> {
    for (const held of [this.#known, this.#failures])
      for (const [key, one] of held) if (one.profileId === profileId) held.delete(key);
    await this.#ports.index.removeAll(profileId).finally(() => this.changes.fire(profileId));
  }

  /** Joins a request for the same set-up and `purpose` that is under way, see `SingleFlight.join`. */
  share<T>(
    profile: Profile,
    purpose: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#flights.join(`${purpose} ${this.#key(profile)}`, signal, start);
  }

  #accounts(profile: Profile): readonly string[] {
    const place = secretPlace(profile);
    return [secretKey(place), bindingKey(place), this.#key(profile)];
  }

  #key(profile: Profile): string {
    const known = this.#keys.get(profile);
    if (known !== undefined) return known;
    const key = tokenKey(profile);
    this.#keys.set(profile, key);
    return key;
  }

  #put(key: string, known: Known): void {
    const before = this.#known.get(key);
    this.#known.set(key, known);
    if (!isSameToken(before?.tokens, known.tokens)) this.changes.fire(known.profileId);
  }

  #failed(error: unknown, profile: Profile): void {
    const { failure } = error instanceof FailureError ? error : unforeseen(error);
    const code = failure.kind === 'vault' ? failure.code : failure.kind;
    const told = [...this.#failures.values()].some((earlier) => earlier.code === code);
    this.#failures.set(this.#key(profile), { profileId: profile.id, code });
    if (!told) this.#ports.onFailure(failure, profile);
  }
}

/** A vault that breaks its word and throws something else is one that failed. */
function unforeseen(error: unknown): FailureError {
  return vaultFailure(
    'failed',
    'The token could not be kept: the store failed in a way nobody foresaw.',
    'It is used until the window is closed; get it again after that.',
    error,
  );
}

function isSameToken(a: TokenSet | undefined, b: TokenSet | undefined): boolean {
  return (
    a?.access_token === b?.access_token &&
    a?.refresh_token === b?.refresh_token &&
    a?.expires_at === b?.expires_at
  );
}
