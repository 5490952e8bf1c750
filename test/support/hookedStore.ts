import type { Vault } from '../../src/core/vault/vault.ts';
import { LimitedStore } from './limitedStore.ts';

/** One access to a store. */
export interface Access {
  readonly verb: 'get' | 'set' | 'delete';
  readonly key: string;
  readonly value?: string;
}

/** A store that notes each access, and in which another window may do something just before one of them. */
export class HookedStore implements Vault {
  readonly store = new LimitedStore();
  readonly accesses: Access[] = [];
  /** What another window does before an access; its own accesses are not noted. */
  before: (access: Access) => void | Promise<void> = () => undefined;

  get entries(): Map<string, string> {
    return this.store.entries;
  }

  /** How many accesses of a kind there were, to keys that match. */
  count(verb: Access['verb'], key = /(?:)/): number {
    return this.accesses.filter((one) => one.verb === verb && key.test(one.key)).length;
  }

  async get(key: string): Promise<string | undefined> {
    await this.#note({ verb: 'get', key });
    return this.store.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    await this.#note({ verb: 'set', key, value });
    await this.store.set(key, value);
  }

  async delete(key: string): Promise<void> {
    await this.#note({ verb: 'delete', key });
    await this.store.delete(key);
  }

  async #note(access: Access): Promise<void> {
    this.accesses.push(access);
    await this.before(access);
  }
}
