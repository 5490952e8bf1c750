import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { apiChecks } from '../../../src/core/checks/apiChecks.ts';
import { checks } from '../../../src/core/checks/all.ts';
import type { Verdict } from '../../../src/core/checks/check.ts';
import type { ChecksReport } from '../../../src/core/checks/report.ts';
import { holdContract } from '../../../src/core/contract/holdContract.ts';
import { longestContract, parseContract } from '../../../src/core/contract/parseContract.ts';
import { placeOfPromise, promisesOf } from '../../../src/core/contract/promisesOf.ts';
import { contractSchema } from '../../../src/core/contract/schema.ts';
import { writeContract } from '../../../src/core/contract/writeContract.ts';

const now = Date.parse('2027-01-10T12:00:00Z');

/** A report in which these checks have these verdicts. */
function reportOf(
  verdicts: Readonly<Record<string, Verdict>>,
  register = 'http://127.0.0.1/cb',
): ChecksReport {
  return {
    ...{ profileId: 'orders', profileName: 'Orders', clientId: 'c', server: 'https://as.example.com' },
    ...{ startedAt: now, endedAt: now, cancelled: false },
    matching: { sentence: 'It compares.', register },
    results: Object.entries(verdicts).map(([id, verdict]) => {
      const check = checks.find((one) => one.id === id);
      assert.ok(check, id);
      const { area, title, tries, expects, sources } = check;
      return {
        ...{ id, area, title, tries, expects, sources, verdict, meaning: '', fixes: [], facts: {} },
        ...{ evidence: [], startedAt: now, endedAt: now },
      };
    }),
  };
}

/** What became of each promise of a contract for `orders`. */
function keepings(promised: object, verdicts: Readonly<Record<string, Verdict>>, at = now) {
  const { contract, problems } = parseContract(JSON.stringify({ profiles: { orders: promised } }));
  assert.deepEqual(problems, []);
  const orders = contract.get('orders');
  assert.ok(orders);
  return Object.fromEntries(
    holdContract(orders, reportOf(verdicts), at).map(({ id, keeping }) => [id, keeping]),
  );
}

