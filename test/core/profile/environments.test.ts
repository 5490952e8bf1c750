import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mergeEnvironments, parseEnvironments, variablesOf } from '../../../src/core/profile/environments.ts';
import { replaceEntry, removeEntry } from '../../../src/core/profile/editEntries.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { parseProfiles } from '../../../src/core/profile/parseProfiles.ts';
import { secretPlace, type Profile } from '../../../src/core/profile/profile.ts';
import { withVariables } from '../../../src/core/profile/variables.ts';
import { productLists } from '../../../src/core/productLists.ts';
import { bindingKey, secretKey, tokenKey } from '../../../src/core/vault/vaultKeys.ts';

const user = { scope: 'user' } as const;
const setting = {
  dev: { host: 'dev.example.com', client: 'dev-client', scopes: 'orders.read orders.write', realm: 'dev' },
  prod: { host: 'www.example.com', client: 'prod-client', scopes: 'orders.read', realm: 'prod' },
};
const variables = (name?: string, value: unknown = setting) =>
  variablesOf(parseEnvironments(value, user), name);
const entry = {
  id: 'shop',
  name: 'Shop of ${realm}',
  grant: 'client_credentials',
  issuer: 'https://${host}/realms/${realm}',
  clientId: '${client}',
  scopes: ['${scopes}', 'openid'],
  tokenParameters: { realm: 'r-${realm}', fixed: 'x' },
};
const read = (value: object, name?: string, all: unknown = setting) =>
  parseProfile(value, productLists, variables(name, all));
function profile(value: object, name: string) {
  const found = read(value, name);
  assert.ok('profile' in found, JSON.stringify(found));
  return found;
}
const problems = (value: object, name?: string, all: unknown = setting) => {
  const found = read(value, name, all);
  assert.ok('problems' in found, JSON.stringify(found));
  return found.problems;
};

describe('a profile in an environment', () => {
  it('has its values in the place of the variables, and knows what was written', () => {
    const { profile: dev, written } = profile(entry, 'dev');
    assert.equal(dev.issuer, 'https://dev.example.com/realms/dev');
    assert.equal(dev.name, 'Shop of dev');
    assert.equal(dev.clientId, 'dev-client');
    assert.deepEqual(dev.scopes, ['orders.read', 'orders.write', 'openid']);
    assert.deepEqual(dev.tokenParameters, { realm: 'r-dev', fixed: 'x' });
    assert.equal(dev.environment, 'dev');
    assert.equal(written?.issuer, entry.issuer);
    assert.equal(written.environment, undefined);
    assert.deepEqual(written.scopes, entry.scopes);
    const plainName = { ...entry, name: 'Shop' };
    assert.equal(profile(plainName, 'dev').profile.name, 'Shop (dev)');
    assert.equal(profile(plainName, 'dev').written?.name, 'Shop');
    assert.equal(profile(entry, 'PROD').profile.issuer, 'https://www.example.com/realms/prod');
  });

  it('without variables is the same profile as ever', () => {
    const plain = { ...entry, name: 'Shop', issuer: 'https://a.example.com', clientId: 'c' };
    const fixed = { ...plain, scopes: ['a'], tokenParameters: {} };
    assert.deepEqual(read(fixed, 'dev'), parseProfile(fixed));
    assert.deepEqual(read(fixed, undefined, undefined), parseProfile(fixed));
  });

  it('never is one with a variable left in it: the field says what is missing', () => {
    const at = (value: object, ...rest: [string?, unknown?]) =>
      problems(value, ...rest).map(({ path, message }) => `${path.join('/')}: ${message}`);
    const one = { ...entry, name: 'Shop', clientId: 'c', scopes: [], tokenParameters: {} };
    assert.deepEqual(at({ ...one, issuer: 'https://${hots}' }, 'dev'), [
      'issuer: “${hots}” has no value in the environment “dev”. Add it to oauthExplorer.environments.',
    ]);
    assert.deepEqual(at({ ...one, issuer: 'https://a.example.com', scopes: ['a', '${x}'] }, 'dev'), [
      'scopes/1: “${x}” has no value in the environment “dev”. Add it to oauthExplorer.environments.',
    ]);
    assert.match(at(one).join(), /choose an environment \(“dev” or “prod”\)/);
    assert.match(at(one, 'dev', {}).join(), /there are no environments/);
    assert.match(at({ ...one, issuer: 'https://${host' }, 'dev').join(), /the “}” is missing/);
    for (const name of ['env:HOST', 'workspaceFolder', 'config:a.b', 'command:x'])
      assert.match(at({ ...one, clientId: `\${${name}}` }, 'dev').join(), /a variable of VS Code’s own/);
    assert.match(at({ ...one, clientId: '${}' }, 'dev').join(), /has no value/);
    assert.match(at({ ...one, clientId: '${constructor}' }, 'dev').join(), /has no value/);
  });

  it('is checked as a typed one, and the problem names the environment but not the value', () => {
    const [problem, ...others] = problems({ ...entry, issuer: 'https://${host}' }, 'dev', {
      dev: { ...setting.dev, host: 'us er:pw@x' },
    });
    assert.deepEqual(others, []);
    assert.deepEqual(problem?.path, ['issuer']);
    assert.match(problem.message, /environment “dev”\.$/);
    assert.doesNotMatch(problem.message, /pw/);
    // A value cannot name what the profile may not send.
    assert.match(
      problems({ ...entry, tokenEndpoint: '${endpoint}' }, 'dev', {
        dev: { ...setting.dev, endpoint: 'https://evil.example.com/token' },
      })[0]?.message ?? '',
      /another origin/,
    );
  });

  it('keeps its id, and what is run on this computer, from variables', () => {
    assert.ok('problems' in read({ ...entry, id: '${realm}' }, 'dev'));
    const command = { ...entry, clientAuthentication: 'federated_assertion', assertionCommand: 'x ${HOME}' };
    const found = read(command, 'dev');
    const said = 'problems' in found ? JSON.stringify(found.problems) : '';
    assert.doesNotMatch(said, /HOME/);
  });
});

