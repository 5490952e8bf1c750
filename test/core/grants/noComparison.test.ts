import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { allAuthentications } from '../../../src/core/authentication/all.ts';
import { allGrants } from '../../../src/core/grants/all.ts';

/** Where names of grants and client authentications are at home. */
const theirs = ['core/grants/', 'core/authentication/', 'demo/'];

/** What still compares, each with the reason; the list may only get shorter. */
const known = [
  // Become loops over the declarations of fields.
  ...['core/profile/', 'core/profileForm/', 'core/import/', 'core/scopes/', 'host/commands/scopeCommands.ts'],
  // Chooses among what a server's metadata offers.
  'core/mcp/',
  // Words for the one way that is no authentication.
  'core/diagnose/quickFixLabel.ts',
];

it('asks grants and client authentications what they can do, and compares no names', () => {
  const names = [...allGrants, ...allAuthentications].map(({ id }) => id).join('|');
  const comparison = new RegExp(
    `(?:grant|[aA]uthentication)\\b[^\\n]{0,20}[!=]== '(?:${names})'|case '(?:${names.replace('|none', '')})':`,
  );
  const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => ![...theirs, ...known].some((start) => file.startsWith(start)))
    .filter((file) => comparison.test(readFileSync(join('src', file), 'utf8')));
  assert.deepEqual(found, []);
});
