import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { exportJson, exportPlainText } from '../../../src/core/import/exportText.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { importText } from '../../../src/core/import/importText.ts';
import { planImport } from '../../../src/core/import/importPlan.ts';

const host = fc.constantFrom(
  'https://as.example.com',
  'https://login.example.org/realms/r',
  'http://127.0.0.1:3000',
);
const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const scope = fc.stringMatching(/^[\x21\x23-\x5b\x5d-\x7e]{1,20}$/);

/** Entries as users write them, with what makes texts hard to read back. */
const entry = fc.record(
  {
    name: word,
    grant: fc.constantFrom('client_credentials', 'authorization_code'),
    issuer: host,
    clientId: fc.oneof(word, fc.constantFrom('true', '12', '[x]', '"q"', 'a@b.c', 'x[.]y', '{}', 'null')),
    basicEncoding: fc.constantFrom('form', 'raw'),
    scopes: fc.array(scope, { maxLength: 4 }),
    audience: fc.oneof(word, fc.constant('https://api.example.com/.default')),
    resource: fc.array(fc.constantFrom('https://a.example', 'urn:x:y', 'https://b.example/p?q=[1]'), {
      maxLength: 2,
    }),
    tokenParameters: fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), fc.string({ unit: 'grapheme' }), {
      maxKeys: 3,
    }),
    renew: fc.boolean(),
    claims: fc.constantFrom({}, { id_token: {} }),
  },
  { requiredKeys: ['name', 'grant', 'issuer', 'clientId'] },
);

/** Usable profiles, each with an id of its own. */
const profiles = fc.array(entry, { minLength: 1, maxLength: 4 }).map((entries) =>
  entries.flatMap((one, index): Profile[] => {
    const read = parseProfile({ ...one, id: `p${index}` });
    return 'profile' in read ? [read.profile] : [];
  }),
);

function importedFrom(text: string): readonly unknown[] {
  return planImport(importText(text), []).map((one) => one.kind === 'ready' && one.profile);
}

describe('exported profiles', () => {
  it('come back as they were, from both texts', () => {
    fc.assert(
      fc.property(
        profiles.filter(({ length }) => length > 0),
        (list) => {
          assert.deepEqual(importedFrom(exportJson(list)), list);
          assert.deepEqual(importedFrom(exportPlainText(list)), list);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('hold no link in the text', () => {
    fc.assert(
      fc.property(profiles, (list) => {
        const text = exportPlainText(list);
        assert.doesNotMatch(text, /\w:\/\//);
        assert.doesNotMatch(text, /example\.(com|org)/);
      }),
    );
  });

  it('come back from a mail that quoted them', () => {
    const read = parseProfile({
      id: 'a',
      name: 'A',
      grant: 'client_credentials',
      issuer: 'https://as.example.com',
      clientId: 'x',
    });
    assert.ok('profile' in read);
    const quoted = exportPlainText([read.profile]).replaceAll('\n', '\r\n');
    assert.deepEqual(importedFrom(quoted), [read.profile]);
  });
});
