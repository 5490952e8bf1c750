// What other extensions, keybindings and tasks hand to our commands in a real VS Code.
import assert from 'node:assert/strict';
import { hasUnprintable } from '../../src/core/profile/problem.ts';
import { commands, type CommandName } from '../../src/shared/commands.ts';
import { entryAt, servicesTest, setProfiles } from './realServices.ts';
import { now } from './suite.ts';
import { leavingAll } from './user.ts';

const canary = 'cAnArY7q2Wx9LmZp4RtVb8';

function trap(): object {
  const refuse = () => {
    throw new Error(canary);
  };
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse });
}

function endless(): object {
  const value: Record<string, unknown> = { [canary]: 1 };
  for (const name of ['profile', 'line', 'flow', 'entry', 'uri', 'self']) value[name] = value;
  return value;
}

const each = (value: unknown) => ({
  ...{ profile: value, flow: value, line: value, uri: value, token: value, server: value, url: value },
  ...{ environment: value, id: value, text: value, to: value, character: value, entry: value, other: value },
});

/** What no command takes. */
const hostile: readonly (readonly [what: string, argument: unknown])[] = [
  ['an object that throws', trap()],
  ['an object without end', endless()],
  ['members that throw', each(trap())],
  ['members without end', each(endless())],
  ['numbers', each(Number.NaN)],
  ['functions', each(() => canary)],
  ['a symbol', Symbol(canary)],
  ['a big integer', each(10n)],
  ['null', each(null)],
  ['an empty text', ''],
  ['a list', [[[canary]]]],
  ['a long text', each('x'.repeat(1 << 20))],
  ['signs that nobody sees', each(`\u202e\u0007[x](command:workbench.action.quit)`)],
  ['paths', each('../../../../dev/zero')],
  ['addresses', each('file:///dev/zero')],
  ['prototypes', each('__proto__')],
];

/** These begin something that goes on: a server, a terminal, a document in the editor. */
const leftOut: readonly CommandName[] = [
  'startDemoServer',
  'tryDemo',
  'showOutput',
  'openProfileSettings',
  'openTerminal',
];

/** Our own link to the view of a failure. */
const explain = /\[Explain\]\(command:oauthExplorer\.showFailure\?[\w%-]+\)/g;

servicesTest('each command takes what it is not made for in silence or with a sentence', async (services) => {
  await setProfiles(services, [entryAt('http://127.0.0.1:1', 'first')]);
  await leavingAll(async (said) => {
    for (const name of Object.keys(commands) as CommandName[]) {
      if (leftOut.includes(name)) continue;
      for (const [what, argument] of hostile) {
        now(`${name}: ${what}`);
        const ended = await services.run(name, argument).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        // Its result is for the caller, who is told, too, when there is none, or gets what its own argument threw.
        if (name === 'accessToken') assert.ok(ended instanceof Error);
        else assert.equal(ended, undefined, `${name}: ${what}`);
      }
    }
    for (const text of said) {
      assert.ok(!text.includes(canary) && !hasUnprintable(text) && text.length < 2000, text.slice(0, 500));
      const shown = text.replace(explain, '');
      assert.doesNotMatch(shown, /\]\(command|unexpected|is not a function|undefined|\[object/i);
    }
  });
});
