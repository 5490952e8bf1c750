import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { questionsFor } from '../../../src/core/diagnose/profileDefaults.ts';
import { productLists } from '../../../src/core/productLists.ts';
import type { Grant } from '../../../src/core/profile/profile.ts';
import { problemsOf } from '../../../src/core/profileForm/problems.ts';
import { profileFormView } from '../../../src/core/profileForm/profileFormView.ts';
import { reduceProfileForm } from '../../../src/core/profileForm/reduceProfileForm.ts';
import { openForm } from '../../../src/core/profileForm/state.ts';
import type { Lack, Provider } from '../../../src/core/diagnose/provider.ts';

const catalogue = await loadCatalogue(join(import.meta.dirname, '../../../src/core/diagnose/providers'));
const grants = productLists.grants.map(({ id }) => id);
const context = { catalogue, takenIds: [] };
const ownAddress = 'https://app.example.com/callback';

/** Starts a profile of `provider` and answers every question with its example. */
function started(provider: Provider, grant: Grant) {
  let state = reduceProfileForm(openForm(context), { type: 'provider', id: provider.id });
  state = reduceProfileForm(state, { edit: 1, type: 'choose', field: 'grant', value: grant });
  state = reduceProfileForm(state, { edit: 2, type: 'text', field: 'name', value: 'Test' });
  state = reduceProfileForm(state, { edit: 3, type: 'text', field: 'clientId', value: 'client' });
  // Where no address of this machine is taken, the user's own belongs here.
  if (state.draft.redirectUri === 'https://')
    state = reduceProfileForm(state, { edit: 4, type: 'text', field: 'redirectUri', value: ownAddress });
  for (const { name, placeholder, default: usual } of questionsFor(provider, grant))
    state = reduceProfileForm(state, { edit: 4, type: 'ask', name, value: usual ?? placeholder });
  if (state.addressesByHand)
    state = reduceProfileForm(state, {
      edit: 5,
      type: 'text',
      field: 'issuer',
      value: 'https://as.example.com',
    });
  return state;
}

const wordOf: Readonly<Record<Lack, string>> = {
  public_clients: 'has a secret',
  pkce_with_secret: 'without a secret',
  introspection: 'no introspection endpoint',
  browser_pages: 'CORS',
};

