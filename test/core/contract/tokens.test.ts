import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { UnsecuredJWT } from 'jose';
import { checks } from '../../../src/core/checks/all.ts';
import type { ChecksReport } from '../../../src/core/checks/report.ts';
import { holdContract } from '../../../src/core/contract/holdContract.ts';
import { parseContract } from '../../../src/core/contract/parseContract.ts';
import { contractSchema } from '../../../src/core/contract/schema.ts';
import { writeContract } from '../../../src/core/contract/writeContract.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';

const now = Date.parse('2027-01-10T12:00:00Z');
const jwt = (claims: Record<string, unknown>) => new UnsecuredJWT(claims).encode();
const basic = (client: string) => `Basic ${Buffer.from(`${client}:secret`).toString('base64')}`;

/** An answer with tokens to the client `c d`, unless told. */
function answer(members: object, client = 'c%20d'): Exchange {
  return {
    ...{ id: 1, purpose: 'token', leg: 'extension', startedAt: now, endedAt: now, deviations: [] },
    request: {
      ...{
        method: 'POST',
        url: 'https://as.example.com/token',
        body: 'grant_type=client_credentials&scope=a',
      },
      headers: [['authorization', basic(client)]],
    },
    response: { ...{ status: 200, statusText: 'OK', headers: [] }, body: JSON.stringify(members) },
  };
}

function reportOf(evidence: readonly Exchange[]): ChecksReport {
  const [check] = checks;
  assert.ok(check);
  const { id, area, title, tries, expects, sources } = check;
  return {
    ...{ profileId: 'orders', profileName: 'Orders', clientId: 'c d', server: 'https://as.example.com' },
    ...{ startedAt: now, endedAt: now, cancelled: false },
    results: [
      {
        ...{ id, area, title, tries, expects, sources, verdict: 'fail', meaning: '', fixes: [], facts: {} },
        ...{ evidence, startedAt: now, endedAt: now },
      },
    ],
  };
}

function held(promised: object, evidence: readonly Exchange[]) {
  const { contract, problems } = parseContract(JSON.stringify({ profiles: { orders: promised } }));
  assert.deepEqual(problems, []);
  const orders = contract.get('orders');
  assert.ok(orders);
  return holdContract(orders, reportOf(evidence), now).map(({ id, keeping }) => [id, keeping]);
}

describe('what a contract promises of tokens', () => {
  const claims = { iat: 1000, exp: 1600, scope: 'a b', email: 'x' };
  const token = { access_token: jwt(claims), token_type: 'Bearer' };

  it('is how long they live, as the answer says or the token itself', () => {
    const lifetimes = (most: number) => ({ lifetimes: { access_token: most } });
    const id = 'lifetimes.access_token';
    assert.deepEqual(held(lifetimes(600), [answer(token)]), [[id, 'kept']]);
    assert.deepEqual(held(lifetimes(599), [answer(token)]), [[id, 'broken']]);
    assert.deepEqual(held(lifetimes(600), [answer({ ...token, expires_in: 3600 })]), [[id, 'broken']]);
    assert.deepEqual(held(lifetimes(600), [answer({ ...token, access_token: 'opaque' })]), [[id, 'open']]);
    const other = answer({ ...token, expires_in: 9999 }, 'other');
    assert.deepEqual(held(lifetimes(600), [answer(token), other]), [[id, 'kept']], 'Another client’s token.');
    const withId = answer({ ...token, id_token: jwt({ iat: 0, exp: 60 }) });
    assert.deepEqual(held({ lifetimes: { id_token: 59 } }, [withId]), [['lifetimes.id_token', 'broken']]);
  });

  it('is which claims a scope brings', () => {
    const scopes = (wanted: Record<string, string[]>) => ({ scopes: wanted });
    assert.deepEqual(held(scopes({ a: ['email'] }), [answer(token)]), [['scopes.a', 'kept']]);
    assert.deepEqual(held(scopes({ b: ['email', 'name'] }), [answer(token)]), [['scopes.b', 'broken']]);
    assert.deepEqual(held(scopes({ c: ['email'] }), [answer(token)]), [['scopes.c', 'open']]);
    const withId = answer({ ...token, id_token: jwt({ name: 'y' }) });
    assert.deepEqual(held(scopes({ b: ['email', 'name'] }), [withId]), [['scopes.b', 'kept']]);
    assert.deepEqual(held(scopes({ a: ['email'] }), [answer({ access_token: 'x' })]), [['scopes.a', 'open']]);
  });

  it('is written from the last run, and reasons that somebody gave stay', () => {
    const id = checks[0]?.id ?? '';
    const known = { verdict: 'fail', reason: 'The old app needs it.', until: '2027-06-30' };
    const before = JSON.stringify({
      profiles: { orders: { checks: { [id]: known }, scopes: { a: ['email'] } } },
    });
    const written = JSON.parse(writeContract(before, reportOf([answer(token)]), now)) as {
      profiles: { orders: Record<string, unknown> };
    };
    assert.deepEqual(written.profiles.orders, {
      checks: { [id]: known },
      scopes: { a: ['email'] },
      lifetimes: { access_token: 600 },
    });
  });

  it('stands where the editor can show it', () => {
    const text =
      '{ "profiles": { "orders": {\n "checks": { "pkce": "pass" },\n "lifetimes": { "id_token": 5 } } } }';
    const places = parseContract(text).places.get('orders');
    const at = (name: string) => {
      const { offset, length } = places?.get(name) ?? { offset: 0, length: 0 };
      return text.slice(offset, offset + length);
    };
    assert.deepEqual(['', 'pkce', 'lifetimes.id_token'].map(at), ['"orders"', '"pkce"', '"id_token"']);
  });
});

describe('the schema of the contract', () => {
  const valid = new Ajv({ strict: false }).compile(contractSchema());
  const file = (promised: unknown) => ({ profiles: { orders: promised } });
  const [first] = checks;

  it('and the reader say the same', () => {
    const samples: readonly unknown[] = [
      ...[{}, { profiles: {} }, file({}), file([]), [], { profiles: [] }, { more: 1, profiles: {} }],
      ...['pass', 'fail', 'weakness', 1, null, {}, { verdict: 'pass' }, { verdict: 'fail' }].map((one) =>
        file({ checks: { pkce: one, [first?.id ?? '']: 'pass' } }),
      ),
      file({ checks: { pkce: { verdict: 'fail', reason: 'r', until: '2027-01-31' } } }),
      file({ checks: { pkce: { verdict: 'fail', reason: 'r', until: 'soon' } } }),
      file({ checks: { pkse: 'pass' } }),
      ...[600, 0, -1, 1.5, '600', null].map((one) => file({ lifetimes: { access_token: one } })),
      file({ lifetimes: { refresh_token: 1 } }),
      ...[['email'], [], ['email', 1], 'email', {}].map((one) => file({ scopes: { a: one } })),
      ...['http://127.0.0.1/cb', 7].map((one) => file({ register: one })),
    ];
    for (const sample of samples) {
      const text = JSON.stringify(sample);
      assert.equal(valid(sample), parseContract(text).problems.length === 0, text);
    }
  });
});
