import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inputOf } from '../../../src/core/profileForm/draft.ts';
import { reduceProfileForm } from '../../../src/core/profileForm/reduceProfileForm.ts';
import { hasUnsavedChanges } from '../../../src/core/profileForm/saveModel.ts';
import {
  openForm,
  type ProfileFormEvent,
  type ProfileFormState,
} from '../../../src/core/profileForm/state.ts';
import type { ServerFacts } from '../../../src/core/profileForm/serverFacts.ts';
import { profileFormView } from '../../../src/core/profileForm/profileFormView.ts';
import { formValues } from '../../support/formValues.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { testCatalogue } from '../../support/providers.ts';

const context = { catalogue: testCatalogue, takenIds: [] };
const facts: ServerFacts = {
  document: 'https://as.example.com/.well-known/openid-configuration',
  kind: 'openid',
  issuer: 'https://as.example.com',
  tokenEndpoint: 'https://as.example.com/token',
  authenticationMethods: ['client_secret_post', 'private_key_jwt'],
};

function after(state: ProfileFormState, ...events: ProfileFormEvent[]): ProfileFormState {
  return events.reduce(reduceProfileForm, state);
}

const fresh = (id: string) => after(openForm(context), { type: 'provider', id });

describe('choosing a provider', () => {
  it('fills in its defaults and asks for nothing else', () => {
    const { draft, addressesByHand } = fresh('shop');
    assert.equal(draft.provider, 'shop');
    assert.equal(draft.clientAuthentication, 'client_secret_post');
    assert.deepEqual(draft.scopes, ['read']);
    assert.equal(addressesByHand, false);
  });

  it('takes the grant the provider offers', () => {
    const { draft } = fresh('fixed');
    assert.equal(draft.grant, 'authorization_code');
    assert.equal(draft.tokenEndpoint, 'https://fixed.example/token');
  });

  it('names no provider for any server, and asks for its issuer', () => {
    const { draft, addressesByHand } = fresh('generic');
    assert.equal(draft.provider, '');
    assert.equal(addressesByHand, true);
  });

  it('makes the addresses of the answers once all are given', () => {
    const one = after(fresh('shop'), { edit: 1, type: 'ask', name: 'instance', value: 'demo.shop.example' });
    assert.equal(one.draft.issuer, '');
    const both = after(one, { edit: 2, type: 'ask', name: 'tenant', value: 'acme' });
    assert.equal(both.draft.issuer, 'https://demo.shop.example/acme/id');
    const bad = after(both, { edit: 3, type: 'ask', name: 'tenant', value: 'Not a tenant!' });
    assert.equal(bad.draft.issuer, '');
  });

  it('is no unsaved change by itself', () => {
    assert.equal(hasUnsavedChanges(fresh('shop')), false);
    const named = after(fresh('shop'), { edit: 1, type: 'text', field: 'name', value: 'Orders' });
    assert.equal(hasUnsavedChanges(named), true);
  });

  it('keeps name and client ID when it is changed, and changes nothing when it stays', () => {
    const typed = after(
      fresh('shop'),
      { edit: 1, type: 'text', field: 'name', value: 'Orders' },
      { edit: 2, type: 'text', field: 'clientId', value: 'orders' },
    );
    const other = after(typed, { type: 'changeProvider' }, { type: 'provider', id: 'fixed' });
    assert.equal(other.focus, 'clientId');
    assert.deepEqual([other.draft.name, other.draft.clientId], ['Orders', 'orders']);
    const same = after(typed, { type: 'changeProvider' }, { type: 'provider', id: 'shop' });
    assert.deepEqual(same.draft, typed.draft);
  });

  it('keeps everything of an existing profile whose addresses fit the provider', () => {
    const profile = machineProfile({ issuer: 'https://demo.shop.example/acme/id', audience: 'x' });
    const state = after(
      openForm(context, { profile, target: 'user' }),
      { type: 'changeProvider' },
      { type: 'provider', id: 'shop' },
    );
    assert.equal(state.draft.audience, 'x');
    assert.deepEqual(state.draft.answers, { instance: 'https://demo.shop.example', tenant: 'acme' });
    assert.equal(state.draft.provider, 'shop');
  });

  it('keeps addresses that are recognised as the provider’s although no answers make them', () => {
    const profile = machineProfile({ issuer: 'https://demo.shop.example/special/path/id' });
    const state = after(openForm(context, { profile, target: 'user' }), { type: 'provider', id: 'shop' });
    assert.equal(state.draft.issuer, 'https://demo.shop.example/special/path/id');
    assert.equal(state.draft.provider, 'shop');
    assert.equal(state.addressesByHand, true);
  });

  it('ignores a provider that is not in the catalogue', () => {
    const state = openForm(context);
    assert.equal(after(state, { type: 'provider', id: 'nobody' }), state);
  });
});

