import { objectOf } from '../../shared/json.ts';

/** Remembers profiles across windows and reloads. */
export interface Memory {
  read: () => unknown;
  write: (value: Readonly<Record<string, string>> | undefined) => Promise<void>;
}

/** Most profiles that are remembered; the oldest are forgotten first. */
const mostSeen = 1000;

/** All profiles that were ever in the settings, name by id, since a keychain cannot list whose entries it has. */
export class SeenProfiles {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Remembers profiles; writes only when there is something new. */
  async note(profiles: readonly { readonly id: string; readonly name: string }[]): Promise<void> {
    const seen = this.#read();
    const isNew = profiles.filter(({ id, name }) => seen.get(id) !== name);
    if (isNew.length === 0) return;
    for (const { id, name } of isNew) seen.set(id, name);
    await this.#memory.write(Object.fromEntries([...seen].slice(-mostSeen)));
  }

  /** The profiles that are no longer in the settings. */
  gone(ids: readonly string[]): readonly { readonly id: string; readonly name: string }[] {
    const present = new Set(ids.map((id) => id.toLowerCase()));
    return [...this.#read()].flatMap(([id, name]) => (present.has(id.toLowerCase()) ? [] : [{ id, name }]));
  }

  async forget(id: string): Promise<void> {
    const seen = this.#read();
    if (seen.delete(id)) await this.#memory.write(Object.fromEntries(seen));
  }

  #read(): Map<string, string> {
    return new Map(
      Object.entries(objectOf(this.#memory.read())).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  }
}
