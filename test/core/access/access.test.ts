import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  Access,
  type AccessAnswer,
  type AccessDecision,
  type TokenOwner,
} from '../../../src/core/access/access.ts';
import { callerOf, callerWords } from '../../../src/core/access/caller.ts';

function of(profile: string, server = 'https://as.example.com'): TokenOwner {
  return { profile, server };
}

/** A machine whose windows share what is kept and the keychain, and a user with these answers. */
function machine(stored?: unknown) {
  let kept: unknown = stored;
  const keychain = new Map<string, string>();
  const vault = {
    get: (key: string) => Promise.resolve(keychain.get(key)),
    set: (key: string, value: string) => Promise.resolve(void keychain.set(key, value)),
  };
  let asked = 0;
  const answers: (AccessAnswer | undefined)[] = [];
  return {
    asked: () => asked,
    answers,
    kept: () => kept,
    /** As another window does that had read this before. */
    putBack: (value: unknown) => void (kept = value),
    vault,
    window: () =>
      new Access({
        vault,
        read: () => kept,
        write: (decisions: readonly AccessDecision[]) => {
          kept = JSON.parse(JSON.stringify(decisions));
          return Promise.resolve();
        },
      }),
    ask: () => {
      asked++;
      return Promise.resolve(answers.shift());
    },
  };
}

describe('access to the tokens of a profile', () => {
  it('goes to nobody who may send requests only, who may do so with the token; and neither may end it', async () => {
    const { window, ask, asked, answers } = machine();
    const access = window();
    const allows = async (caller: 'call' | 'command' | 'end') => {
      const before = asked();
      return [await access.allows(caller, of('a'), ask), asked() - before];
    };
    answers.push('always', undefined, undefined, 'session', undefined, undefined, 'never', 'always');
    assert.deepEqual(await allows('call'), [true, 1]);
    assert.deepEqual(await allows('command'), [false, 1]);
    assert.deepEqual(await allows('end'), [false, 1]);
    await access.revoke({ caller: 'call', ...of('a') });
    assert.deepEqual(await allows('command'), [true, 1]);
    assert.deepEqual(await allows('call'), [true, 0]);
    assert.deepEqual(await allows('end'), [false, 1]);
    assert.deepEqual(
      (await access.list()).map(({ caller }) => caller),
      ['command'],
    );
    await access.revoke({ caller: 'command', ...of('a') });
    assert.deepEqual(await allows('call'), [false, 1], 'taken back with it');
    assert.deepEqual(await allows('call'), [false, 1], 'never');
    assert.deepEqual(await allows('command'), [true, 1]);
    assert.deepEqual(await allows('call'), [false, 0], 'what was said of requests holds');
  });

  it('is asked once for each kind of caller and profile', async () => {
    const { window, ask, asked, answers } = machine();
    const access = window();
    answers.push('always', 'session', 'never', 'always');
    const pairs = [
      ['command', 'a', true],
      ['agent', 'a', true],
      ['command', 'b', false],
      ['extension', 'a', true],
    ] as const;
    for (let time = 0; time < 3; time++)
      for (const [caller, profile, allowed] of pairs)
        assert.equal(await access.allows(caller, of(profile), ask), allowed);
    assert.equal(asked(), 4);
  });

  it('is asked for anew when the profile has another server, wherever it stands', async () => {
    const { window, ask, asked, answers } = machine();
    answers.push('always', 'never');
    assert.equal(await window().allows('command', of('prod', 'https://repository.example'), ask), true);
    assert.equal(await window().allows('command', of('prod'), ask), false);
    assert.equal(await window().allows('command', of('prod', 'https://repository.example'), ask), true);
    assert.equal(asked(), 2);
  });

  it('outlives the window when it was given or refused for good, and only then', async () => {
    const { window, ask, asked, answers } = machine();
    answers.push('always', 'session', 'never');
    for (const profile of ['a', 'b', 'c']) await window().allows('command', of(profile), ask);
    const next = window();
    assert.equal(await next.allows('command', of('a'), ask), true);
    assert.equal(await next.allows('command', of('c'), ask), false);
    assert.equal(asked(), 3);
    assert.equal(await next.allows('command', of('b'), ask), false, 'The question was closed.');
    assert.equal(asked(), 4);
  });

  it('is refused, and asked for again, when the question is closed', async () => {
    const { window, ask, answers, kept } = machine();
    const access = window();
    answers.push(undefined, 'always');
    assert.equal(await access.allows('extension', of('a'), ask), false);
    assert.equal(kept(), undefined);
    assert.equal(await access.allows('extension', of('a'), ask), true);
  });

  it('is one question for many who ask at once', async () => {
    const { window, ask, asked, answers } = machine();
    const access = window();
    answers.push('session');
    const all = await Promise.all([1, 2, 3].map(() => access.allows('terminal', of('a'), ask)));
    assert.deepEqual(all, [true, true, true]);
    assert.equal(asked(), 1);
  });

  it('is listed, and asked for again when it was revoked or the profile went', async () => {
    const { window, ask, asked, answers } = machine();
    const access = window();
    answers.push('always', 'session', 'never');
    await access.allows('command', of('a'), ask);
    await access.allows('terminal', of('a'), ask);
    await access.allows('mcp', of('b'), ask);
    assert.deepEqual(
      (await access.list()).map(({ caller, profile, answer }) => `${caller} ${profile} ${answer}`),
      ['command a always', 'mcp b never', 'terminal a session'],
    );
    await access.revoke({ caller: 'mcp', ...of('b') });
    await access.forget('a');
    assert.deepEqual(await access.list(), []);
    assert.equal(await access.allows('command', of('a'), ask), false);
    assert.equal(asked(), 4);
  });

  it('is never found in a store that somebody else wrote', async () => {
    const forged = [null, 1, 'x', {}, { caller: 'all', profile: 'a', answer: 'always' }];
    const session = { caller: 'command', ...of('a'), answer: 'session' };
    const ofAnyServer = { caller: 'command', profile: 'a', answer: 'always' };
    for (const stored of [
      undefined,
      null,
      {},
      'x',
      forged,
      [session],
      [{ ...session, profile: 1 }],
      [ofAnyServer],
      [{ ...session, answer: 'always' }],
      [{ ...session, answer: 'always', since: 'made up' }],
    ]) {
      const { window, ask, asked } = machine(stored);
      assert.equal(await window().allows('command', of('a'), ask), false);
      assert.equal(asked(), 1);
    }
  });
});

