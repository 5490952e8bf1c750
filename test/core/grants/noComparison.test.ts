import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { allAuthentications } from '../../../src/core/authentication/all.ts';
import { allGrants } from '../../../src/core/grants/all.ts';

/** Where names of grants and client authentications are at home. */
const theirs = ['core/grants/', 'core/authentication/', 'demo/'];

/** Files that compare, each with the reason; the list may only get shorter. */
const known: Readonly<Record<string, string>> = {
  'core/httpFile/authReference.ts': 'a word of httpYac’s own headers',
  'core/import/readers/registration.ts':
    'names of the protocol in an answer: refresh_token goes with the grant it is of',
};

it('asks grants and client authentications what they can do, and compares no names', () => {
  const ids = [...allGrants, ...allAuthentications].map(({ id }) => id);
  // These two are words of other things, too: they are asked for where it is said what they are of.
  const own = ids.filter((id) => id !== 'none' && id !== 'refresh_token').join('|');
  const comparison = new RegExp(
    `[!=]== '(?:${own})'|case '(?:${own})':|(?:grant|[aA]uthentication)\\b[^\\n]{0,20}[!=]== '(?:${ids.join('|')})'`,
  );
  const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !theirs.some((start) => file.startsWith(start)))
    .filter((file) => comparison.test(readFileSync(join('src', file), 'utf8')));
  assert.deepEqual(found, Object.keys(known));
});