describe('the setting of environments', () => {
  it('takes no secret, and says where secrets go', () => {
    for (const name of ['client_secret', 'clientSecret', 'password', 'access_token', 'apiKey']) {
      const list = parseEnvironments({ dev: { [name]: 's3cret-value', host: 'a.example.com' } }, user);
      assert.match(list.problems[0]?.message ?? '', /keychain/, name);
      assert.doesNotMatch(JSON.stringify(list.problems), /s3cret/);
      assert.deepEqual([...(list.environments[0]?.values ?? [])], [['host', 'a.example.com']]);
      assert.match(
        problems({ ...entry, name: `\${${name}}` }, 'dev', {
          dev: { ...setting.dev, [name]: 's3cret-value' },
        })[0]?.message ?? '',
        /keychain/,
      );
    }
  });

  it('says what is wrong and keeps the rest, whatever it is', () => {
    const list = parseEnvironments(
      { ok: { a: 'b' }, bad: 7, dev: { n: 3, nested: '${a}', 'no name': 'x', empty: '', good: 'g' }, OK: {} },
      user,
    );
    assert.deepEqual(
      list.environments.map(({ name, values }) => [name, ...values.keys()]),
      [
        ['ok', 'a'],
        ['dev', 'good'],
      ],
    );
    assert.equal(list.problems.length, 6);
    for (const value of [[], 'x', 7, true]) assert.equal(parseEnvironments(value, user).problems.length, 1);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        parseEnvironments(value, user);
      }),
    );
  });

  it('of the workspace takes the place of the user’s, and none is guessed of several', () => {
    const merged = mergeEnvironments([
      parseEnvironments({ dev: { host: 'mine' }, own: {} }, user),
      parseEnvironments({ Dev: { host: 'shared' } }, { scope: 'workspace' }),
    ]);
    assert.equal(variablesOf(merged, 'dev').environment?.values.get('host'), 'shared');
    assert.equal(variablesOf(merged, undefined).environment, undefined);
    assert.equal(variablesOf(parseEnvironments({ only: {} }, user), 'gone').environment?.name, 'only');
  });
});

