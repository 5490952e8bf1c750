import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allGrants } from '../../../src/core/grants/all.ts';
import { profileFormView } from '../../../src/core/profileForm/profileFormView.ts';
import { reduceProfileForm } from '../../../src/core/profileForm/reduceProfileForm.ts';
import {
  openForm,
  type ProfileFormEvent,
  type ProfileFormState,
} from '../../../src/core/profileForm/state.ts';
import type { ServerFacts } from '../../../src/core/profileForm/serverFacts.ts';
import { formValues, type FormValues } from '../../support/formValues.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { testCatalogue } from '../../support/providers.ts';

const context = { catalogue: testCatalogue, takenIds: ['orders'] };
const issuer = 'https://as.example.com';
const facts: ServerFacts = {
  document: `${issuer}/.well-known/oauth-authorization-server`,
  kind: 'oauth',
  issuer,
  tokenEndpoint: `${issuer}/token`,
  authorizationEndpoint: `${issuer}/authorize`,
  scopes: ['openid', 'orders.read', 'orders.write'],
  authenticationMethods: ['client_secret_post'],
  grants: ['authorization_code'],
  challengeMethods: ['S256'],
};
const discovered: ProfileFormEvent[] = [
  { edit: 1, type: 'text', field: 'issuer', value: issuer },
  { type: 'discovering', issuer },
  { type: 'discovered', issuer, facts },
];

function after(state: ProfileFormState, ...events: ProfileFormEvent[]): ProfileFormState {
  return events.reduce(reduceProfileForm, state);
}

function form(state: ProfileFormState): FormValues {
  const { form: fields } = profileFormView(state);
  assert.ok(fields);
  return formValues(fields);
}

const fresh = (id = 'generic') => after(openForm(context), { type: 'provider', id });
const interactive: ProfileFormEvent = {
  edit: 1,
  type: 'choose',
  field: 'grant',
  value: 'authorization_code',
};

describe('the choice of a provider', () => {
  it('comes first for a new profile, any server before the known ones', () => {
    const { providers, form: fields } = profileFormView(openForm(context));
    assert.equal(fields, undefined);
    assert.deepEqual(
      providers?.map(({ id }) => id),
      ['generic', 'shop', 'fixed'],
    );
  });

  it('is over for an existing profile', () => {
    const model = profileFormView(openForm(context, { profile: machineProfile(), target: 'user' }));
    assert.equal(model.providers, undefined);
    assert.equal(model.heading, 'Machine');
  });

  it('asks only what that provider needs', () => {
    const model = form(fresh('shop'));
    assert.deepEqual(
      model.asks.map(({ label }) => label),
      ['Instance', 'Tenant'],
    );
    assert.equal(model.endpoints, 'derived');
    assert.equal(form(after(fresh('shop'), { type: 'editEndpoints' })).endpoints, 'asked');
  });
});

