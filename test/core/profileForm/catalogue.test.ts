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
import type { Provider } from '../../../src/core/diagnose/provider.ts';

const catalogue = await loadCatalogue(join(import.meta.dirname, '../../../src/core/diagnose/providers'));
const grants = productLists.grants.map(({ id }) => id);
const context = { catalogue, takenIds: [] };

/** Starts a profile of `provider` and answers every question with its example. */
function started(provider: Provider, grant: Grant) {
  let state = reduceProfileForm(openForm(context), { type: 'provider', id: provider.id });
  state = reduceProfileForm(state, { edit: 1, type: 'choose', field: 'grant', value: grant });
  state = reduceProfileForm(state, { edit: 2, type: 'text', field: 'name', value: 'Test' });
  state = reduceProfileForm(state, { edit: 3, type: 'text', field: 'clientId', value: 'client' });
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
        assert.deepEqual(
          profileFormView(started(provider, grant)).form?.advice,
          told.map(({ text }) => text),
        );
      }
    const slack = catalogue.find(({ id }) => id === 'slack');
    assert.ok(slack && profileFormView(started(slack, 'authorization_code')).form?.advice.length);
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
