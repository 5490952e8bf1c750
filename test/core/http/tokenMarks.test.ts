import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskJwts } from '../../../src/core/http/maskJwts.ts';
import { redactBody } from '../../../src/core/http/redactBody.ts';
import { markedTokens } from '../../../src/core/http/tokenMarks.ts';
import { findLeaks } from '../../../src/core/leaks/findLeaks.ts';

// The forms are those of GitHub's list of patterns, of gitleaks and of the issuers' documentation; what stands in them is made up
// here, and put together here, so that nobody takes it for a secret.
const any = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
const hex = '3f2a9c1e7b644d2f9a510c8e6d4b2a17';

/** Whose it is, what it is as the guard of files tells it, absent where it is only masked, and the token. */
const tokens: readonly (readonly [whose: string, kind: string | undefined, token: string])[] = [
  ['Dropbox', 'bearer', `sl.B${any.repeat(4)}`],
  ['Dropbox, as it is since 2024', 'bearer', `sl.u.AF${any}-_${any}`],
  ['Netlify', 'bearer', `nfp_${any}`],
  ['Instagram', 'bearer', `IGQVJ${any}`],
  ['VK', 'bearer', `vk1.a.${any}${any}`],
  ['Yandex', 'bearer', `y0_AgAAAA${any}`],
  ['Typeform', 'bearer', `tfp_${any}_${any}`],
  ['OpenShift', 'bearer', `sha256~${any}-abc1234`],
  ['Airtable', 'bearer', `patAbCdEfGhIjKlMn.${hex}${hex}`],
  ['HCP Terraform', 'bearer', `AbCdEfGhIjKlMn.atlasv1.${any}${any.slice(0, 30)}`],
  ['Harness', 'bearer', `pat.${any.slice(0, 22)}.${hex.slice(0, 24)}.${any.slice(0, 20)}`],
  ['Salesforce, an access token', 'bearer', `00D5g000004abcD!AQ8AQ${any}.${any}`],
  ['Salesforce, a refresh token', 'refresh_token', `5Aep861${any}_${any}`],
  ['Asana', 'bearer', `1/1200123456789012:${hex}`],
  ['Asana, as it is since 2024', 'bearer', `2/1200123456789012/1200123456789013:${hex}`],
  ['LinkedIn', 'client_secret', `WPL_AP1.${any.slice(0, 16)}.Ab1cDe`],
  ['Adobe', 'client_secret', `p8e-${hex}`],
  ['42', 'client_secret', `s-s4t2ud-${hex}${hex}`],
  ['Mailchimp', 'credentials', `${hex}-us12`],
  ['Supabase', 'credentials', `sb_secret_${any}`],
  ['MongoDB Atlas', 'credentials', `mdb_sa_sk_${any}`],
  ['SonarQube', 'credentials', `squ_${hex}00000000`],
  ['Sourcegraph', 'credentials', `sgp_local_${hex}00000000`],
  ['GitLab, a runner', 'credentials', `GR1348941${any.slice(0, 20)}`],
  ['Plaid', 'credentials', 'access-production-3f2a9c1e-7b64-4d2f-9a51-0c8e6d4b2a17'],
  ['Google, a code', undefined, `4/0A${any}-_${any}`],
  ['Entra, a code', undefined, `0.AXoA${any}.AgABAAIAAA${any.repeat(4)}`],
  ['GitHub, an app’s', undefined, `v1.${hex}00000000`],
  ['Google, a key that pages show', undefined, `AIza${any.slice(0, 35)}`],
  ['Facebook', undefined, `EAA${any.replaceAll(/[^A-Za-z\d]/g, '')}`],
];

/** What nobody gets in by, though it begins alike. */
const harmless = [
  'sl.wikipedia.org is in Slovene, and sl.no-such-host-of-2024.example.com is none',
  'https://sl.wikipedia.org/wiki/Slovenija-in-druge-drzave-2024',
  'nfp_report_2024_of_the_fund',
  'pat.jones.of.example.com and pat-answers-to-everything-2024',
  'the lists of 4/05 and 4/06, and A4/0A is a size',
  'oy2, squ_ and y0_ are beginnings',
  'y0_offset_of_the_first_row_in_pixels_2',
  '1/2: half, 2/3/4: three parts, 1/1200123456789012: page one',
  '00DOOR!KNOCK and 00D! are none',
  'release v1.2.3-rc.1 of 2024-01-02, image v1.0.0-20240102150405-abcdef123456',
  `us-east-1, us12 and ${hex} (a hash), ${hex}-usable`,
  `sha256:${hex}${hex}`,
  'app.access-production-of-energy-2024-and-more-words.example',
  'WPL_AP1 and WPL_AP2 are access points of the library',
  'fo1_, fm2_ and rdme_ begin tokens',
  'EAAB and IGQV and EAAG',
  'duffel_bag_and_other_things_of_the_year_2024',
];

describe('tokens that say whose they are, from one list', () => {
  for (const [whose, kind, token] of tokens)
    it(whose, () => {
      for (const text of [
        token,
        `It was ${token}.`,
        `It was ~${token} then`,
        `{"text":"first line\\n${token}\\nnext"}`,
        `https://a.example/?x=${token}&y=1`,
      ]) {
        const shown = redactBody(text, true);
        assert.ok(!shown.includes(token.slice(0, -6)), shown);
        const [before = '', after = ''] = text.split(token);
        assert.ok(shown.startsWith(`${before}…`) && shown.endsWith(after), shown);
        const found = findLeaks(text).map((leak) => [leak.kind, text.slice(leak.start, leak.end)]);
        assert.deepEqual(found, kind === undefined ? [] : [[kind, token]], text);
      }
    });

  it('are told from what only begins alike', () => {
    for (const text of harmless) {
      assert.equal(redactBody(text, true), text);
      assert.deepEqual(findLeaks(text), [], text);
      // With a sign that is in no word, each word behind it is looked at by itself.
      assert.equal(redactBody(`~${text}`, true), `~${text}`);
      assert.deepEqual(markedTokens(`~${text}`), [], text);
    }
  });
});

// A backslash and `n` before a token are two characters of the text that is looked at, and the second one is a letter.
it('a JWT behind the line end of a JSON string is masked', () => {
  const jwt = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.${any}`;
  for (const text of [`{"raw":"GET /\\n${jwt}"}`, `"a\\r\\n${jwt}\\n"`, `x\\t${jwt}`])
    assert.equal(maskJwts(text), text.replace(jwt, `…${jwt.slice(-6)}`));
});

// Regular expressions end with an error in a run of some megabytes.
it('a run of more than a million characters is masked whole where it begins like a token, and stays otherwise', () => {
  const long = 'a1'.repeat(600_000);
  assert.equal(maskJwts(`x ${long} y`), `x ${long} y`);
  assert.equal(maskJwts(`x eyJ${long}.${long} y`), `x …${long.slice(-6)} y`);
});