describe('problems', () => {
  it('are said beside their field while typing', () => {
    const wrong = form(
      after(fresh(), { edit: 1, type: 'text', field: 'issuer', value: 'http://login.example.com' }),
    );
    assert.match(wrong.text.issuer.problem ?? '', /^Issuer must begin with https/);
    const uri = after(fresh(), interactive, {
      edit: 2,
      type: 'text',
      field: 'redirectUri',
      value: 'http://app.example.com/cb',
    });
    assert.match(form(uri).text.redirectUri.problem ?? '', /^Redirect URI .*leads to another machine/);
  });

  it('of what is missing wait until the user has been there, or tries to save', () => {
    assert.equal(form(fresh()).text.clientId.problem, undefined);
    assert.equal(
      form(after(fresh(), { type: 'left', field: 'clientId' })).text.clientId.problem,
      'Client ID is missing.',
    );
    const tried = form(after(fresh(), { type: 'save' }));
    assert.equal(tried.text.name.problem, 'Name is missing.');
    assert.equal(tried.text.issuer.problem, 'Issuer or token endpoint is missing.');
    assert.deepEqual([tried.save.text, tried.save.tone], ['3 fields need attention.', 'problem']);
  });

  it('of the provider’s questions stand beside them', () => {
    const state = after(fresh('shop'), { edit: 1, type: 'ask', name: 'tenant', value: 'NOT OK' });
    assert.equal(form(state).asks[1]?.problem, 'Tenant must look like acme.');
  });

  it('of single scopes and rows stand with them', () => {
    const state = after(
      fresh(),
      { edit: 1, type: 'add', field: 'scopes', text: 'good b\\d' },
      { edit: 2, type: 'pair', field: 'tokenParameters', index: 0, part: 'name', value: 'client_secret' },
      { edit: 3, type: 'pair', field: 'tokenParameters', index: 1, part: 'value', value: 'x' },
      { edit: 4, type: 'pair', field: 'tokenParameters', index: 2, part: 'name', value: 'state' },
      { edit: 5, type: 'pair', field: 'tokenParameters', index: 3, part: 'name', value: 'state' },
    );
    const { list, pairs, extra } = form(state);
    assert.deepEqual(
      list.scopes.items.map(({ problem }) => problem !== undefined),
      [false, true],
    );
    const said = pairs.tokenParameters.rows.map(({ problem }) => problem ?? '');
    assert.match(said[0] ?? '', /would put a secret into the settings/);
    assert.equal(said[1], 'Name is missing.');
    assert.match(said[2] ?? '', /made anew for every flow/);
    assert.equal(extra.problem, true);
  });

  it('include an id that another profile has, while one made from the name gives way', () => {
    const typed = after(fresh(), { edit: 1, type: 'text', field: 'id', value: 'Orders' });
    assert.equal(form(typed).text.id.problem, 'Another profile has this id.');
    const named = form(after(fresh(), { edit: 1, type: 'text', field: 'name', value: 'Orders' }));
    assert.equal(named.text.id.placeholder, 'orders-2');
    assert.equal(named.text.name.note, 'Tasks and keybindings call it orders-2.');
  });
});

