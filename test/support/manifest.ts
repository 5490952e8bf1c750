// Writes what the field declarations say into package.json and package.nls.json: `npm run manifest`.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCatalogue } from '../../src/core/diagnose/catalogue.ts';
import { environmentsSchema, profileSchema } from '../../src/core/profile/schema.ts';
import { providersDirectory } from '../core/diagnose/support.ts';

const root = join(import.meta.dirname, '..', '..');
const setting = 'oauthExplorer.profiles';
const environments = 'oauthExplorer.environments';

type Json = Record<string, unknown>;

async function change(file: string, edit: (json: Json) => Json): Promise<void> {
  const path = join(root, file);
  const json = JSON.parse(await readFile(path, 'utf8')) as Json;
  const oxfmt = [join(root, 'node_modules', 'oxfmt', 'bin', 'oxfmt'), `--stdin-filepath=${file}`];
  const input = JSON.stringify(edit(json));
  await writeFile(path, execFileSync(process.execPath, oxfmt, { cwd: root, input }));
}

const providers = await loadCatalogue(providersDirectory);
const { items, texts } = profileSchema(
  undefined,
  providers.map(({ id }) => id),
);
await change('package.json', (manifest) => {
  const { contributes } = manifest as {
    contributes: { configuration: { properties: Record<string, Json> } };
  };
  const { properties } = contributes.configuration;
  properties[setting] = { ...properties[setting], items };
  properties[environments] = { ...properties[environments], ...environmentsSchema() };
  return manifest;
});
await change('package.nls.json', (written) => {
  const entries = Object.entries(written);
  const at = entries.findIndex(([key]) => key.startsWith('profile.'));
  const others = entries.filter(([key]) => !key.startsWith('profile.'));
  return Object.fromEntries(others.toSpliced(at < 0 ? others.length : at, 0, ...Object.entries(texts)));
});
