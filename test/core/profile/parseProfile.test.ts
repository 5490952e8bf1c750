import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allGrants } from '../../../src/core/grants/all.ts';
import { oneOf } from '../../../src/core/profile/problem.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';

const machine = {
  name: 'Orders (machine)',
  grant: 'client_credentials',
  issuer: 'https://as.example.com',
  clientId: 'orders',
};
const user = {
  name: 'Orders (user)',
  grant: 'authorization_code',
  issuer: 'https://as.example.com',
  clientId: 'orders',
};

function profileOf(value: unknown): Profile {
  const entry = parseProfile(value);
  assert.ok('profile' in entry, JSON.stringify(entry));
  return entry.profile;
}

/** Every problem as `path: message`. */
function problemsOf(value: unknown): string[] {
  const entry = parseProfile(value);
  return 'profile' in entry ? [] : entry.problems.map((p) => `${p.path.join('.')}: ${p.message}`);
}

function hintsOf(value: unknown): string[] {
  return parseProfile(value).hints.map((p) => `${p.path.join('.')}: ${p.message}`);
}

describe('what an entry may leave out', () => {
  it('makes the id of the name and expects a secret from a machine', () => {
    assert.deepEqual(profileOf(machine), {
      id: 'orders-machine',
      name: 'Orders (machine)',
      grant: 'client_credentials',
      issuer: 'https://as.example.com',
      clientId: 'orders',
      clientAuthentication: 'client_secret_basic',
      scopes: [],
      resource: [],
      tokenParameters: {},
    });
  });

  it('expects no secret from a user’s client and receives the redirect on any loopback port', () => {
    assert.deepEqual(profileOf(user), {
      id: 'orders-user',
      name: 'Orders (user)',
      grant: 'authorization_code',
      issuer: 'https://as.example.com',
      clientId: 'orders',
      clientAuthentication: 'none',
      scopes: [],
      resource: [],
      tokenParameters: {},
      redirectUri: 'http://127.0.0.1/callback',
      authorizationParameters: {},
    });
  });

  it('names a profile without a name after its id', () => {
    assert.equal(profileOf({ ...machine, name: undefined, id: 'orders' }).name, 'orders');
  });

  it('wants an id where the name gives none', () => {
    assert.deepEqual(problemsOf({ ...machine, name: '注文' }), [
      ': id is missing, and none can be made from this name.',
    ]);
  });

  it('says every missing field at once', () => {
    assert.deepEqual(problemsOf({}), [
      ': name is missing.',
      ': grant is missing.',
      ': clientId is missing.',
      ': issuer or tokenEndpoint is missing.',
    ]);
  });

  it('wants both endpoints of a user’s client without issuer', () => {
    assert.deepEqual(problemsOf({ ...user, issuer: undefined, tokenEndpoint: 'https://a.example/token' }), [
      ': authorizationEndpoint is missing: without an issuer it cannot be looked up.',
    ]);
  });
});

describe('a secret in the settings', () => {
  for (const field of [
    'clientSecret',
    'client_secret',
    'password',
    'CLIENT-SECRET',
    'secret',
    'refreshToken',
  ])
    it(`is refused in ${field}, and the message does not repeat it`, () => {
      const problems = problemsOf({ ...machine, [field]: 'hunter2-s3cret' });
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /Remove it here and use “Set Client Secret”/);
      assert.doesNotMatch(problems[0] ?? '', /hunter2/);
    });

  it('is refused among the extra parameters', () => {
    assert.match(
      problemsOf({ ...machine, tokenParameters: { client_secret: 'hunter2' } })[0] ?? '',
      /^tokenParameters\.client_secret: .* would put a secret into the settings/,
    );
  });

  it('is refused before the @ of a URL, and the message does not repeat it', () => {
    const [problem = ''] = problemsOf({ ...machine, issuer: 'https://me:hunter2@as.example.com' });
    assert.match(problem, /^issuer: issuer must not hold a user name or password/);
    assert.doesNotMatch(problem, /hunter2/);
  });
});