describe('access that was taken back', () => {
  /** A grant for one profile and another for a second, as they are kept. */
  async function granted() {
    const all = machine();
    all.answers.push('always', 'always');
    for (const profile of ['a', 'b']) await all.window().allows('command', of(profile), all.ask);
    return { ...all, before: all.kept() };
  }
  const decision = { caller: 'command', ...of('a') } as const;

  it('stays so when another window puts back what it had read before', async () => {
    const { window, ask, asked, before, putBack } = await granted();
    await window().revoke(decision);
    assert.equal(await window().allows('command', of('b'), ask), true, 'The other one holds.');
    putBack(before);
    assert.deepEqual(await window().list(), []);
    assert.equal(await window().allows('command', of('a'), ask), false);
    assert.equal(asked(), 3);
  });

  it('stays so when something else is decided on what was put back, and taken back in turn', async () => {
    const { window, ask, answers, before, putBack } = await granted();
    await window().revoke(decision);
    putBack(before);
    answers.push('always', 'never');
    await window().allows('mcp', of('c'), ask);
    await window().allows('agent', of('c'), ask);
    await window().revoke({ caller: 'agent', ...of('c') });
    await window().revoke({ caller: 'extension', ...of('a') });
    assert.deepEqual(
      (await window().list()).map(({ caller, profile }) => `${caller} ${profile}`),
      ['mcp c'],
    );
    assert.equal(await window().allows('command', of('a'), ask), false);
  });

  it('is not confirmed when another one is taken back that was put back with it', async () => {
    const { window, ask, answers, before, putBack } = await granted();
    await window().revoke(decision);
    putBack(before);
    answers.push('always', 'always');
    await window().allows('mcp', of('c'), ask);
    await window().allows('mcp', of('d'), ask);
    await window().revoke({ caller: 'mcp', ...of('c') });
    assert.deepEqual(
      (await window().list()).map(({ caller, profile }) => `${caller} ${profile}`),
      ['mcp d'],
    );
  });

  it('ends what another window was allowed for its session, and what this one was', async () => {
    for (const answer of ['session', 'always'] as const) {
      const { window, ask, asked, answers } = machine();
      const [one, other] = [window(), window()];
      answers.push('session', 'session', answer, 'session');
      for (const profile of ['a', 'b']) await other.allows('command', of(profile), ask);
      for (const profile of ['a', 'b']) await one.allows('command', of(profile), ask);
      const before = asked();
      assert.equal(await other.allows('command', of('a'), ask), true, 'Nothing was taken back yet.');
      await one.revoke(decision);
      assert.equal(await one.allows('command', of('b'), ask), true, 'Who took one back keeps the other.');
      assert.equal(asked(), before);
      assert.deepEqual(await other.list(), []);
      assert.equal(await other.allows('command', of('a'), ask), false);
      assert.equal(await one.allows('command', of('a'), ask), false);
      assert.equal(asked(), before + 2);
    }
  });

  it('ends it when the profile goes, and not when something is allowed or refused', async () => {
    const { window, ask, asked, answers } = machine();
    const [one, other] = [window(), window()];
    answers.push('session', 'always', 'never');
    await other.allows('command', of('a'), ask);
    await one.allows('mcp', of('b'), ask);
    await one.allows('agent', of('b'), ask);
    await one.revoke({ caller: 'agent', ...of('b') });
    assert.equal(await other.allows('command', of('a'), ask), true);
    assert.equal(asked(), 3);
    await one.forget('a');
    assert.deepEqual(
      (await other.list()).map(({ caller }) => caller),
      ['mcp'],
    );
  });

  it('leaves what was decided for this session about others, and in other environments', async () => {
    const { window, ask, answers } = machine();
    const access = window();
    answers.push('session', 'session', 'session', 'session', 'always');
    for (const profile of ['a', 'a in dev', 'ab', 'b']) await access.allows('command', of(profile), ask);
    await access.allows('mcp', of('a in dev'), ask);
    await access.revoke({ caller: 'command', ...of('b') });
    const left = async () => (await access.list()).map(({ caller, profile }) => `${caller} ${profile}`);
    assert.deepEqual(await left(), ['mcp a in dev', 'command a', 'command a in dev', 'command ab']);
    await access.forget('a');
    assert.deepEqual(await left(), ['command ab']);
  });

  it('writes nothing where nothing was decided, and one line for what is decided anew', async () => {
    const { window, ask, answers, kept } = machine();
    await window().forget('a');
    await window().revoke(decision);
    assert.equal(kept(), undefined);
    answers.push('never', 'always');
    await window().allows('command', of('a'), ask);
    assert.deepEqual(kept(), [{ ...decision, answer: 'never' }]);
    await window().revoke(decision);
    await window().allows('command', of('a'), ask);
    assert.equal((kept() as readonly unknown[]).length, 1);
  });

  it('is not given by what somebody wrote beside a grant that holds', async () => {
    const { window, kept, putBack } = await granted();
    const [grant, other] = kept() as readonly Record<string, unknown>[];
    assert.ok(grant && other);
    for (const [name, value] of [
      ['caller', 'all'],
      ['profile', 1],
      ['server', undefined],
      ['answer', 'session'],
      ['answer', 'maybe'],
      ['since', 1],
      ['since', undefined],
    ] as const) {
      putBack([{ ...grant, [name]: value }, other]);
      assert.deepEqual(
        (await window().list()).map(({ profile }) => profile),
        ['b'],
        `${name} ${String(value)}`,
      );
    }
  });

  it('stays so when the profile goes and comes back, also where this window knew of no decision', async () => {
    const { window, ask, before, putBack } = await granted();
    putBack([]);
    await window().forget('a');
    putBack(before);
    assert.equal(await window().allows('command', of('a'), ask), false);
  });

  it('stays so when the window dies before it has written what is left', async () => {
    const { window, ask, vault, kept } = await granted();
    const dying = new Access({ vault, read: kept, write: () => Promise.reject(new Error('gone')) });
    await assert.rejects(dying.revoke(decision), /gone/);
    assert.equal(await window().allows('command', of('a'), ask), false);
  });

  it('is not taken back when the keychain does not answer, and that is said; nothing is allowed meanwhile', async () => {
    const { window, ask, asked, answers, vault, kept } = await granted();
    const away = () => Promise.reject(new Error('The keychain is locked.'));
    const { get, set } = vault;
    Object.assign(vault, { get: away, set: away });
    await assert.rejects(window().revoke(decision), /locked/);
    const access = window();
    answers.push('always');
    assert.equal(await access.allows('command', of('a'), ask), true);
    assert.equal(await access.allows('command', of('a'), ask), true, 'For this session.');
    assert.equal(asked(), 3);
    assert.deepEqual(
      (await access.list()).map(({ answer }) => answer),
      ['session'],
    );
    Object.assign(vault, { get, set });
    assert.equal((await window().list()).length, 2, JSON.stringify(kept()));
  });
});

