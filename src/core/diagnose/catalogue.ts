import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TokenDialect } from '../oauth/dialect.ts';
import type { Profile } from '../profile/profile.ts';
import type { Provider } from './provider.ts';

/** Every provider known, in the order lists show them; the last one is `generic`. */
export type Catalogue = readonly Provider[];

/**
 * Reads every provider file of `directory`: `providers` of the command line, `src/core/diagnose/providers` in tests.
 *
 * @throws when the directory or one of its files cannot be read (they are ours, and tests validate each).
 */
export async function loadCatalogue(directory: string): Promise<Catalogue> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
  // A file of the sources holds one provider, that of the command line all of them.
  return texts
    .flatMap((text) => JSON.parse(text) as Provider | readonly Provider[])
    .sort((a, b) => a.order - b.order);
}

/** The provider called `id`, or the generic one. */
export function providerOf(catalogue: Catalogue, id: string | undefined): Provider {
  const found = catalogue.find((provider) => provider.id === id) ?? catalogue.at(-1);
  if (!found) throw new RangeError('The provider catalogue is empty.');
  return found;
}

/**
 * The token dialect of a profile: the one it names, else its provider's; absent for plain RFC 6749.
 *
 * @param provider the provider the profile names or was recognised as
 */
export function dialectOf(
  catalogue: Catalogue,
  profile: Profile,
  provider: Provider,
): TokenDialect | undefined {
  if (profile.tokenDialect === undefined) return provider.tokenDialect;
  return dialects(catalogue).find((dialect) => dialect.name === profile.tokenDialect);
}

/** Every token dialect that a profile can name in `tokenDialect`. */
export function dialects(catalogue: Catalogue): readonly TokenDialect[] {
  return catalogue.flatMap((provider) => provider.tokenDialect ?? []);
}