describe('a field that is not ours', () => {
  const typos: [string, string][] = [
    ['redirectURI', 'redirectUri'],
    ['scope', 'scopes'],
    ['client_id', 'clientId'],
    ['tokenEndpiont', 'tokenEndpoint'],
    ['audiense', 'audience'],
    ['token_endpoint_auth_method', 'clientAuthentication'],
  ];
  for (const [typo, field] of typos)
    it(`asks whether ${typo} means ${field}`, () => {
      assert.deepEqual(problemsOf({ ...user, [typo]: 'x' }), [
        `${typo}: There is no field “${typo}”. Did you mean ${field}?`,
      ]);
    });

  it('is mentioned and ignored when nothing is near', () => {
    assert.deepEqual(hintsOf({ ...machine, comment: 'mine' }), [
      'comment: There is no field “comment”; it is ignored.',
    ]);
    assert.ok('profile' in parseProfile({ ...machine, comment: 'mine' }));
  });

  it('is mentioned when the grant does not use it', () => {
    assert.deepEqual(hintsOf({ ...machine, redirectUri: 'http://127.0.0.1/callback' }), [
      'redirectUri: redirectUri is not used by client_credentials; it is ignored.',
    ]);
  });
});

describe('a server’s URL', () => {
  const refused: [string, RegExp][] = [
    ['http://as.example.com', /must begin with https/],
    ['http://127.0.0.1.example.com', /must begin with https/],
    ['http://my.localhost', /must begin with https/],
    ['as.example.com', /must be a complete URL such as https:\/\/login\.example\.com\./],
    ['https://', /must be a complete URL/],
    ['https://{instance}/id', /still holds a placeholder/],
    ['https://as.example.com/#x', /must not hold a fragment/],
    ['https://as.example.com/?x=1', /must not hold a query/],
    [' https://as.example.com', /begins or ends with a space/],
    ['https://as.example.com/a b', /must be a complete URL/],
    ['https://as.example.com\\@evil.example', /must be a complete URL/],
    ['ftp://as.example.com', /must be a complete URL/],
    ['javascript:alert(1)', /must be a complete URL/],
    ['https://as.example.com/' + 'x'.repeat(1_000_000), /longer than 2048 characters/],
    ['', /issuer is empty/],
    ['https://as.example.com/\u202egnp', /invisible character/],
  ];
  for (const [issuer, message] of refused)
    it(`is refused when it is ${JSON.stringify(issuer.slice(0, 40))}`, () => {
      const problems = problemsOf({ ...machine, issuer });
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', message);
    });

  for (const issuer of [
    'http://127.0.0.1:3000',
    'http://127.8.9.1',
    'http://[::1]:3000/id',
    'http://localhost',
    'https://localhost:5001',
    'https://as.example.com/tenant/v2.0',
  ])
    it(`may be ${issuer}, and stays as it was written`, () => {
      assert.equal(profileOf({ ...machine, issuer }).issuer, issuer);
    });

  it('must not carry the secret to another origin than the issuer’s', () => {
    const elsewhere = { ...machine, tokenEndpoint: 'https://evil.example/token' };
    assert.match(problemsOf(elsewhere)[0] ?? '', /^tokenEndpoint: .* another origin than issuer/);
    assert.ok('profile' in parseProfile({ ...user, tokenEndpoint: 'https://other.example/token' }));
  });
});

describe('a redirect URI', () => {
  for (const redirectUri of [
    'http://127.0.0.1/callback',
    'http://127.0.0.1:65535/callback',
    'http://localhost:8080',
    'http://[::1]:1/a/B?x=y',
    'http://127.0.0.1:3000/',
    'https://app.example.com/callback',
    'https://127.0.0.1/callback',
    'https://localhost:8443/cb?x=y',
    'com.example.app:/callback',
    'vscode://oauth-explorer.oauth-explorer/callback',
    'cursor://oauth-explorer.oauth-explorer/callback',
    'ms-appx-web://microsoft.aad.brokerplugin/1234',
  ])
    it(`may be ${redirectUri}, and stays as it was written`, () => {
      const profile = profileOf({ ...user, redirectUri });
      assert.equal(profile.grant === 'authorization_code' && profile.redirectUri, redirectUri);
    });

  const refused: [string, RegExp][] = [
    ['javascript:alert(1)', /the scheme “javascript:”, to which no server may send a browser/],
    ['JavaScript:alert(1)', /the scheme “javascript:”/],
    ['data:text/html,x', /the scheme “data:”/],
    ['file:///etc/passwd', /the scheme “file:”/],
    ['https://me@app.example.com/callback', /must be written in the usual way/],
    ['https://app.example.com/{tenant}/callback', /must be written in the usual way/],
    ['vscode://oauth-explorer.oauth-explorer/callback#x', /must not hold a fragment/],
    ['http://app.example.com/callback', /leads to another machine/],
    ['http://127.0.0.1/callback#x', /must not hold a fragment/],
    ['http://127.0.0.1:0/callback', /optional port \(1 to 65535\)/],
    ['http://127.0.0.1:65536/callback', /must be a complete URL/],
    ['http://127.1/callback', /must be written as/],
    ['http://me@127.0.0.1/callback', /must be written as/],
    ['urn:ietf:wg:oauth:2.0:oob', /not an address that a browser can be sent to/],
    ['/callback', /must be a complete URL/],
    ['http://127.0.0.1/callback ', /begins or ends with a space/],
  ];
  for (const [redirectUri, message] of refused)
    it(`is refused with its reason when it is ${redirectUri}`, () => {
      const problems = problemsOf({ ...user, redirectUri });
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', message);
    });
});