describe('the limits of the environments', () => {
  it('are 200 of them, with 200 variables each, and what is beyond is said', () => {
    const many = (value: unknown) =>
      Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`n${at}`, value]));
    const { environments, problems: said } = parseEnvironments({ ...many({}), n0: many('x') }, user);
    assert.equal(environments.length, 200);
    assert.equal(environments[0]?.values.size, 200);
    assert.deepEqual(
      said.map(({ message }) => message),
      [
        'There are 300 environments in oauthExplorer.environments, of which the first 200 are used: not “n200” and what follows it.',
        'There are 300 variables in the environment “n0”, of which the first 200 are used: not “n200” and what follows it.',
      ],
    );
    const full = Object.fromEntries(Object.entries(many('x')).slice(0, 200));
    assert.deepEqual(parseEnvironments({ full }, user).problems, []);
    const all = Object.fromEntries(Object.entries(many({})).slice(0, 200));
    assert.deepEqual(parseEnvironments(all, user).problems, []);
  });

  it('are 200 problems, too, behind which it says that there are more', () => {
    const bad = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`n${at}`, 5]));
    const said = (count: number) =>
      parseEnvironments(bad(count), user).problems.map(({ message }) => message);
    assert.match(said(200).at(-1) ?? '', /^The environment “n199”/);
    for (const count of [201, 202]) {
      assert.equal(said(count).length, 201);
      assert.match(said(count).at(-1) ?? '', /^There is more in oauthExplorer\.environments/);
    }
  });

  it('and what is wrong with them, is said of all settings', () => {
    assert.deepEqual(parseEnvironments(undefined, user), { environments: [], problems: [] });
    assert.deepEqual(parseEnvironments(null, user), { environments: [], problems: [] });
    const bad = parseEnvironments(5, user);
    assert.deepEqual([bad.environments, bad.problems.length], [[], 1]);
    assert.deepEqual(mergeEnvironments([bad, bad]).problems, [...bad.problems, ...bad.problems]);
  });
});

describe('what is kept of a profile in two environments', () => {
  const keys = (one: Profile) => [
    secretKey(secretPlace(one)),
    bindingKey(secretPlace(one)),
    secretKey(secretPlace(one, undefined, { what: 'assertion' })),
    tokenKey(one),
  ];

  it('has no key in common, not even at one server with one client', () => {
    const same = {
      ...entry,
      issuer: 'https://as.example.com',
      clientId: 'c',
      scopes: [],
      tokenParameters: {},
    };
    const [dev, prod] = [profile(same, 'dev').profile, profile(same, 'prod').profile];
    const all = [...keys(dev), ...keys(prod)];
    assert.equal(new Set(all).size, all.length);
  });

  it('has the key of 0.1.0 where there are no variables', () => {
    const plain = parseProfiles(
      [
        {
          ...entry,
          name: 'n',
          issuer: 'https://a.example.com',
          clientId: 'c',
          scopes: [],
          tokenParameters: {},
        },
      ],
      user,
      variables('dev'),
    )[0];
    assert.ok(plain && 'profile' in plain);
    assert.equal(secretKey(secretPlace(plain.profile)), 'shop@https://a.example.com');
  });
});

