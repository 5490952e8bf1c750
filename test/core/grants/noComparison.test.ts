import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { allAuthentications } from '../../../src/core/authentication/all.ts';
import { allGrants } from '../../../src/core/grants/all.ts';

/** Where names of grants and client authentications are at home. */
const theirs = ['src/core/grants/', 'src/core/authentication/', 'src/demo/'];

/** Files that compare, each with the reason; the list may only get shorter. */
const known: Readonly<Record<string, string>> = {
  'src/core/checks/mcp/registration.ts': 'names of the protocol in a server’s metadata',
  'src/core/diagnose/profileDefaults.ts': 'what the provider catalogue has',
  'src/core/diagnose/rules/clientAuthentication.ts': 'what the provider catalogue or a server’s metadata has',
  'src/core/httpFile/authReference.ts': 'a word of httpYac’s own headers',
  'src/core/import/readers/registration.ts':
    'names of the protocol in an answer: refresh_token goes with the grant it is of',
  'src/core/oauth/deviceAnswer.ts': 'a member of the answer',
};

it('asks grants and client authentications what they can do, and compares no names', () => {
  const ids = [...allGrants, ...allAuthentications].map(({ id }) => id);
  // These two are words of other things, too: they are asked for where it is said what they are of.
  const own = ids.filter((id) => id !== 'none' && id !== 'refresh_token').join('|');
  const descriptors = [...allGrants, ...allAuthentications]
    .map(({ id }) => id.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()))
    .join('|');
  const comparison = new RegExp(
    [
      `[!=]== ['"\`](?:${own})['"\`]|['"\`](?:${own})['"\`] [!=]==|case ['"\`](?:${own})['"\`]:`,
      `(?:includes|has|get|startsWith)\\(['"\`](?:${own})['"\`]\\)|\\w\\??\\.?\\[['"\`](?:${own})['"\`]\\]`,
      `(?:grant|[aA]uthentication|[mM]ethods?)\\b[^\\n]{0,20}(?:[!=]== |includes\\()['"\`](?:${ids.join('|')})['"\`]`,
      `[!=]== (?:${descriptors})\\.(?:id|grantType)\\b|\\b(?:${descriptors})\\.(?:id|grantType) [!=]==`,
    ].join('|'),
  );
  const found = ['src', 'webview']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !theirs.some((start) => file.startsWith(start)))
    .filter((file) => comparison.test(readFileSync(file, 'utf8')));
  assert.deepEqual(found.toSorted(), Object.keys(known));
});
