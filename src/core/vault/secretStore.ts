import { Changes } from '../session/changes.ts';
import type { SecretPlace } from '../profile/profile.ts';
import type { AccountIndex } from './accountIndex.ts';
import type { Vault } from './vault.ts';
import { secretKey } from './vaultKeys.ts';

/** The client secrets of profiles, each bound to the origin it was entered for; never cached. */
export class SecretStore {
  /** Where a secret was stored or removed. */
  readonly changes = new Changes<SecretPlace>();
  readonly #vault: Vault;
  readonly #index: AccountIndex;

  constructor(vault: Vault, index: AccountIndex) {
    this.#vault = vault;
    this.#index = index;
  }

  /** Absent when none was entered for this profile at this origin: ask the user. */
  get(place: SecretPlace): Promise<string | undefined> {
    return this.#vault.get(secretKey(place));
  }

  /** @throws FailureError of kind `vault`; an earlier secret is then still there. */
  async set(place: SecretPlace, secret: string): Promise<void> {
    const account = secretKey(place);
    await this.#index.add(place.id, account);
    await this.#vault.set(account, secret);
    this.changes.fire(place);
  }

  async delete(place: SecretPlace): Promise<void> {
    await this.#vault.delete(secretKey(place));
    this.changes.fire(place);
  }
}
