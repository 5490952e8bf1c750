import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actorFindings } from '../../../src/core/token/actors.ts';
import { claimFindings } from '../../../src/core/token/claimFindings.ts';

const said = (claims: Record<string, unknown>) => actorFindings(claims).map(({ message }) => message);

describe('who acts for the subject of a token', () => {
  /** The claims of RFC 8693 section 4.1, figures 5 and 6. */
  const figure5 = {
    aud: 'https://consumer.example.com',
    iss: 'https://issuer.example.com',
    exp: 1443904177,
    nbf: 1443904077,
    sub: 'user@example.com',
    act: { sub: 'admin@example.com' },
  };
  const figure6 = {
    ...figure5,
    act: {
      sub: 'https://service16.example.com',
      act: { sub: 'https://service77.example.com' },
    },
  };

  it('is one', () => {
    assert.deepEqual(said(figure5), [
      'Somebody acts for “user@example.com”: “admin@example.com” ← “user@example.com”.',
    ]);
    assert.ok(claimFindings(figure5, 'access').some(({ code }) => code === 'delegation'));
  });

  it('is a line of several, the one that acts now first', () => {
    assert.deepEqual(said(figure6), [
      'Somebody acts for “user@example.com”: “https://service16.example.com” ← “https://service77.example.com” ← “user@example.com”.',
    ]);
    assert.match(JSON.stringify(actorFindings(figure6)), /goes by the first one alone/);
  });

  it('is nobody where the claim is none, and ends where it does not', () => {
    for (const act of [undefined, null, 'svc', 7, ['x']]) assert.deepEqual(said({ ...figure5, act }), []);
    assert.deepEqual(said({ act: { iss: 'x' } }), [
      'Somebody acts for the subject: “somebody without a name” ← the subject.',
    ]);
    const deep = Array.from({ length: 1000 }).reduce<object>((act) => ({ sub: 's', act }), { sub: 'last' });
    const [line = ''] = said({ act: deep });
    assert.equal(line.split(' ← ').length, 12);
    assert.match(line, /“s” ← … ← the subject\.$/);
    const [hostile = ''] = said({ sub: 'a\u202Eb', act: { sub: 'x\u202E'.repeat(5000) } });
    assert.ok(!hostile.includes('\u202E') && hostile.length < 1000, hostile);
  });
});
