import { Changes } from '../session/changes.ts';
import { secretPlace, type Profile, type SecretPlace } from '../profile/profile.ts';
import type { AccountIndex } from './accountIndex.ts';
import {
  bindingOf,
  coveredBy,
  formatBindings,
  parseBindings,
  withBinding,
  type Binding,
  type Standing,
  type Unbound,
} from './secretBinding.ts';
import type { Vault } from './vault.ts';
import { bindingKey, secretKey } from './vaultKeys.ts';

/** Which settings the profile with an id is in, and the user's own profile that it hides. */
export interface ProfileStanding {
  readonly standing: Standing;
  readonly hidden?: Profile;
}

/** A profile's secret, as far as it may be used. */
export type FoundSecret =
  | { readonly kind: 'none' }
  | { readonly kind: 'stored'; readonly secret: string }
  | { readonly kind: 'ask'; readonly why: Unbound; readonly enteredFor: readonly Binding[] };

/** Stores the client secrets of profiles, each bound to the server that it was entered for; nothing is cached. */
export class SecretStore {
  /** Fires with the place of a secret that was stored or removed. */
  readonly changes = new Changes<SecretPlace>();
  readonly #vault: Vault;
  readonly #index: AccountIndex;
  readonly #standing: (profileId: string, environment?: string) => ProfileStanding | undefined;

  /** @param standing tells which settings profiles are in; without it, all are the user's own */
  constructor(
    vault: Vault,
    index: AccountIndex,
    standing: (profileId: string, environment?: string) => ProfileStanding | undefined = () => undefined,
  ) {
    this.#vault = vault;
    this.#index = index;
    this.#standing = standing;
  }

  /** The secret, if it was entered for exactly this server; undefined otherwise, see `find`. */
  async get(place: SecretPlace): Promise<string | undefined> {
    const found = await this.find(place);
    return found.kind === 'stored' ? found.secret : undefined;
  }

  /**
   * The secret, or that the user must be asked before it is sent to this server. Changes nothing.
   *
   * @throws FailureError of kind `vault`
   */
  async find(place: SecretPlace): Promise<FoundSecret> {
    const secret = await this.#vault.get(secretKey(place));
    if (secret === undefined) return { kind: 'none' };
    const bindings = await this.#bindings(place);
    const covered = coveredBy(bindings, place, this.#standingOf(place));
    return typeof covered === 'string'
      ? { kind: 'ask', why: covered, enteredFor: bindings }
      : { kind: 'stored', secret };
  }

  /**
   * The secret for sending it to this server, which is then remembered; undefined when the user must be asked first, see
   * `find`.
   *
   * @throws FailureError of kind `vault`
   */
  async use(place: SecretPlace): Promise<string | undefined> {
    const found = await this.find(place);
    if (found.kind !== 'stored') return undefined;
    // If this cannot be remembered now, it is the next time; the secret is for this server anyway.
    await this.#learn(place).catch(() => undefined);
    return found.secret;
  }

  /** Remembers that the user lets the secret go to this server, too. @throws FailureError of kind `vault` */
  async agree(place: SecretPlace): Promise<string | undefined> {
    const bindings = await this.#bindings(place);
    await this.#bind(place, withBinding(bindings, bindingOf(place, this.#standingOf(place))));
    return this.get(place);
  }

  /** @throws FailureError of kind `vault`; an earlier secret is then still there. */
  async set(place: SecretPlace, secret: string): Promise<void> {
    // The secret first: if the second write fails, the new secret is bound like the old one, and the user is asked.
    await this.#write(place, secret);
    await this.#bind(place, [bindingOf(place, this.#standingOf(place))]);
    this.changes.fire(place);
  }

  /**
   * Replaces a secret, which stays bound to the same servers, so that nobody is asked again. @throws FailureError of kind
   * `vault`
   */
  async renew(place: SecretPlace, secret: string): Promise<void> {
    if ((await this.find(place)).kind !== 'stored') return this.set(place, secret);
    await this.#write(place, secret);
    this.changes.fire(place);
  }

  async delete(place: SecretPlace): Promise<void> {
    await this.#vault.delete(secretKey(place));
    await this.#vault.delete(bindingKey(place));
    this.changes.fire(place);
  }

  async #write(place: SecretPlace, secret: string): Promise<void> {
    const account = secretKey(place);
    await this.#index.whileListed(place.id, account, () => this.#vault.set(account, secret));
  }

  async #learn(place: SecretPlace): Promise<void> {
    const stored = parseBindings(await this.#vault.get(bindingKey(place)));
    const bindings = stored ?? this.#earlier(place);
    const covered = coveredBy(bindings, place, this.#standingOf(place));
    if (typeof covered === 'string') return;
    const { tokenEndpoint } = bindingOf(place, covered.standing);
    if (covered.tokenEndpoint === undefined && tokenEndpoint !== undefined)
      await this.#bind(place, withBinding(bindings, { ...covered, tokenEndpoint }, covered));
    else if (stored === undefined) await this.#bind(place, bindings);
  }

  async #bind(place: SecretPlace, bindings: readonly Binding[]): Promise<void> {
    const account = bindingKey(place);
    await this.#index.whileListed(place.id, account, () =>
      this.#vault.set(account, formatBindings(bindings)),
    );
  }

  async #bindings(place: SecretPlace): Promise<readonly Binding[]> {
    return parseBindings(await this.#vault.get(bindingKey(place))) ?? this.#earlier(place);
  }

  /**
   * The bindings of a secret without any, as 0.1.0 stored it: to the user's own profile with this id, if that has the same
   * origin; else to the profile that asks, as nothing else is known. A caller that gives the `standing` itself cannot know what
   * its profile hides: a workspace's profile then gets the secret only if the origin, which is kept with the secret, is its
   * whole issuer.
   */
  #earlier(place: SecretPlace): readonly Binding[] {
    if (place.standing === 'workspace' && !isOriginAlone(place)) return [];
    const hidden = this.#standing(place.id, place.environment)?.hidden;
    const own = hidden && secretPlace(hidden);
    return own?.origin === place.origin
      ? [bindingOf(own, 'user')]
      : [bindingOf(place, this.#standingOf(place))];
  }

  #standingOf(place: SecretPlace): Standing {
    return place.standing ?? this.#standing(place.id, place.environment)?.standing ?? 'user';
  }
}

function isOriginAlone({ issuer = '', origin, tokenEndpoint }: SecretPlace): boolean {
  return tokenEndpoint === undefined && URL.canParse(issuer) && new URL(issuer).href === `${origin}/`;
}