describe('a contract', () => {
  it('is kept, broken or open, by check and by area', () => {
    assert.deepEqual(
      keepings(
        { checks: { pkce: 'pass', 'redirect.path-case': 'pass', 'redirect.scheme': 'pass' } },
        {
          'pkce.plain': 'pass',
          'pkce.no-challenge': 'fail',
          'redirect.path-case': 'weakness',
          'redirect.scheme': 'not_determined',
          'response.framing': 'fail',
          'pkce.downgrade': 'not_applicable',
        },
      ),
      {
        'pkce.plain': 'kept',
        'pkce.no-challenge': 'broken',
        'redirect.path-case': 'broken',
        'redirect.scheme': 'open',
        'pkce.downgrade': 'kept',
      },
    );
  });

  it('repeats nothing that may be a secret which came there by mistake', () => {
    const planted = [
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln',
      '4c1d09e2b7f34c1d09e2',
      'hunter2hunter',
      'pa ss/word+=',
      'sk-AbCdEfGhIjKlMnOpQrStUv',
      'correct-horse-battery-staple-of-mine',
    ];
    for (const secret of planted)
      for (const file of [
        { [secret]: {}, profiles: {} },
        { profiles: { a: { [secret]: {} } } },
        { profiles: { a: { checks: { [secret]: 'pass' } } } },
        { profiles: { a: { checks: { pkce: secret } } } },
        { profiles: { a: { checks: { pkce: { verdict: 'fail', reason: 'x', until: secret } } } } },
        { profiles: { a: { lifetimes: { [secret]: 1 } } } },
        { servers: { [secret]: { checks: {} } } },
        { profiles: { [`user:${secret}`]: {} } },
      ]) {
        const { problems } = parseContract(JSON.stringify(file));
        assert.ok(problems.length > 0, JSON.stringify(file));
        for (const { message } of problems) assert.ok(!message.includes(secret), message);
      }
  });

  it('puts up with an exception until its day is over everywhere', () => {
    const plain = (verdict: string, until?: string) => ({
      checks: { pkce: 'pass', 'pkce.plain': { verdict, reason: 'Old app.', ...(until && { until }) } },
    });
    const found = (verdict: Verdict) => ({ 'pkce.plain': verdict });
    assert.deepEqual(keepings(plain('weakness'), found('weakness')), { 'pkce.plain': 'excused' });
    assert.deepEqual(keepings(plain('weakness'), found('fail')), { 'pkce.plain': 'broken' });
    assert.deepEqual(keepings(plain('fail'), found('weakness')), { 'pkce.plain': 'better' });
    assert.deepEqual(keepings(plain('weakness'), found('pass')), { 'pkce.plain': 'better' });
    assert.deepEqual(keepings(plain('weakness', '2027-01-10'), found('weakness')), {
      'pkce.plain': 'excused',
    });
    const over = Date.parse('2027-01-11T12:00:00Z');
    assert.deepEqual(keepings(plain('weakness', '2027-01-10'), found('weakness'), over - 1), {
      'pkce.plain': 'excused',
    });
    assert.deepEqual(keepings(plain('weakness', '2027-01-10'), found('weakness'), over), {
      'pkce.plain': 'broken',
    });
  });

  it('promises the redirect URI to register', () => {
    assert.deepEqual(keepings({ register: 'http://127.0.0.1/cb' }, {}), { register: 'kept' });
    assert.deepEqual(keepings({ register: 'http://127.0.0.1/cb/' }, {}), { register: 'broken' });
  });

  const wrong: readonly (readonly [string, string, number, RegExp])[] = [
    ['no JSON', '{\n"profiles": {,}\n}', 2, /^The file is not JSON/],
    ['an empty file', '', 1, /not JSON|profiles is missing/],
    ['no profiles', '{\n  // nothing\n}', 1, /^profiles is missing/],
    ['a list', '[]', 1, /must be an object/],
    [
      'an unknown check',
      '{"profiles":{"a":{"checks":{\n"pkce.plian":"pass"}}}}',
      2,
      /no check “pkce\.plian”/,
    ],
    ['a slip', '{"profiles":{"a":{"checks":{"redirect.plain":"pass"}}}}', 1, /Did you mean pkce\.plain\?/],
    [
      'an unknown verdict',
      '{"profiles":{"a":{"checks":{\n"pkce":"ok"}}}}',
      2,
      /A verdict is pass, weakness or fail, not “ok”/,
    ],
    ['a number', '{"profiles":{"a":{"checks":{"pkce":1}}}}', 1, /must be an object|A verdict is/],
    [
      'an exception without a reason',
      '{"profiles":{"a":{"checks":{"pkce":"weakness"}}}}',
      1,
      /needs a reason/,
    ],
    [
      'an exception with an empty reason',
      '{"profiles":{"a":{"checks":{"pkce":{"verdict":"fail","reason":" "}}}}}',
      1,
      /needs a reason/,
    ],
    [
      'a day that is none',
      '{"profiles":{"a":{"checks":{"pkce":{"verdict":"fail","reason":"x","until":"2027-02-30"}}}}}',
      1,
      /^until must be a day/,
    ],
    ['a member that is none', '{"profiles":{"a":{"check":{}}}}', 1, /no member “check”/],
    ['a redirect URI that is no text', '{"profiles":{"a":{"register":[]}}}', 1, /^register must be a text/],
    ['brackets without end', '['.repeat(500_000), 1, /nested too deeply|not JSON/],
    ['a book', ' '.repeat(longestContract + 1), 1, /too long/],
  ];
  for (const [name, text, line, message] of wrong)
    it(`says at which line it cannot be kept: ${name}`, () => {
      const [problem] = parseContract(text).problems;
      assert.ok(problem);
      assert.equal(problem.line, line);
      assert.match(problem.message, message);
    });

  it('keeps its other promises when one is wrong', () => {
    const { contract, problems } = parseContract(
      '{"profiles":{"a":{"checks":{"pkce":"pass","x":"pass"}},"b":{"checks":{"redirect":"pass",},},}}',
    );
    assert.equal(problems.length, 1);
    assert.deepEqual([...(contract.get('a')?.checks.keys() ?? [])], ['pkce']);
    assert.deepEqual([...(contract.get('b')?.checks.keys() ?? [])], ['redirect']);
  });

  it('is written from a run, is kept by that run, and leaves the rest of the file as it is', () => {
    const report = reportOf({
      'pkce.plain': 'weakness',
      'pkce.no-challenge': 'fail',
      'redirect.path-case': 'pass',
      'redirect.scheme': 'not_determined',
      'pkce.downgrade': 'not_applicable',
    });
    const before =
      '{\n  // Ours.\n  "profiles": {\n    "other": { "checks": { "pkce": "pass" } }, // Theirs.\n  },\n}\n';
    for (const start of [undefined, '', before]) {
      const text = writeContract(start, report, now);
      const { contract, problems } = parseContract(text);
      assert.deepEqual(problems, []);
      const orders = contract.get('orders');
      assert.ok(orders);
      assert.deepEqual(
        holdContract(orders, report, now).map(({ id, keeping }) => [id, keeping]),
        [
          ['pkce.plain', 'excused'],
          ['pkce.no-challenge', 'excused'],
          ['redirect.path-case', 'kept'],
          ['register', 'kept'],
        ],
      );
      assert.equal(orders.checks.get('pkce.plain')?.until, '2027-04-10');
      if (start === before) {
        for (const comment of ['// Ours.', '// Theirs.']) assert.ok(text.includes(comment));
        assert.deepEqual(contract.get('other'), parseContract(before).contract.get('other'));
      }
    }
  });

  it('keeps what is promised of checks that the run decided nothing of', () => {
    const reason = { verdict: 'weakness', reason: 'Old client.', until: '2027-06-30' };
    const checks = {
      'client.wrong-secret': 'pass',
      'redirect.scheme': reason,
      pkce: 'pass',
      'pkce.plain': 'pass',
    };
    const before = JSON.stringify({ profiles: { orders: { checks } } });
    const written = writeContract(
      before,
      reportOf({ 'pkce.plain': 'fail', 'redirect.scheme': 'not_determined' }),
      now,
    );
    const promised = parseContract(written).contract.get('orders')?.checks;
    assert.deepEqual(
      [...(promised ?? [])].map(([id, { verdict }]) => [id, verdict]),
      [
        ['client.wrong-secret', 'pass'],
        ['redirect.scheme', 'weakness'],
        ['pkce', 'pass'],
        ['pkce.plain', 'fail'],
      ],
    );
    assert.equal(promised?.get('redirect.scheme')?.until, '2027-06-30');
  });
});

