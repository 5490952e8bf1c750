import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../src/core/diagnose/providers');

/** The providers as JSON, as the build puts them into what it makes: a file more is a provider more. */
export async function providerCatalogue() {
  const files = await readdir(folder);
  const all = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))),
  );
  return JSON.stringify(all.map(({ $schema, ...provider }) => provider).sort((a, b) => a.order - b.order));
}

/** An esbuild plugin that puts them into `src/host/providers.ts`. */
export const withProviders = {
  name: 'with-providers',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]host[\\/]providers\.ts$/ }, async () => ({
      contents: `export const providers = ${await providerCatalogue()};`,
    }));
  },
};