describe('starting from a provider', () => {
  for (const provider of catalogue)
    for (const grant of grants.filter((one) => provider.grants[one] !== undefined))
      it(`${provider.name}, ${grant}: its questions and a client ID make a complete profile`, () => {
        const state = started(provider, grant);
        const { profile, fields, items } = problemsOf(state);
        assert.deepEqual([[...fields], [...items]], [[], []]);
        assert.ok(profile);
        assert.equal(profile.grant, grant);
        assert.doesNotMatch(JSON.stringify(profile), /\{\w+\}/);
      });

  it('says what a provider is like and cannot do before the first try, with the grant it holds for', () => {
    for (const provider of catalogue)
      for (const grant of grants.filter((one) => provider.grants[one] !== undefined)) {
        const told = provider.advice.filter((one) => one.grants?.includes(grant) ?? true);
        const shown = profileFormView(started(provider, grant)).form?.advice ?? [];
        const { lacks = [] } = provider;
        const lacking =
          grant === 'authorization_code' ? lacks : lacks.filter((one) => one === 'introspection');
        assert.deepEqual(
          shown.slice(lacking.length),
          told.map(({ text }) => text),
        );
        assert.equal(new Set(shown.slice(0, lacking.length)).size, lacking.length);
        for (const lack of lacking)
          assert.ok(
            shown.some((text) => text.includes(wordOf[lack])),
            lack,
          );
      }
    const advised = (id: string, grant: Grant) => {
      const provider = catalogue.find((one) => one.id === id);
      assert.ok(provider);
      return profileFormView(started(provider, grant)).form?.advice.join(' ') ?? '';
    };
    assert.match(
      advised('github', 'authorization_code'),
      /has a secret here, with PKCE, too.*no introspection.*CORS/,
    );
    assert.match(advised('slack', 'authorization_code'), /^PKCE is for clients without a secret here/);
    assert.match(advised('linkedin', 'authorization_code'), /^PKCE is for clients without a secret here/);
    // Google’s clients for iOS and Android have none.
    assert.doesNotMatch(advised('google', 'authorization_code'), /Every client/);
    assert.match(advised('entra-id', 'client_credentials'), /^There is no introspection endpoint here/);
  });

  it('begins with an address that the provider takes, and says of one it refuses that it does, before the first try', () => {
    const redirectOf = (id: string, ...typed: readonly string[]) => {
      const provider = catalogue.find((one) => one.id === id);
      assert.ok(provider);
      let state = reduceProfileForm(openForm(context), { type: 'provider', id });
      state = reduceProfileForm(state, {
        ...{ edit: 1, type: 'choose', field: 'grant', value: 'authorization_code' },
      });
      for (const value of typed)
        state = reduceProfileForm(state, { edit: 2, type: 'text', field: 'redirectUri', value });
      const { form } = profileFormView(state);
      const problem = problemsOf(state).fields.get('redirectUri');
      return { begins: state.draft.redirectUri, redirect: form?.redirect, problem };
    };
    const apple = redirectOf('apple');
    assert.equal(apple.begins, 'https://');
    assert.match(apple.problem ?? '', /complete URL, such as https:\/\/app\.example\.com\/callback\.$/);
    for (const uri of [
      ...['', 'http://127.0.0.1/callback', 'https://localhost:8443/callback', 'https://192.0.2.1/callback'],
      ...[
        'https://[2001:db8::1]/x',
        'vscode://oauth-explorer.oauth-explorer/callback',
        'http://localhost:1/x',
      ],
    ]) {
      const { redirect } = uri === '' ? apple : redirectOf('apple', uri);
      assert.equal(redirect?.register, undefined, uri);
      assert.match(
        redirect?.advice[0] ?? '',
        /^Apple takes only https with a domain name.*Paste Redirected URL/,
      );
    }
    const own = redirectOf('apple', ownAddress).redirect;
    assert.equal(own?.register, ownAddress);
    assert.match(own.advice[0] ?? '', /copy it from the address bar and choose Paste Redirected URL/);
    for (const [id, refused, best] of [
      ['amazon-cognito', '127.0.0.1', 'localhost'],
      ['salesforce', '[::1]', 'localhost'],
      ['spotify', 'localhost', '127.0.0.1'],
      ['entra-id', '[::1]', 'localhost'],
    ] as const) {
      const { redirect } = redirectOf(id, `http://${refused}:8484/callback`);
      assert.equal(redirect?.register, undefined, id);
      assert.ok(redirect?.advice[0]?.endsWith(` does not take ${refused}: write ${best} in its place.`), id);
      assert.equal(redirectOf(id, `http://${best}:8484/callback`).redirect?.register?.includes(best), true);
    }
    // Of whom nothing is known, nothing is said.
    assert.ok(redirectOf('generic', 'http://[::1]/callback').redirect?.register);
  });

  it('starts an assertion with the aud that a provider wants, which the user may change', () => {
    const claims = (id: string, ...more: Parameters<typeof reduceProfileForm>[1][]) => {
      const provider = catalogue.find((one) => one.id === id);
      assert.ok(provider);
      const state = more.reduce(reduceProfileForm, started(provider, 'jwt_bearer'));
      return problemsOf(state).profile?.assertionClaims;
    };
    assert.deepEqual(claims('docusign'), { aud: 'account-d.docusign.com' });
    assert.deepEqual(
      claims('docusign', { edit: 9, type: 'ask', name: 'account', value: 'account.docusign.com' }),
      { aud: 'account.docusign.com' },
    );
    const typed = '{ "sub": "ada", "aud": "https://test.salesforce.com" }';
    assert.deepEqual(
      claims('salesforce', { edit: 9, type: 'text', field: 'assertionClaims', value: typed }),
      JSON.parse(typed),
    );
    assert.equal(claims('box'), undefined);
    assert.equal(
      claims('docusign', { edit: 9, type: 'choose', field: 'grant', value: 'authorization_code' }),
      undefined,
    );
  });

  it('says what the assertion will say before anything is sent', () => {
    const salesforce = catalogue.find(({ id }) => id === 'salesforce');
    assert.ok(salesforce);
    const said = (...typed: readonly (readonly [string, string])[]) => {
      const edits = typed.map(([field, value]) => ({ edit: 9, type: 'text', field, value }) as const);
      const state = edits.reduce(reduceProfileForm, started(salesforce, 'jwt_bearer'));
      const { form } = profileFormView(state);
      return Object.values(form?.fields ?? {})
        .flat()
        .find(({ name }) => name === 'assertionClaims')?.note;
    };
    const claims = [
      'assertionClaims',
      '{ "sub": "ada@example.com", "aud": "https://test.salesforce.com" }',
    ] as const;
    assert.equal(
      said(claims),
      'The assertion says iss client, sub ada@example.com, aud https://test.salesforce.com, and is good for 60 s.',
    );
    assert.match(said(['assertionClaims', '{ "sub"']) ?? '', /are added where you say nothing/);
    assert.match(said(['assertionClaims', '{ "exp": 4000000000 }']) ?? '', /is good until 2096-/);
  });

  it('starts nobody without a secret where every client has one, and says of PKCE only one of two', () => {
    const lacking = catalogue.filter(({ lacks }) => lacks !== undefined);
    assert.ok(lacking.length >= 18);
    for (const { id, lacks = [], grants: offered } of lacking) {
      const isPublic = offered['authorization_code']?.clientAuthentication === 'none';
      assert.ok(!lacks.includes('public_clients') || !isPublic, id);
      assert.ok(!(lacks.includes('public_clients') && lacks.includes('pkce_with_secret')), id);
    }
  });

  it('has documentation for each provider', () => {
    for (const { id, links } of catalogue) {
      assert.ok(links.length > 0, id);
      for (const { title, url } of links) {
        assert.ok(title !== '', id);
        assert.equal(new URL(url).protocol, 'https:', id);
      }
    }
  });

  for (const provider of catalogue)
    for (const grant of grants.filter((one) => provider.grants[one] !== undefined))
      it(`${provider.name}, ${grant}: a saved profile opens with the same answers`, () => {
        const { draft } = started(provider, grant);
        const { profile } = problemsOf(started(provider, grant));
        assert.ok(profile);
        const reopened = openForm(context, { profile, target: 'user' });
        assert.deepEqual({ ...reopened.draft, id: '', answers: {} }, { ...draft, id: '', answers: {} });
        const { form } = profileFormView(reopened);
        assert.equal(form?.save.text, '');
        const derived = !started(provider, grant).addressesByHand;
        assert.equal(reopened.addressesByHand, !derived);
      });
});
