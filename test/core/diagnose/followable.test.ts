import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { profileDefaults } from '../../../src/core/diagnose/profileDefaults.ts';
import type { Provider } from '../../../src/core/diagnose/provider.ts';
import { applyQuickFix, type QuickFix } from '../../../src/core/diagnose/quickFix.ts';
import { quickFixLabel } from '../../../src/core/diagnose/quickFixLabel.ts';
import { productLists } from '../../../src/core/productLists.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Grant, Profile } from '../../../src/core/profile/profile.ts';
import { adviceFor } from '../../../src/core/profileForm/adviceFor.ts';
import { serializeProfile } from '../../../src/core/profile/serializeProfile.ts';
import { redirectUriProblem } from '../../../src/core/profile/urls.ts';
import { providersDirectory } from './support.ts';

const catalogue = await loadCatalogue(providersDirectory);
const titles = Object.entries(
  JSON.parse(await readFile(new URL('../../../package.nls.json', import.meta.url), 'utf8')) as Record<
    string,
    string
  >,
)
  .filter(([key]) => key.startsWith('command.'))
  .map(([, title]) => title.replace(/…$/, ''));

/** Everything that a provider file tells its user, each text with where it stands. */
function textsOf(provider: Provider): readonly (readonly [string, string])[] {
  const { id, advice, redirect, errors, scopes, ask } = provider;
  return [
    ...advice.map(({ text }): [string, string] => [`${id}, advice`, text]),
    ...adviceFor({ ...provider, advice: [] }, 'authorization_code').map((text): [string, string] => [
      `${id}, lacks`,
      text,
    ]),
    ...(redirect?.advice ?? []).map((text): [string, string] => [`${id}, redirect`, text]),
    ...errors.flatMap((rule) =>
      [rule.cause, ...rule.steps].map((text): [string, string] => [`${id}/${rule.id}`, text]),
    ),
    ...(scopes?.notGranted ?? []).map(({ why }): [string, string] => [`${id}, scopes`, why]),
    ...ask.map((question): [string, string] => [`${id}, ${question.name}`, question.description]),
  ];
}

const texts = catalogue.flatMap(textsOf);

/** Words of a server's own console, which are quoted as they stand there. */
const theirWords = new Set([
  ...['Mobile and desktop applications', 'Web', 'Single-page application', 'Allow public client flows'],
  ...['Require Secret for Web Server Flow', 'Require PKCE', 'Manage user data via APIs (api)'],
  ...[
    'Enable Client Credentials Flow',
    'Allow Offline Access',
    'Confidential',
    'Confidential Client',
    'Forgot password',
    'Standard token exchange',
    'OIDC CIBA Grant',
    'Enable Device Flow',
    'Public key / Private key',
    'Admin approved users are pre-authorized',
  ],
  ...['This is a private consumer', 'Sign In with LinkedIn using OpenID Connect'],
]);

/** Names of parameters that the flow itself sends: they stand in texts, and nobody is told to set them. */
const ofTheFlow = new Set(['grant_type', 'error', 'scope', 'client_id', 'redirect_uri', 'code_challenge']);

/** A complete profile of a provider, as the form would make it. */
function profileOf(provider: Provider, grant: Grant): Profile {
  const answers = Object.fromEntries(
    provider.ask.map(({ name, default: usual, placeholder }) => [name, usual ?? placeholder]),
  );
  const defaults = profileDefaults(provider, grant, answers);
  const issuer =
    defaults?.issuer ?? (defaults?.tokenEndpoint === undefined ? 'https://as.example' : undefined);
  const entry = { id: 'test', clientId: 'client', grant, ...defaults, ...(issuer && { issuer }) };
  const read = parseProfile(entry);
  assert.ok('profile' in read, JSON.stringify(read));
  return read.profile;
}

const grantsOf = ({ grants }: Provider) => Object.keys(grants);

function isValid(profile: Profile): boolean {
  return 'profile' in parseProfile(serializeProfile(profile));
}

/** Whether `name` can be sent as an extra parameter of one of the requests. */
function canBeSent(name: string): boolean {
  const base = { id: 'a', clientId: 'c', issuer: 'https://as.example', grant: 'authorization_code' };
  return [{ authorizationParameters: { [name]: 'v' } }, { tokenParameters: { [name]: 'v' } }].some(
    (extra) => 'profile' in parseProfile({ ...base, ...extra }),
  );
}