describe('scopes, resource and extra parameters', () => {
  it('splits a single text at its blanks and says so', () => {
    const value = { ...machine, scopes: 'orders.read  orders.write' };
    assert.deepEqual(profileOf(value).scopes, ['orders.read', 'orders.write']);
    assert.match(hintsOf(value)[0] ?? '', /^scopes: scopes is one text/);
  });

  it('uses a scope that is there twice once, and keeps the order', () => {
    const value = { ...machine, scopes: ['b', 'a', 'b'] };
    assert.deepEqual(profileOf(value).scopes, ['b', 'a']);
    assert.deepEqual(hintsOf(value), ['scopes.2: “b” is there twice; it is used once.']);
  });

  it('refuses what RFC 6749 does not allow in a scope, item by item', () => {
    assert.deepEqual(problemsOf({ ...machine, scopes: ['ok', 'a b', 'q"', 7, 'ü'] }), [
      'scopes.1: The scope “a b” contains a space. Write each scope as an item of its own.',
      'scopes.2: The scope “q"” holds a character that RFC 6749 does not allow in a scope (only printable ASCII without " and \\).',
      'scopes.3: Item 4 of scopes must be a text, not a number.',
      'scopes.4: The scope “ü” holds a character that RFC 6749 does not allow in a scope (only printable ASCII without " and \\).',
    ]);
  });

  it('takes one resource or several, as absolute URIs without fragment', () => {
    assert.deepEqual(profileOf({ ...machine, resource: 'https://api.example.com' }).resource, [
      'https://api.example.com',
    ]);
    assert.deepEqual(profileOf({ ...machine, resource: ['urn:a:b', 'https://b'] }).resource, [
      'urn:a:b',
      'https://b',
    ]);
    assert.equal(problemsOf({ ...machine, resource: ['api', 'https://a#b'] }).length, 2);
  });

  it('refuses parameters that the flow makes itself, and values that are no text', () => {
    assert.deepEqual(
      problemsOf({
        ...user,
        authorizationParameters: { state: 'x', scope: 'y', max_age: 3600, 'a b': 'z', prompt: 'consent' },
      }),
      [
        'authorizationParameters.state: The parameter “state” is made anew for every flow. Remove it.',
        'authorizationParameters.scope: The parameter “scope” is sent by the flow itself. Remove it and use the field scopes.',
        'authorizationParameters.max_age: The parameter “max_age” must be a text, not a number. Put it in quotation marks.',
        'authorizationParameters.a b: The parameter name “a b” must be 1 to 128 printable ASCII characters without spaces.',
      ],
    );
  });
});

