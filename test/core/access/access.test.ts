import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Access, type AccessAnswer, type AccessDecision } from '../../../src/core/access/access.ts';
import { callerOf, callerWords, type Caller } from '../../../src/core/access/caller.ts';

/** A machine whose windows share what is kept, and a user with these answers. */
function machine(stored?: unknown) {
  let kept: unknown = stored;
  const asked: (readonly [Caller, string])[] = [];
  const answers: (AccessAnswer | undefined)[] = [];
  return {
    asked,
    answers,
    kept: () => kept,
    window: () =>
      new Access({
        read: () => kept,
        write: (decisions: readonly AccessDecision[]) => {
          kept = JSON.parse(JSON.stringify(decisions));
          return Promise.resolve();
        },
      }),
    ask: (caller: Caller, profile: string) => {
      asked.push([caller, profile]);
      return Promise.resolve(answers.shift());
    },
  };
}

describe('access to the tokens of a profile', () => {
  it('is asked once for each kind of caller and profile', async () => {
    const { window, ask, asked, answers } = machine();
    const access = window();
    answers.push('always', 'session', 'never', 'always');
    const pairs = [
      ['command', 'a', true],
      ['agent', 'a', true],
      ['command', 'b', false],
      ['extension:x.y', 'a', true],
    ] as const;
    for (let time = 0; time < 3; time++)
      for (const [caller, profile, allowed] of pairs)
        assert.equal(await access.allows(caller, profile, ask), allowed);
    assert.equal(asked.length, 4);
  });

  it('outlives the window when it was given or refused for good, and only then', async () => {
    const { window, ask, asked, answers } = machine();
    answers.push('always', 'session', 'never');
    for (const profile of ['a', 'b', 'c']) await window().allows('command', profile, ask);
    const next = window();
    assert.equal(await next.allows('command', 'a', ask), true);
    assert.equal(await next.allows('command', 'c', ask), false);
    assert.equal(asked.length, 3);
    assert.equal(await next.allows('command', 'b', ask), false, 'The question was closed.');
    assert.equal(asked.length, 4);
  });

  it('is refused, and asked for again, when the question is closed', async () => {
    const { window, ask, answers, kept } = machine();
    const access = window();
    answers.push(undefined, 'always');
    assert.equal(await access.allows('task', 'a', ask), false);
    assert.equal(kept(), undefined);
    assert.equal(await access.allows('task', 'a', ask), true);
  });

  it('is one question for many who ask at once', async () => {
    const { window, ask, asked, answers } = machine();
    const access = window();
    answers.push('session');
    const all = await Promise.all([1, 2, 3].map(() => access.allows('debug', 'a', ask)));
    assert.deepEqual(all, [true, true, true]);
    assert.equal(asked.length, 1);
  });

  it('is listed, and asked for again when it was revoked or the profile went', async () => {
    const { window, ask, asked, answers } = machine();
    const access = window();
    answers.push('always', 'session', 'never');
    await access.allows('command', 'a', ask);
    await access.allows('terminal', 'a', ask);
    await access.allows('mcp', 'b', ask);
    assert.deepEqual(
      access.list().map(({ caller, profile, answer }) => `${caller} ${profile} ${answer}`),
      ['command a always', 'mcp b never', 'terminal a session'],
    );
    await access.revoke({ caller: 'mcp', profile: 'b' });
    await access.forget('a');
    assert.deepEqual(access.list(), []);
    assert.equal(await access.allows('command', 'a', ask), false);
    assert.equal(asked.length, 4);
  });

  it('is never found in a store that somebody else wrote', async () => {
    const forged = [null, 1, 'x', {}, { caller: 'all', profile: 'a', answer: 'always' }];
    const session = { caller: 'command', profile: 'a', answer: 'session' };
    for (const stored of [undefined, null, {}, 'x', forged, [session], [{ ...session, profile: 1 }]]) {
      const { window, ask, asked } = machine(stored);
      assert.equal(await window().allows('command', 'a', ask), false);
      assert.equal(asked.length, 1);
    }
  });
});

describe('a caller', () => {
  it('has words of its own and is read back from its text', () => {
    const all = ['command', 'task', 'debug', 'terminal', 'agent', 'mcp', 'extension:a.b'] as const;
    assert.equal(new Set(all.map(callerWords)).size, all.length);
    for (const caller of all) assert.equal(callerOf(caller), caller);
    for (const none of ['', 'extension:', 'other', 1, null]) assert.equal(callerOf(none), undefined);
  });
});