describe('what the server says', () => {
  it('fills in the endpoints until something else is typed', () => {
    const state = after(fresh(), interactive, ...discovered);
    assert.equal(form(state).text.tokenEndpoint.value, `${issuer}/token`);
    assert.equal(form(state).text.tokenEndpoint.note, 'From the server’s metadata.');
    const typed = form(
      after(state, { edit: 2, type: 'text', field: 'tokenEndpoint', value: `${issuer}/other` }),
    );
    assert.equal(typed.text.tokenEndpoint.value, `${issuer}/other`);
    assert.equal(typed.text.tokenEndpoint.note, `The metadata says ${issuer}/token.`);
    const empty = form(after(state, { edit: 2, type: 'text', field: 'tokenEndpoint', value: '' }));
    assert.equal(empty.text.tokenEndpoint.value, '');
    assert.equal(empty.text.tokenEndpoint.placeholder, `${issuer}/token`);
  });

  it('suggests the scopes that are not chosen yet and marks those it does not list', () => {
    const state = after(fresh(), ...discovered, {
      edit: 2,
      type: 'add',
      field: 'scopes',
      text: 'orders.read admin',
    });
    const { items, suggestions } = form(state).list.scopes;
    assert.deepEqual(
      suggestions.map(({ value }) => value),
      ['openid', 'orders.write'],
    );
    assert.equal(items[0]?.warning, undefined);
    assert.match(items[1]?.warning ?? '', /Not among the scopes/);
  });

  it('marks grants and client authentications it does not list', () => {
    const { choice } = form(after(fresh(), ...discovered));
    const grant = choice.grant.choices.find(({ value }) => value === 'client_credentials');
    assert.match(grant?.warning ?? '', /does not list this grant/);
    const basic = choice.clientAuthentication.choices.find(({ value }) => value === 'client_secret_basic');
    assert.match(basic?.warning ?? '', /lists only client_secret_post/);
  });

  it('knows each grant by the grant_type that metadata names', () => {
    for (const { id, grantType } of allGrants) {
      const warned = (grants: readonly string[]) => {
        const told: ProfileFormEvent = { type: 'discovered', issuer, facts: { ...facts, grants } };
        const state = after(fresh(), ...discovered.slice(0, -1), told);
        return form(state).choice.grant.choices.find(({ value }) => value === id)?.warning;
      };
      assert.equal(warned([grantType]), undefined, id);
      assert.match(warned(['implicit']) ?? '', /does not list this grant/, id);
    }
  });

  it('is told with its source, and that PKCE not being announced proves nothing', () => {
    const found = form(after(fresh(), ...discovered)).discovery;
    assert.ok(found.kind === 'found');
    assert.equal(found.text, 'Found OAuth 2.0 metadata and filled in what it says.');
    assert.ok(found.facts.includes(`Read from ${facts.document}`));
    const { challengeMethods, ...silent } = facts;
    assert.deepEqual(challengeMethods, ['S256']);
    const without = form(
      after(fresh(), ...discovered.slice(0, 2), { type: 'discovered', issuer, facts: silent }),
    );
    assert.match(
      without.discovery.kind === 'found' ? without.discovery.facts.join(' ') : '',
      /proves nothing/,
    );
  });

  it('does not stop anybody when it cannot be read', () => {
    const failed = {
      type: 'discoveryFailed',
      issuer,
      text: 'No.',
      advice: 'Do.',
      certificate: false,
    } as const;
    const model = form(after(fresh(), ...discovered.slice(0, 2), failed));
    assert.deepEqual(model.discovery, { kind: 'failed', text: 'No.', advice: 'Do.', certificate: false });
    assert.equal(model.text.tokenEndpoint.note, 'Not in the metadata: enter it yourself.');
  });
});

describe('what the provider is known for', () => {
  it('is offered to whoever entered the address of one for any server, and keeps what was entered', () => {
    const address = 'https://demo.shop.example/acme/id';
    const state = after(fresh(), { edit: 1, type: 'text', field: 'issuer', value: address });
    const { looksLike } = form(state);
    assert.equal(looksLike?.id, 'shop');
    assert.match(looksLike.text, /^Looks like Shop Identity/);
    const taken = after(state, { type: 'provider', id: 'shop' });
    assert.equal(taken.draft.issuer, address);
    assert.equal(taken.draft.provider, 'shop');
    assert.equal(taken.addressesByHand, false);
    assert.equal(form(taken).looksLike, undefined);
  });

  it('warns of scopes it never grants in this flow and does not suggest them', () => {
    const state = after(fresh('shop'), { edit: 1, type: 'add', field: 'scopes', text: 'offline_access' });
    const { items, suggestions } = form(state).list.scopes;
    assert.equal(items.at(-1)?.warning, 'The shop never gives a refresh token here.');
    assert.deepEqual(suggestions, [{ value: 'update', description: 'Change things.' }]);
  });

  it('disables a grant it does not offer, with the reason', () => {
    const [machine] = form(fresh('fixed')).choice.grant.choices;
    assert.equal(machine?.disabled, 'Fixed does not offer it.');
  });
});