describe('variables in every kind of field', () => {
  const userEntry = {
    ...{ id: 'u', name: 'U', grant: 'authorization_code', issuer: 'https://as.example.com', clientId: 'c' },
  };

  it('are filled in JSON, in lists and alone, and written as they were', () => {
    const details = [{ type: '${realm}', actions: ['a', '${client}'], amount: 5, deep: { of: '${realm}' } }];
    const found = profile({ ...userEntry, authorizationDetails: details, scopes: '${scopes}' }, 'dev');
    assert.deepEqual(found.profile.authorizationDetails, [
      { type: 'dev', actions: ['a', 'dev-client'], amount: 5, deep: { of: 'dev' } },
    ]);
    assert.deepEqual(found.profile.scopes, ['orders.read', 'orders.write']);
    assert.deepEqual(found.written?.scopes, ['${scopes}']);
    assert.deepEqual(found.written.authorizationDetails, details);
  });

  it('are split at blanks in scopes that hold one, and nowhere else', () => {
    const blanks = { e: { a: 'x  y', r: 'https://a.example/x' } };
    const one = { ...userEntry, scopes: ['${a}', 'z'], resource: ['${r}', 'https://b.example'] };
    const filled = read(one, 'e', blanks);
    assert.ok('profile' in filled, JSON.stringify(filled));
    assert.deepEqual(filled.profile.scopes, ['x', 'y', 'z']);
    assert.deepEqual(filled.profile.resource, ['https://a.example/x', 'https://b.example']);
    const two = { e: { r: 'https://a.example https://b.example' } };
    assert.deepEqual(
      problems({ ...userEntry, resource: ['${r}'] }, 'e', two).map(({ path }) => path),
      [['resource', 0]],
    );
    const single = read({ ...userEntry, resource: '${r}' }, 'e', blanks);
    assert.ok('profile' in single);
    assert.deepEqual(single.written?.resource, ['${r}']);
  });

  it('that are no text, or in no text, stay what they are, and their problem says so', () => {
    for (const value of [{ a: 5, b: '${realm}' }, { a: ['${realm}'] }])
      assert.ok(problems({ ...entry, tokenParameters: value }, 'dev').every(({ path }) => path[1] === 'a'));
    assert.deepEqual(
      problems({ ...entry, scopes: [5, '${realm}'] }, 'dev').map(({ path }) => path),
      [['scopes', 0]],
    );
    for (const scopes of [{ a: '${realm}' }, { a: '${nothing}' }])
      assert.deepEqual(
        problems({ ...entry, scopes }, 'dev').map(({ path }) => path),
        [['scopes']],
      );
    assert.deepEqual(
      problems({ ...entry, scopes: null, clientId: '${}' }, 'dev').map(({ path }) => path[0]),
      ['clientId', 'scopes'],
    );
  });

  it('keep the entry’s id and name where its problems are told', () => {
    const found = read({ ...entry, name: 'Shop', clientId: '${nothing}' }, 'dev');
    assert.ok('problems' in found);
    assert.deepEqual([found.id, found.name, found.hints], ['shop', 'Shop', []]);
    const bare = read({ ...entry, id: 5, name: undefined, clientId: '${nothing}' }, 'dev');
    assert.deepEqual(['id' in bare, 'name' in bare], [false, false]);
  });

  it('of VS Code are said to be its own, also with a prefix', () => {
    for (const name of ['env:HOME', 'workspaceFolder'])
      assert.match(problems({ ...entry, clientId: `\${${name}}` }, 'dev')[0]?.message ?? '', /VS Code’s own/);
    assert.match(
      problems({ ...entry, clientId: '${x y:z}' }, 'dev')[0]?.message ?? '',
      /has no value in the environment/,
    );
    assert.match(problems({ ...entry, clientId: 'a${' }, 'dev')[0]?.message ?? '', /is missing/);
    assert.match(problems({ ...entry, clientId: '${}x' }, 'dev')[0]?.message ?? '', /has no value in/);
  });
});

describe('a changed profile of an environment', () => {
  it('is written with a variable only where both say so, item by item and name by name', () => {
    const from = profile({ ...entry, scopes: ['openid', 'r-${realm}'] }, 'dev');
    const of = (change: Partial<Profile>) => withVariables({ ...from.profile, ...change }, from);
    assert.deepEqual(of({ scopes: ['r-dev', 'x'] }).scopes, ['r-${realm}', 'x']);
    assert.deepEqual(of({ scopes: ['x'] }).scopes, ['x']);
    assert.deepEqual(of({ scopes: undefined } as never).scopes, undefined);
    assert.deepEqual(of({ tokenParameters: { other: 'r-dev' } }).tokenParameters, { other: 'r-dev' });
    assert.deepEqual(of({ audience: 'a' }).audience, 'a');
    assert.deepEqual(of({ tokenParameters: ['x'] } as never).tokenParameters, ['x']);
    const { environment: _, ...values } = from.profile;
    assert.deepEqual(withVariables(from.profile, undefined), values);
    assert.deepEqual(withVariables(from.profile, { profile: from.profile }), values);
  });

  it('is written with its variables wherever it still has their values', () => {
    const from = profile(entry, 'dev');
    const changed = { ...from.profile, name: 'Renamed', scopes: [...from.profile.scopes, 'more'] };
    const written = withVariables(changed, from);
    const [after] = replaceEntry([entry], 'shop', written) as [Record<string, unknown>];
    assert.deepEqual(after, { ...entry, name: 'Renamed', scopes: ['${scopes}', 'openid', 'more'] });
    assert.deepEqual(removeEntry([entry], 'shop'), []);
  });

  it('is written with what was typed where that is another value', () => {
    const from = profile(entry, 'dev');
    const { tokenParameters } = from.profile;
    const changed = {
      ...from.profile,
      issuer: 'https://other.example.com',
      scopes: ['orders.read'],
      tokenParameters: { ...tokenParameters, fixed: 'y' },
    };
    const written = withVariables(changed, from);
    assert.equal(written.issuer, 'https://other.example.com');
    assert.deepEqual(written.scopes, ['orders.read']);
    assert.deepEqual(written.tokenParameters, { realm: 'r-${realm}', fixed: 'y' });
    assert.equal(written.clientId, '${client}');
  });
});