describe('a contract of MCP servers and APIs', () => {
  const url = 'https://mcp.example.com/mcp';
  const ofServer = (profileId: string, verdicts: Readonly<Record<string, Verdict>>): ChecksReport => ({
    ...{ profileId, profileName: 'MCP', clientId: '', server: url, startedAt: now, endedAt: now },
    cancelled: false,
    results: apiChecks.flatMap(({ id, area, title, tries, expects, sources }) => {
      const verdict = verdicts[id];
      const words = { id, area, title, tries, expects, sources, meaning: '', fixes: [], facts: {} };
      return verdict === undefined ? [] : [{ ...words, verdict, evidence: [], startedAt: now, endedAt: now }];
    }),
  });

  it('knows the areas mcp and resource, for a profile and for a server by its URL', () => {
    const checks = { mcp: 'pass', 'resource.expired': 'pass' };
    const text = JSON.stringify({
      profiles: { orders: { checks } },
      servers: { 'https://MCP.example.com/mcp': { checks } },
    });
    const { contract, problems } = parseContract(text);
    assert.deepEqual(problems, []);
    assert.deepEqual([...contract.keys()], ['orders', url]);
    for (const key of contract.keys()) {
      const promised = contract.get(key);
      assert.ok(promised);
      const verdicts = {
        'mcp.copies': 'fail',
        'resource.expired': 'pass',
        'resource.scope': 'fail',
      } as const;
      assert.deepEqual(
        holdContract(promised, ofServer(key, verdicts), now).map(({ id, keeping }) => [id, keeping]),
        [
          ['mcp.copies', 'broken'],
          ['resource.expired', 'kept'],
        ],
      );
    }
  });

  it('is written from a run of a server, and holds that run', () => {
    const report = ofServer(url, { 'mcp.copies': 'weakness', 'mcp.answers-401': 'pass' });
    const text = writeContract('{ "profiles": {} }', report, now);
    const { contract, problems } = parseContract(text);
    assert.deepEqual(problems, []);
    const promised = contract.get(url);
    assert.ok(promised);
    assert.deepEqual(
      holdContract(promised, report, now).map(({ keeping }) => keeping),
      ['kept', 'excused'],
    );
    assert.equal(writeContract(text, report, now), text);
  });

  it('takes no URL for the id of a profile: it would be read as that of a server', () => {
    for (const id of ['::', 'https://mcp.example.com/mcp', 'a:b']) {
      const { contract, problems } = parseContract(JSON.stringify({ profiles: { [id]: {}, good: {} } }));
      assert.deepEqual([...contract.keys()], ['good']);
      assert.match(problems.map(({ message }) => message).join(), /by the id of a profile, which has no “:”/);
    }
  });

  it('says what is wrong with a server in it', () => {
    for (const [servers, sentence] of [
      [{ 'mcp.example.com': { checks: {} } }, /by the URL of an MCP server, .* not “mcp\.example\.com”/],
      [{ 'file:///etc': { checks: {} } }, /by the URL of an MCP server/],
      [{ [url]: { checks: { 'pkce.plain': 'pass' } } }, /There is no check “pkce\.plain”/],
      [{ [url]: { checks: { pkce: 'pass' } } }, /There is no check “pkce”/],
      [{ [url]: { checks: { 'mcp.copis': 'pass' } } }, /There is no check “mcp\.copis”/],
      [{ [url]: { register: 'x' } }, /There is no member “register” here/],
      [[], /servers must be an object/],
    ] as const) {
      const { problems } = parseContract(JSON.stringify({ servers }));
      assert.match(problems[0]?.message ?? '', sentence);
    }
  });

  it('counts what is promised of a server and of the profile whose tokens are for it, the profile first', () => {
    const { contract, places } = parseContract(
      JSON.stringify({
        servers: {
          [url]: { checks: { mcp: 'pass', 'resource.scope': 'pass' } },
        },
        profiles: {
          orders: {
            checks: { 'resource.scope': { verdict: 'fail', reason: 'Old.' } },
          },
        },
      }),
    );
    const names = ['orders', url];
    const promised = promisesOf(contract, names);
    assert.deepEqual([...(promised?.checks.keys() ?? [])].sort(), ['mcp', 'resource.scope']);
    assert.equal(promised?.checks.get('resource.scope')?.verdict, 'fail');
    assert.equal(placeOfPromise(places, names, 'mcp'), places.get(url)?.get('mcp'));
    assert.equal(
      placeOfPromise(places, names, 'resource.scope'),
      places.get('orders')?.get('resource.scope'),
    );
    assert.equal(promisesOf(contract, ['nobody']), undefined);
  });

  it('leaves open what was not tried for want of a token', () => {
    const { contract } = parseContract(
      JSON.stringify({ servers: { [url]: { checks: { resource: 'pass' } } } }),
    );
    const promised = contract.get(url);
    const report = ofServer(url, { 'resource.good-token': 'not_applicable' });
    assert.ok(promised);
    const results = report.results.map((one) => ({
      ...one,
      unmet: true as const,
    }));
    assert.equal(holdContract(promised, { ...report, results }, now)[0]?.keeping, 'open');
    assert.equal(holdContract(promised, report, now)[0]?.keeping, 'kept');
  });

  it('knows a server by its whole address, and by a name without what is secret in it', () => {
    const whole = 'https://mcp.example.com/mcp?api_key=Zq3-planted-9f2c71d0aa&tenant=a';
    const named = 'https://me:Zq3-planted-9f2c71d0aa@mcp.example.com/other';
    const { contract, places, problems, addresses } = parseContract(
      JSON.stringify({ servers: { [whole]: {}, [named]: {} } }),
    );
    const names = ['https://mcp.example.com/mcp?tenant=a', 'https://mcp.example.com/other'];
    assert.deepEqual([[...contract.keys()], [...places.keys()], problems], [names, names, []]);
    assert.deepEqual(addresses, [whole, named]);
  });

  it('repeats nothing of it that may be a secret', () => {
    const secret = 'Zq3-planted-9f2c71d0aa';
    for (const promised of [
      {
        profiles: {
          a: {
            checks: { [secret]: 'pass', 'pkce.plain': secret },
            [secret]: 1,
            lifetimes: { [secret]: 1 },
          },
        },
      },
      { servers: { [secret]: {}, [url]: { checks: { [secret]: 'pass' } } } },
    ]) {
      const { problems } = parseContract(JSON.stringify(promised));
      assert.ok(problems.length > 1);
      for (const { message } of problems) assert.ok(!message.includes('planted'), message);
    }
  });

  it('has a schema that takes what it takes', () => {
    const takes = new Ajv({ strict: false }).compile(contractSchema());
    const checks = { mcp: 'pass', 'mcp.copies': { verdict: 'weakness', reason: 'Old.' } };
    assert.equal(takes({ servers: { [url]: { checks } } }), true);
    assert.equal(takes({ profiles: { orders: { checks: { ...checks, pkce: 'pass' } } } }), true);
    assert.equal(takes({ servers: { [url]: { checks: { pkce: 'pass' } } } }), false);
    assert.equal(takes({}), false);
  });
});