describe('what a provider file tells its user to do', () => {
  it('is said of every provider that ships', () => {
    assert.ok(texts.length > 300);
  });

  it('names only commands that there are, and else words of the server’s console', () => {
    for (const [where, text] of texts)
      for (const [, quoted] of text.matchAll(/“([^”]+)”/g))
        assert.ok(
          quoted?.startsWith('$') === true || titles.includes(quoted ?? '') || theirWords.has(quoted ?? ''),
          `${where}: “${quoted ?? ''}”`,
        );
  });

  it('names only client authentications that the product has', () => {
    const known = productLists.authentications.map(({ id }) => id);
    for (const [where, text] of texts)
      for (const [named] of text.matchAll(
        /\b(client_secret_[a-z]+|private_key_jwt|(self_signed_)?tls_client_auth)\b/g,
      ))
        // A sentence on what it cannot do, or does not need, is no order.
        assert.ok(
          known.includes(named) || /not offered here|only with|does not take/.test(text),
          `${where}: ${text}`,
        );
  });

  it('names only parameters that a profile can send', () => {
    const named = texts.flatMap(([where, text]) => [
      ...[...text.matchAll(/\bparameter (?:called )?([a-z][a-z_]+)\b/g)].map(
        ([, name]) => [where, name] as const,
      ),
      ...[...text.matchAll(/\b([a-z][a-z_]+)=[\w.:-]+/g)].map(([, name]) => [where, name] as const),
    ]);
    assert.ok(named.length > 5);
    for (const [where, name = ''] of named)
      assert.ok(ofTheFlow.has(name) || canBeSent(name), `${where}: the parameter ${name}`);
  });

  it('writes only redirect URIs that can be received', () => {
    for (const [where, text] of texts)
      for (const [uri] of text.matchAll(/https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[\w:./-]*/g))
        assert.equal(redirectUriProblem(uri.replace(/[.:]$/, '')), undefined, `${where}: ${uri}`);
  });

  it('tells of https redirects only that they cannot be received, as long as that is so', () => {
    const refused = redirectUriProblem('https://app.example.com/callback') !== undefined;
    const about = texts.filter(([, text]) => /redirect/i.test(text) && /\bhttps\b(?!:)/.test(text));
    const unreceivable = texts.filter(([, text]) => text.includes('cannot be received here'));
    assert.ok(about.length > 0);
    for (const [where, text] of about)
      assert.equal(text.includes('cannot be received here'), refused, `${where}: ${text}`);
    assert.equal(unreceivable.length > 0, refused);
  });

  it('has fixes that leave a profile that can be saved, each with a button of its own', () => {
    const fields = productLists.fields.map(({ name }) => name);
    for (const provider of catalogue)
      for (const { id, when, fixes = [] } of provider.errors)
        for (const fix of fixes) {
          const where = `${provider.id}/${id}: ${JSON.stringify(fix)}`;
          assert.match(quickFixLabel(fix), /^[A-Z]/, where);
          if (fix.kind === 'edit_profile') assert.ok(fields.includes(fix.field), where);
          for (const grant of when.grants ?? grantsOf(provider))
            assert.ok(leavesValid(profileOf(provider, grant), fix), `${where} with ${grant}`);
        }
  });

  it('edits only fields that a profile of that grant has', () => {
    for (const provider of catalogue)
      for (const { id, when, fixes = [] } of provider.errors)
        for (const fix of fixes) {
          if (fix.kind !== 'edit_profile' || fix.field !== 'redirectUri') continue;
          const grants = when.grants ?? grantsOf(provider);
          assert.ok(grants.includes('authorization_code'), `${provider.id}/${id}`);
        }
  });
});

/** Whether `fix` can be applied to `profile`; the secret of a client that needs none is entered by changing that first. */
function leavesValid(profile: Profile, fix: QuickFix): boolean {
  const applied = applyQuickFix(profile, fix);
  if (applied.kind === 'host') return true;
  // A public client has no grant of its own: `isUseful` keeps such a fix from being shown.
  if (fix.kind === 'set_client_authentication' && fix.clientAuthentication === 'none') return true;
  if ('scopes' in fix && fix.scopes.some((scope) => scope.startsWith('$'))) return true;
  return isValid(applied.profile);
}