describe('the redirect URI', () => {
  const advice = (id: string, redirectUri: string) =>
    form(after(fresh(id), interactive, { edit: 2, type: 'text', field: 'redirectUri', value: redirectUri }))
      .redirect;

  it('is given as exactly the string to register, character by character', () => {
    assert.equal(advice('generic', 'http://127.0.0.1/callback')?.register, 'http://127.0.0.1/callback');
    assert.equal(advice('generic', 'http://127.0.0.1:8080')?.register, 'http://127.0.0.1:8080');
    assert.equal(advice('generic', 'not a uri'), undefined);
  });

  it('comes with what RFC 8252 section 7.3 says of ports when the server is unknown', () => {
    const unknown = advice('generic', 'http://127.0.0.1/callback');
    assert.match(unknown?.advice[0] ?? '', /RFC 8252 section 7\.3/);
    assert.equal(unknown?.fixPort, 'Use a fixed port');
    assert.match(advice('generic', 'http://localhost/cb')?.advice.join(' ') ?? '', /no standard.*8\.3/s);
  });

  it('wants a fixed port where the server compares exactly', () => {
    const exact = advice('shop', 'http://127.0.0.1/callback');
    assert.ok(exact);
    assert.match(exact.advice[0] ?? '', /Shop Identity compares the redirect URI exactly/);
    assert.equal(exact.advice.at(-1), 'Path and case count, too.');
    assert.equal(exact.fixPort, 'Use a fixed port');
    const fixed = advice('shop', 'http://127.0.0.1:8080/callback');
    assert.match(fixed?.advice[0] ?? '', /before the browser opens/);
    assert.equal(fixed?.fixPort, undefined);
  });

  it('without a path may get a slash from the server', () => {
    assert.match(advice('generic', 'http://127.0.0.1:8080')?.advice.join(' ') ?? '', /Give it a path/);
  });
});

describe('the secret', () => {
  it('is only said to be there or not', () => {
    const state = after(fresh(), ...discovered, { edit: 2, type: 'text', field: 'name', value: 'Shop' });
    const address = `shop@${issuer}`;
    const told = (present: boolean) =>
      form(after(state, { type: 'secretLookedUp', address, present })).secret;
    assert.equal(told(true).kind, 'stored');
    assert.equal(told(false).kind, 'none');
    assert.equal(form(after(state, { type: 'secretTyped', origin: issuer })).secret.kind, 'typed');
    assert.equal(
      form(
        after(state, interactive, { edit: 9, type: 'choose', field: 'clientAuthentication', value: 'none' }),
      ).secret.kind,
      'not_needed',
    );
  });

  it('typed for one server is not there for another', () => {
    const state = after(fresh(), ...discovered, { type: 'secretTyped', origin: issuer });
    const moved = after(state, { edit: 5, type: 'text', field: 'issuer', value: 'https://evil.example' });
    assert.notEqual(form(moved).secret.kind, 'typed');
  });

  it('stays behind when a profile’s server changes, and the form says so', () => {
    const opened = openForm(context, { profile: machineProfile(), target: 'user' });
    const moved = after(
      opened,
      { edit: 1, type: 'text', field: 'issuer', value: 'https://new.example.com' },
      { type: 'secretLookedUp', address: 'machine@https://new.example.com', present: false },
    );
    assert.equal(
      form(moved).secret.text,
      'The server has changed: the secret for https://as.example.com is not sent to https://new.example.com.',
    );
  });
});

describe('saving', () => {
  it('to the workspace is offered with a reason when it cannot be done', () => {
    const closed = { ...context, workspaceUnavailable: 'No folder is open.' };
    const [user, workspace] = form(after(openForm(closed), { type: 'provider', id: 'generic' })).target
      .choices;
    assert.equal(user?.disabled, undefined);
    assert.equal(workspace?.disabled, 'No folder is open.');
  });

  it('says what is not saved yet and where it was saved', () => {
    const opened = openForm(context, { profile: userProfile(), target: 'workspace' });
    assert.equal(form(opened).save.text, '');
    const changed = after(opened, { edit: 1, type: 'text', field: 'audience', value: 'x' });
    assert.equal(form(changed).save.text, 'Changes are not saved yet.');
    const saved = after(
      changed,
      { type: 'saving' },
      { type: 'savedAs', profile: userProfile({ audience: 'x' }) },
    );
    assert.deepEqual(
      [form(saved).save.text, form(saved).save.tone],
      ['Saved to workspace settings.', 'good'],
    );
  });
});