describe('changing the grant', () => {
  it('follows the provider where the user changed nothing', () => {
    const state = after(
      fresh('shop'),
      { edit: 1, type: 'ask', name: 'instance', value: 'demo.shop.example' },
      { edit: 2, type: 'ask', name: 'tenant', value: 'acme' },
      { edit: 3, type: 'choose', field: 'grant', value: 'authorization_code' },
    );
    assert.deepEqual(state.draft.scopes, ['openid', 'api://acme/all']);
    assert.equal(state.draft.clientAuthentication, 'none');
    assert.deepEqual(state.draft.authorizationParameters, [{ name: 'prompt', value: 'consent' }]);
  });

  it('keeps scopes that were typed', () => {
    const state = after(
      fresh('shop'),
      { edit: 1, type: 'add', field: 'scopes', text: 'mine' },
      { edit: 2, type: 'choose', field: 'grant', value: 'authorization_code' },
    );
    assert.deepEqual(state.draft.scopes, ['read', 'mine']);
  });

  it('never leaves a client without a secret to get a token for itself', () => {
    const state = after(
      fresh('generic'),
      { edit: 1, type: 'choose', field: 'grant', value: 'authorization_code' },
      { edit: 2, type: 'choose', field: 'clientAuthentication', value: 'client_secret_post' },
      { edit: 3, type: 'choose', field: 'clientAuthentication', value: 'none' },
      { edit: 4, type: 'choose', field: 'grant', value: 'client_credentials' },
    );
    assert.equal(state.draft.clientAuthentication, 'client_secret_basic');
  });
});

describe('opening an existing profile', () => {
  it('shows exactly what is saved', () => {
    const profile = userProfile({
      redirectUri: 'http://localhost:9000/cb',
      authorizationEndpoint: 'https://as.example.com/go',
      tokenParameters: { a: 'b' },
    });
    const state = openForm(context, { profile, target: 'workspace' });
    assert.equal(hasUnsavedChanges(state), false);
    assert.equal(state.target, 'workspace');
    assert.deepEqual(inputOf(state.draft, ''), {
      id: 'user',
      name: 'User',
      grant: 'authorization_code',
      issuer: 'https://as.example.com',
      authorizationEndpoint: 'https://as.example.com/go',
      clientId: 'native-client',
      clientAuthentication: 'none',
      scopes: ['openid', 'orders.read'],
      redirectUri: 'http://localhost:9000/cb',
      tokenParameters: { a: 'b' },
    });
  });

  it('reads the answers back from the addresses, or shows the addresses', () => {
    const open = (issuer: string) =>
      openForm(context, { profile: machineProfile({ provider: 'shop', issuer }), target: 'user' });
    assert.equal(open('https://demo.shop.example/acme/id').draft.answers['tenant'], 'acme');
    assert.equal(open('https://demo.shop.example/acme/id').addressesByHand, false);
    assert.equal(open('https://elsewhere.example/').addressesByHand, true);
  });
});

describe('metadata', () => {
  const typed = after(fresh('generic'), {
    edit: 1,
    type: 'text',
    field: 'issuer',
    value: 'https://as.example.com',
  });
  const asked = after(typed, { type: 'discovering', issuer: 'https://as.example.com' });

  it('chooses a client authentication the server supports, unless the user chose', () => {
    const found = after(asked, { type: 'discovered', issuer: 'https://as.example.com', facts });
    assert.equal(found.draft.clientAuthentication, 'client_secret_post');
    const chosen = after(
      asked,
      { edit: 2, type: 'choose', field: 'clientAuthentication', value: 'client_secret_basic' },
      { type: 'discovered', issuer: 'https://as.example.com', facts },
    );
    assert.equal(chosen.draft.clientAuthentication, 'client_secret_basic');
  });

  it('names a new profile after its server, unless the user named it', () => {
    const found = { type: 'discovered', issuer: 'https://as.example.com', facts } as const;
    assert.equal(after(asked, found).draft.name, 'as.example.com');
    const mine = after(asked, { edit: 2, type: 'text', field: 'name', value: 'Mine' }, found);
    assert.equal(mine.draft.name, 'Mine');
  });

  it('of an issuer that was changed meanwhile is dropped', () => {
    const changed = after(asked, { edit: 2, type: 'text', field: 'issuer', value: 'https://other.example' });
    const late = after(changed, { type: 'discovered', issuer: 'https://as.example.com', facts });
    assert.equal(late.discovery.kind, 'idle');
  });

  it('does not stay when the issuer changes', () => {
    const found = after(asked, { type: 'discovered', issuer: 'https://as.example.com', facts });
    const changed = after(found, { edit: 2, type: 'text', field: 'issuer', value: 'https://other.example' });
    assert.equal(changed.discovery.kind, 'idle');
    assert.equal(changed.draft.tokenEndpoint, null);
  });
});

describe('lists and rows', () => {
  it('takes several scopes at once, each only once', () => {
    const state = after(
      fresh('generic'),
      { edit: 1, type: 'add', field: 'scopes', text: 'a b,c' },
      { edit: 2, type: 'add', field: 'scopes', text: '["c", "d"]\nb' },
      { edit: 3, type: 'remove', field: 'scopes', index: 1 },
    );
    assert.deepEqual(state.draft.scopes, ['a', 'c', 'd']);
  });

  it('adds a row by typing into the one past the last', () => {
    const state = after(
      fresh('generic'),
      { edit: 1, type: 'pair', field: 'tokenParameters', index: 0, part: 'name', value: 'x' },
      { edit: 2, type: 'pair', field: 'tokenParameters', index: 0, part: 'value', value: '1' },
      { edit: 3, type: 'pair', field: 'tokenParameters', index: 1, part: 'name', value: 'y' },
      { edit: 4, type: 'removePair', field: 'tokenParameters', index: 0 },
    );
    assert.deepEqual(state.draft.tokenParameters, [{ name: 'y', value: '' }]);
  });
});