describe('access that was allowed while the keychain did not answer', () => {
  const away = () => Promise.reject(new Error('The keychain is locked.'));
  const asker = () => {
    const { window, vault, ask, asked, answers } = machine();
    const { get, set } = vault;
    const lock = (locked: boolean) =>
      void Object.assign(vault, locked ? { get: away, set: away } : { get, set });
    const allows = async (access: Access, ...given: readonly AccessAnswer[]) => {
      answers.splice(0, answers.length, ...given);
      const before = asked();
      const allowed = await access.allows('command', of('a'), ask);
      return [allowed, asked() - before];
    };
    return { window, lock, allows, decision: { caller: 'command', ...of('a') } as const };
  };

  it('holds for the session when nothing was taken back meanwhile, and no longer', async () => {
    const { window, lock, allows, decision } = asker();
    const access = window();
    await allows(access, 'session');
    await access.revoke(decision);
    lock(true);
    assert.deepEqual(await allows(access, 'session'), [true, 1]);
    assert.deepEqual(await allows(access), [true, 0]);
    lock(false);
    assert.deepEqual(await allows(access), [true, 0]);
    lock(true);
    assert.deepEqual(await allows(access), [false, 1], 'what was taken back meanwhile is not known');
    lock(false);
    assert.deepEqual(await allows(window()), [false, 1], 'another session');
  });

  for (const by of ['revoked in another window', 'refused here', 'revoked here'])
    for (const first of ['session', 'always'] as const)
      it(`does not come back when it was ${by}, whatever the keychain does (${first})`, async () => {
        const { window, lock, allows, decision } = asker();
        const [access, other] = [window(), window()];
        await allows(other, 'session');
        await allows(access);
        lock(true);
        assert.deepEqual(await allows(access, first), [true, 1]);
        if (by === 'revoked here') await assert.rejects(access.revoke(decision), /locked/);
        lock(false);
        if (by === 'revoked in another window') await other.revoke(decision);
        if (by === 'refused here') {
          await access.revoke(decision);
          assert.deepEqual(await allows(access, 'never'), [false, 1]);
        }
        for (const locked of [false, true, false, true]) {
          lock(locked);
          assert.deepEqual(await allows(access), [false, by === 'refused here' ? 0 : 1], String(locked));
        }
      });

  it('is worth nothing once the user said never, also where another window puts back what it had read', async () => {
    const { window, lock, allows, decision } = asker();
    const access = window();
    await allows(access, 'session');
    lock(true);
    assert.deepEqual(await allows(access, 'never'), [false, 1], 'asked again, as nothing is known');
    lock(false);
    assert.deepEqual(await allows(access), [false, 0]);
    await access.revoke(decision);
    assert.deepEqual(await allows(access), [false, 1]);
  });
});

describe('a caller', () => {
  it('has words of its own and is read back from its text', () => {
    const all = ['command', 'call', 'end', 'extension', 'terminal', 'agent', 'mcp'] as const;
    assert.equal(new Set(all.map(callerWords)).size, all.length);
    for (const caller of all) assert.equal(callerOf(caller), caller);
    for (const none of ['', 'extension:a.b', 'other', 1, null]) assert.equal(callerOf(none), undefined);
  });
});