describe('the limits of an entry', () => {
  const problemAt = (field: string, value: unknown, base: object = machine) =>
    problemsOf({ ...base, [field]: value }).filter((problem) => problem.startsWith(field));
  const many = (count: number) => Array.from({ length: count }, (_, at) => `s${at}`);
  const pairs = (count: number) => Object.fromEntries(many(count).map((name) => [name, 'x']));
  const details = (length: number) => [{ type: 'x'.repeat(length - '[{"type":""}]'.length) }];

  it('are reached without a problem, and not passed', () => {
    const edges: [field: string, good: unknown, bad: unknown, message: RegExp, base?: object][] = [
      ['scopes', many(200), many(201), /^scopes: scopes holds more than 200 items/],
      ['scopes', 'a '.repeat(150), 'a '.repeat(8193), /^scopes: scopes must be a list of texts, not a text/],
      [
        'tokenParameters',
        pairs(200),
        pairs(201),
        /^tokenParameters: tokenParameters holds more than 200 parameters/,
      ],
      [
        'tokenParameters',
        { a: 'x'.repeat(8192) },
        { a: 'x'.repeat(8193) },
        /^tokenParameters.a: The parameter “a” is longer/,
      ],
      [
        'authorizationDetails',
        details(8192),
        details(8193),
        /^authorizationDetails: authorizationDetails is longer/,
        user,
      ],
      ['maxAge', 0, -1, /^maxAge: maxAge must be a whole number from 0 to 315360000, not -1/, user],
      ['maxAge', 315_360_000, 315_360_001, /^maxAge: /, user],
      ['maxAge', 1, 1.5, /^maxAge: .*not 1.5/, user],
      ['maxAge', 1, '1', /^maxAge: .*not a text/, user],
      ['maxAge', 1, Infinity, /^maxAge: /, user],
    ];
    for (const [field, good, bad, message, base] of edges) {
      assert.deepEqual(problemAt(field, good, base), [], field);
      assert.match(problemAt(field, bad, base).join(), message);
    }
  });

  it('are said once, at the field, and nothing of it is used', () => {
    for (const value of [many(201), 5, { a: 1 }])
      assert.deepEqual(
        problemsOf({ ...machine, scopes: value }).map((problem) => problem.split(':')[0]),
        ['scopes'],
      );
  });

  it('hold for authorization details: a list of objects with a type', () => {
    for (const [value, message] of [
      ['x', /must be a JSON object or list, not a text/],
      [null, /must be a JSON object or list, not null/],
      [{ type: 'a' }, /must be a JSON list of objects/],
      [[], /must be a JSON list of objects/],
      [[{ type: 'a' }, { type: 5 }], /Entry 2 of authorizationDetails has no “type”/],
      [[{}, { type: 'a' }], /Entry 1 of authorizationDetails/],
      [[null], /Entry 1 of authorizationDetails/],
    ] as const)
      assert.match(problemAt('authorizationDetails', value, user).join(), message);
    const good = [{ type: 'a' }, { type: 'b', actions: [] }];
    assert.deepEqual(profileOf({ ...user, authorizationDetails: good }).authorizationDetails, good);
  });
});

describe('other fields', () => {
  it('have their problems told where they stand, and what is missing at the entry itself', () => {
    const ciba = { ...machine, grant: 'ciba', loginHint: 'ada', loginHintToken: true };
    const rows: readonly (readonly [entry: object, ...at: readonly string[]])[] = [
      [{ ...machine, client_secret: 'x' }, 'client_secret'],
      [{ ...machine, dpop: 'yes' }, 'dpop'],
      [{ ...machine, tokenParameters: 5 }, 'tokenParameters'],
      [{ ...machine, tokenHeader: 'Host' }, 'tokenHeader'],
      [{ ...machine, scopes: 5 }, 'scopes'],
      [ciba, 'loginHintToken'],
      [{ ...ciba, loginHint: undefined, loginHintToken: undefined }],
      [{ ...machine, grant: 'id_jag' }],
    ];
    for (const [value, ...at] of rows) {
      const read = parseProfile(value);
      const paths = 'profile' in read ? undefined : read.problems.map(({ path }) => path);
      assert.deepEqual(paths, [at], JSON.stringify(read));
    }
  });

  it('refuses a machine without authentication', () => {
    assert.match(
      problemsOf({ ...machine, clientAuthentication: 'none' })[0] ?? '',
      /^clientAuthentication: .* does not go with client_credentials/,
    );
  });

  it('names the choices', () => {
    assert.deepEqual(problemsOf({ ...machine, grant: 'password' }), [
      `grant: grant must be ${oneOf(allGrants.map(({ id }) => id))}, not “password”.`,
    ]);
  });

  it('keeps a client id with a slash and inner blanks', () => {
    assert.equal(
      profileOf({ ...machine, clientId: 'my.trusted.app/ser vice' }).clientId,
      'my.trusted.app/ser vice',
    );
  });

  it('trusts a certificate only on loopback', () => {
    const trustedCertificate = Array.from({ length: 32 }, () => 'ab').join(':');
    assert.equal(
      profileOf({ ...machine, issuer: 'https://localhost:5001', trustedCertificate }).trustedCertificate,
      trustedCertificate.toUpperCase(),
    );
    assert.match(
      problemsOf({ ...machine, trustedCertificate })[0] ?? '',
      /only for a server on this machine/,
    );
  });

  it('refuses ids that would not survive a keychain or a command', () => {
    for (const id of ['a@b', 'a b', '-a', '../x', 'x'.repeat(101), '', 5, 'ü'])
      assert.match(problemsOf({ ...machine, id })[0] ?? '', /^id: id /, JSON.stringify(id));
  });
});
