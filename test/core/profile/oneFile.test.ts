import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv, type AnySchemaObject } from 'ajv';
import type { Field, ProfileLists } from '../../../src/core/profile/fields/field.ts';
import { productLists } from '../../../src/core/productLists.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { profileSchema } from '../../../src/core/profile/schema.ts';
import { serializeProfile } from '../../../src/core/profile/serializeProfile.ts';
import type { AuthenticationTraits, GrantTraits } from '../../../src/core/profile/traits.ts';
import { parseIntent } from '../../../src/core/profileForm/parseIntent.ts';
import { problemsOf } from '../../../src/core/profileForm/problems.ts';
import { profileFormView } from '../../../src/core/profileForm/profileFormView.ts';
import { reduceProfileForm } from '../../../src/core/profileForm/reduceProfileForm.ts';
import { openForm } from '../../../src/core/profileForm/state.ts';
import { setupHash } from '../../../src/core/vault/vaultKeys.ts';
import { testCatalogue } from '../../support/providers.ts';

const grant: GrantTraits = {
  id: 'lantern',
  grantType: 'urn:example:lantern',
  label: 'Lantern',
  summary: 'A light is shown.',
  description: 'A light is shown to the server.',
  actsForUser: true,
  redirects: false,
  provesItself: true,
  defaultAuthentication: 'handshake',
  needs: ['lanternEndpoint', 'colour'],
  fields: ['colour', 'details', 'wait'],
};

const authentication: AuthenticationTraits = {
  id: 'handshake',
  label: 'Handshake',
  summary: 'Hands are shaken.',
  description: 'Hands are shaken with the server.',
  proves: true,
  usesSecret: false,
  fields: ['grip'],
};

const form = (label: string) => ({ section: 'access', label }) as const;
const added: readonly Field[] = [
  {
    name: 'colour',
    kind: 'text',
    description: 'Which colour.',
    longest: 20,
    pattern: /^[a-z]+$/u,
    shape: 'small letters',
    forGrant: 'named',
    shapesToken: true,
    otherNames: ['tint'],
    form: form('Colour'),
  },
  {
    name: 'lanternEndpoint',
    kind: 'url',
    description: 'Where lights are shown.',
    longest: 2048,
    pattern: /^https:\/\/.+$/u,
    problem: (value) => (URL.canParse(value) ? undefined : 'lanternEndpoint must be a URL.'),
    metadata: 'lantern_endpoint',
    getsSecret: true,
    forGrant: ({ id }) => id === 'lantern',
    form: { section: 'server', label: 'Lantern endpoint' },
  },
  {
    name: 'details',
    kind: 'json',
    description: 'Details.',
    longest: 200,
    forGrant: 'named',
    form: form('Details'),
  },
  {
    name: 'wait',
    kind: 'number',
    description: 'Seconds.',
    least: 1,
    most: 60,
    forGrant: 'named',
    form: form('Wait'),
  },
  {
    name: 'grip',
    kind: 'flag',
    description: 'Firmly.',
    forAuthentication: 'named',
    form: { section: 'client', label: 'Firmly' },
  },
];

const lists: ProfileLists = {
  grants: [...productLists.grants, grant],
  authentications: [...productLists.authentications, authentication],
  fields: [...productLists.fields, ...added],
};

const entry = {
  id: 'l',
  name: 'Lamp',
  grant: 'lantern',
  issuer: 'https://as.example.com',
  clientId: 'c',
  colour: 'green',
  details: [{ type: 'light' }],
  wait: 5,
  grip: true,
};

function read(value: object) {
  const parsed = parseProfile(value, lists);
  assert.ok('profile' in parsed, JSON.stringify(parsed));
  return parsed.profile;
}

function problems(value: object): readonly string[] {
  const parsed = parseProfile(value, lists);
  return 'problems' in parsed ? parsed.problems.map(({ message }) => message) : [];
}

