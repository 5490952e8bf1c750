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

/** Which settings the profile with an id stands in, and the user's own that it hides. */
export interface ProfileStanding {
  readonly standing: Standing;
  readonly hidden?: Profile;
}

/** A profile's secret, as far as it may be used. */
export type FoundSecret =
  | { readonly kind: 'none' }
  | { readonly kind: 'stored'; readonly secret: string }
  | { readonly kind: 'ask'; readonly why: Unbound; readonly enteredFor: readonly Binding[] };

/** The client secrets of profiles, each bound to the server it was entered for; never cached. */
export class SecretStore {
  /** Where a secret was stored or removed. */
  readonly changes = new Changes<SecretPlace>();
  readonly #vault: Vault;
  readonly #index: AccountIndex;
  readonly #standing: (profileId: string, environment?: string) => ProfileStanding | undefined;

  /** @param standing where profiles stand in the settings; without it all are the user's own. */
  constructor(
    vault: Vault,
    index: AccountIndex,
    standing: (profileId: string, environment?: string) => ProfileStanding | undefined = () => undefined,
  ) {
    this.#vault = vault;
    this.#index = index;
    this.#standing = standing;
  }

  /** The secret, when it was entered for exactly this server; else ask the user, see `find`. */
  async get(place: SecretPlace): Promise<string | undefined> {
    const found = await this.find(place);
    return found.kind === 'stored' ? found.secret : undefined;
  }

  /**
   * The secret, or that the user is to be asked before it goes to this server. Changes nothing.
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
   * The secret for sending it to this server, which is remembered with it; absent when the user is to be asked first, see `find`.
   *
   * @throws FailureError of kind `vault`
   */
  async use(place: SecretPlace): Promise<string | undefined> {
    const found = await this.find(place);
    if (found.kind !== 'stored') return undefined;
    // What cannot be remembered now is learnt the next time; the secret is for this server anyway.
    await this.#learn(place).catch(() => undefined);
    return found.secret;
  }

  /** The user lets the secret go to this server, too. @throws FailureError of kind `vault` */
  async agree(place: SecretPlace): Promise<string | undefined> {
    const bindings = await this.#bindings(place);
    await this.#bind(place, withBinding(bindings, bindingOf(place, this.#standingOf(place))));
    return this.get(place);
  }

  /** @throws FailureError of kind `vault`; an earlier secret is then still there. */
  async set(place: SecretPlace, secret: string): Promise<void> {
    // The secret first: should the second write fail, the new secret is bound as the old one was, and the user is asked.
    await this.#write(place, secret);
    await this.#bind(place, [bindingOf(place, this.#standingOf(place))]);
    this.changes.fire(place);
  }

  /** What takes the place of a secret goes where that went, which nobody is asked again. @throws FailureError of kind `vault` */
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
   * What a secret without bindings, one of 0.1.0, was entered for: the user's own profile with this id, when that has the same
   * origin; else the profile that asks, since until now nothing else is known of it. Who says himself where a profile stands cannot
   * know what it hides: then a workspace's gets it where its origin, which is kept with the secret, is all of its issuer.
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