describe('a draft that was closed unsaved', () => {
  it('comes back when asked for, and goes when not', () => {
    const left = after(fresh('shop'), { edit: 1, type: 'text', field: 'name', value: 'Half done' }).draft;
    const reopened = openForm(context, undefined, left);
    assert.equal(after(reopened, { type: 'restore' }).draft.name, 'Half done');
    assert.equal(after(reopened, { type: 'restore' }).provider?.id, 'shop');
    assert.equal(after(reopened, { type: 'forget' }).abandoned, null);
  });
});

describe('saving', () => {
  it('keeps what was typed meanwhile as unsaved', () => {
    const ready = after(fresh('generic'), { edit: 1, type: 'text', field: 'name', value: 'One' });
    const done = after(
      ready,
      { type: 'saving' },
      { edit: 2, type: 'text', field: 'name', value: 'Two' },
      { type: 'savedAs', profile: machineProfile({ id: 'one', name: 'One' }) },
    );
    assert.equal(done.draft.name, 'Two');
    assert.equal(hasUnsavedChanges(done), true);
  });

  it('does not take its own id for a taken one', () => {
    const saving = after(fresh('generic'), { type: 'saving' });
    const during = after(saving, { type: 'contextChanged', context: { ...context, takenIds: ['profile'] } });
    assert.deepEqual(during.context.takenIds, []);
  });

  it('sets a fixed port into any spelling of a loopback address', () => {
    const withPort = (redirectUri: string) =>
      after(
        fresh('generic'),
        { edit: 1, type: 'text', field: 'redirectUri', value: redirectUri },
        { type: 'portChosen', port: 9 },
      ).draft.redirectUri;
    assert.equal(withPort('http://127.0.0.1/callback'), 'http://127.0.0.1:9/callback');
    assert.equal(withPort('http://[::1]/cb?x=1'), 'http://[::1]:9/cb?x=1');
    assert.equal(withPort('http://localhost:80'), 'http://localhost:9');
  });
});

describe('the address of a discovery document, typed as the issuer', () => {
  const typed = (...values: readonly string[]) =>
    after(
      fresh('generic'),
      ...values.map((value, at): ProfileFormEvent => ({
        edit: at + 1,
        type: 'text',
        field: 'issuer',
        value,
      })),
    );
  const issuerField = (state: ProfileFormState) => {
    const { form } = profileFormView(state);
    assert.ok(form);
    return formValues(form).text.issuer;
  };
  const pasted = 'https://as.example.com/.well-known/oauth-authorization-server/t ';

  it('becomes the issuer it belongs to, and a sentence says so', () => {
    const { value, note, problem } = issuerField(typed(pasted));
    assert.equal(value, 'https://as.example.com/t');
    assert.match(note ?? '', /address of its discovery document; this is the issuer it belongs to/);
    assert.equal(problem, undefined);
  });

  it('is not spoken of any more once the issuer is another', () => {
    const { note } = issuerField(typed(pasted, 'https://other.example.com'));
    assert.match(note ?? '', /The address the server is known by/);
  });

  it('is offered as an issuer where a profile has it from elsewhere', () => {
    const profile = machineProfile({ issuer: 'https://as.example.com/.well-known/openid-configuration' });
    const { fix, value } = issuerField(openForm(context, { profile, target: 'user' }));
    assert.equal(value, profile.issuer);
    assert.deepEqual(fix, { label: 'Use https://as.example.com', value: 'https://as.example.com' });
  });

  const mismatched = (received: string) =>
    after(
      typed('https://as.example.com/.well-known/openid-configuration'),
      { type: 'discovering', issuer: 'https://as.example.com' },
      {
        type: 'discoveryFailed',
        issuer: 'https://as.example.com',
        text: '',
        advice: '',
        certificate: false,
        received,
      },
    );

  it('leads to the spelling that the server itself uses', () => {
    assert.deepEqual(
      issuerField(mismatched('https://as.example.com/')).fix?.value,
      'https://as.example.com/',
    );
  });

  for (const received of [
    'https://evil.example.com/',
    'http://as.example.com/',
    'nonsense',
    `https://as.example.com/${'a'.repeat(3000)}`,
  ])
    it(`does not lead to ${received.slice(0, 40)}`, () =>
      assert.equal(issuerField(mismatched(received)).fix, undefined));

  it('of a name without https, https is offered', () => {
    const { fix, problem } = issuerField(typed('login.example.com'));
    assert.deepEqual(fix, { label: 'Use https://login.example.com', value: 'https://login.example.com' });
    assert.match(problem ?? '', /complete URL/);
  });
});