describe('a grant, a client authentication and fields that are nothing but their declarations', () => {
  it('are read from settings, with their defaults, and written back', () => {
    const profile = read(entry);
    assert.equal(profile.clientAuthentication, 'handshake');
    assert.equal(profile.redirectUri, undefined);
    assert.deepEqual(serializeProfile(profile, lists), entry);
    assert.deepEqual(read(serializeProfile(profile, lists)), profile);
  });

  it('are refused with a sentence where they are wrong', () => {
    const { issuer, ...open } = { ...entry, tokenEndpoint: 'https://as.example.com/t' };
    assert.ok(issuer);
    assert.deepEqual(problems(open), [
      'lanternEndpoint is missing: without an issuer it cannot be looked up.',
    ]);
    assert.deepEqual(problems({ ...entry, colour: undefined }), ['colour is missing: lantern needs it.']);
    assert.deepEqual(problems({ ...entry, colour: 'RED' }), ['colour must be small letters.']);
    assert.deepEqual(problems({ ...entry, wait: 61 }), ['wait must be a whole number from 1 to 60, not 61.']);
    assert.deepEqual(problems({ ...entry, details: 'x' }), [
      'details must be a JSON object or list, not a text.',
    ]);
    assert.deepEqual(problems({ ...entry, tint: 'green' }), [
      'There is no field “tint”. Did you mean colour?',
    ]);
    assert.match(
      problems({ ...entry, clientAuthentication: 'none' })[0] ?? '',
      /none does not go with lantern/,
    );
    assert.match(
      problems({ ...entry, lanternEndpoint: 'https://evil.example/l' })[0] ?? '',
      /on another origin than issuer/,
    );
  });

  it('shape the token where they say so, and no token from before them is lost', () => {
    const machine = { id: 'm', grant: 'client_credentials', issuer: 'https://as.example.com', clientId: 'c' };
    assert.equal(setupHash(read(machine), lists), setupHash(read(machine)));
    const hash = (change: object) => setupHash(read({ ...entry, ...change }), lists);
    assert.notEqual(hash({ colour: 'red' }), hash({}));
    assert.equal(hash({ wait: 6 }), hash({}));
  });

  it('are in the schema, which takes and refuses what the parser does', () => {
    const { items, texts } = profileSchema(lists);
    const accepts = new Ajv({ strict: false }).compile(items as AnySchemaObject);
    assert.ok(accepts(entry), JSON.stringify(accepts.errors));
    for (const change of [
      { colour: undefined },
      { colour: 'RED' },
      { wait: 61 },
      { details: 'x' },
      { clientAuthentication: 'none' },
      { redirectUri: 'http://127.0.0.1/callback' },
    ])
      assert.equal(
        accepts(JSON.parse(JSON.stringify({ ...entry, ...change }))),
        false,
        JSON.stringify(change),
      );
    assert.equal(texts['profile.grant.lantern'], grant.description);
    assert.equal(texts['profile.clientAuthentication.handshake'], authentication.description);
    assert.equal(texts['profile.colour.only'], 'This field is only for lantern.');
  });

  it('are drawn in the form, edited and saved', () => {
    const offering = testCatalogue.map((provider) => ({
      ...provider,
      grants: { ...provider.grants, lantern: { clientAuthentication: 'handshake', scopes: [] } },
    }));
    const context = { catalogue: offering, takenIds: [], lists };
    const edits: object[] = [
      { type: 'provider', id: 'generic' },
      { edit: 1, type: 'choose', field: 'grant', value: 'lantern' },
      { edit: 2, type: 'text', field: 'name', value: 'Light' },
      { edit: 3, type: 'text', field: 'clientId', value: 'c' },
      { edit: 4, type: 'text', field: 'issuer', value: 'https://as.example.com' },
      { edit: 5, type: 'text', field: 'colour', value: 'green' },
      { edit: 6, type: 'text', field: 'details', value: '[{"type": "light"}]' },
      { edit: 7, type: 'text', field: 'wait', value: '5' },
      { edit: 8, type: 'flag', field: 'grip', value: true },
    ];
    const state = edits.reduce<ReturnType<typeof openForm>>((before, edit) => {
      const intent = parseIntent(edit, lists);
      assert.ok(intent, JSON.stringify(edit));
      return reduceProfileForm(before, intent);
    }, openForm(context));
    const { form: drawn } = profileFormView(state);
    assert.ok(drawn);
    const names = (section: keyof typeof drawn.fields) => drawn.fields[section].map(({ name }) => name);
    assert.deepEqual(names('server'), ['issuer', 'tokenEndpoint', 'lanternEndpoint']);
    assert.deepEqual(names('client'), ['clientId', 'clientAuthentication', 'grip']);
    assert.deepEqual(names('redirect'), []);
    assert.deepEqual(names('access'), ['scopes', 'audience', 'resource', 'colour', 'details', 'wait']);
    const { profile } = problemsOf(state);
    assert.deepEqual(profile, read({ ...entry, id: 'light', name: 'Light' }));
    const reopened = openForm(context, { profile: read(entry), target: 'user' });
    assert.deepEqual(problemsOf(reopened).profile, read(entry));
  });

  it('are said to be wrong beside the field', () => {
    const opened = openForm(
      { catalogue: testCatalogue, takenIds: [], lists },
      { profile: read(entry), target: 'user' },
    );
    const edited = reduceProfileForm(opened, { edit: 1, type: 'text', field: 'details', value: '{' });
    assert.equal(
      problemsOf(edited).fields.get('details'),
      'Details must be a JSON object or list, not a text.',
    );
  });
});
