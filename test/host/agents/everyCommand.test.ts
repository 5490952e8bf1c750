// What leaves by a command that another extension, a task or an agent runs, whatever it hands over: nothing the user has not agreed to.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { byHand } from '../../../src/host/byHand.ts';
import type { Services } from '../../../src/host/services.ts';
import { commands, type CommandName } from '../../../src/shared/commands.ts';
import { open, withWay } from '../editor/fixture.ts';
import { entryAt, servicesTest, setProfiles } from '../realServices.ts';
import { now } from '../suite.ts';
import { leavingAll } from '../user.ts';

/**
 * What could leave by each command, and what stands before it. A new command does not compile before it stands here.
 *
 * `consent`: a token goes where its caller reads it, or with what its caller wrote; asked once, listed and taken back in `manageAccess`.
 * `choice`: something of the user's goes to the clipboard or a file of the user's choice; the user chooses what, and where.
 * `end`: a token or a sign-in ends; asked once, like `consent`.
 * `host`: a token or a request goes to a server; only to one it is for, or the user agreed to, and its caller is told nothing of it.
 * `seen`: it opens, draws, asks or changes something that the user sees; what its caller gets holds no secret.
 */
const gates: Readonly<Record<CommandName, 'consent' | 'end' | 'choice' | 'host' | 'seen'>> = {
  ...{ accessToken: 'consent', copyToken: 'consent', insertBearer: 'consent', openTerminal: 'consent' },
  ...{ callApi: 'consent', checkApi: 'consent' },
  ...{ exportFlow: 'choice', exportProfiles: 'choice', copySecretHash: 'choice', writeContract: 'choice' },
  ...{ clientDocument: 'choice', savePublicKey: 'choice', moveSecret: 'choice', importProfiles: 'choice' },
  ...{ introspectToken: 'host', userInfo: 'host', revokeToken: 'end' },
  ...{ signOut: 'end', getToken: 'host', refreshToken: 'host', registerClient: 'host' },
  ...{ manageRegistration: 'host', runFlowAgain: 'host', exploreMcpServer: 'host', checkMcpServer: 'host' },
  // The address of a sign-in, the code that a user types and a public half are no secrets of the client or the user.
  ...{ copySignInUrl: 'seen', copyUserCode: 'seen', copyPublicKey: 'seen', pasteRedirect: 'seen' },
  ...{ addProfile: 'seen', editProfile: 'seen', deleteProfile: 'seen', renameProfile: 'seen' },
  ...{ duplicateProfile: 'seen', setActiveProfile: 'seen', activateProfile: 'seen', arrangeProfiles: 'seen' },
  ...{ switchEnvironment: 'seen', findInProfiles: 'seen', profileMenu: 'seen', setSecret: 'seen' },
  ...{
    rotateKey: 'seen',
    showToken: 'seen',
    manageAccess: 'seen',
    removeLeftovers: 'seen',
    showFlow: 'seen',
  },
  ...{
    showFailure: 'seen',
    compareFlows: 'seen',
    deleteFlow: 'seen',
    clearFlows: 'seen',
    cancelFlow: 'seen',
  },
  ...{
    compareTokens: 'seen',
    decodeToken: 'seen',
    findScopes: 'seen',
    runChecks: 'seen',
    showEvidence: 'seen',
  },
  ...{ openProfileSettings: 'seen', showOutput: 'seen', startDemoServer: 'seen', tryDemo: 'seen' },
  ...{ stopDemoServer: 'seen' },
};

const token = `tOkEn-oF-tHe-UsEr-${'q7'.repeat(20)}`;
const question =
  /^A (task, another extension or an agent|terminal) wants (the access token of|to send requests with the access token of|to end the token or the sign-in of)/;

/** Puts the token back where a command has taken it away; to store it takes a while. */
async function plant(services: Services) {
  const profile = services.profiles.get('first')?.profile;
  assert.ok(profile);
  if ((await services.tokens.get(profile))?.access_token === token) return;
  const kept = { access_token: token, token_type: 'Bearer', received_at: Date.now() };
  const more = { expires_at: Date.now() + 3_600_000, requested_scopes: [], extra: {} };
  await services.tokens.set(profile, { ...kept, ...more });
}

/** Whatever a caller of any kind reads: the clipboard, files and texts of the workspace, terminals. */
async function readable(): Promise<string> {
  const files = await vscode.workspace.findFiles('**/*');
  const texts = await Promise.all(files.map(async (uri) => vscode.workspace.fs.readFile(uri)));
  return [
    await vscode.env.clipboard.readText(),
    ...texts.map((bytes) => Buffer.from(bytes).toString('utf8')),
    ...vscode.workspace.textDocuments
      .filter(({ uri }) => uri.scheme === 'file' || uri.scheme === 'untitled')
      .map((document) => document.getText()),
    ...vscode.window.terminals.map(({ creationOptions }) => JSON.stringify(creationOptions)),
  ].join('\n');
}

/** An object of an extension of the same host that is not the same twice. */
function changing(first: string | undefined, then: string): object {
  let reads = 0;
  return {
    get profile() {
      return reads++ === 0 ? first : then;
    },
  };
}

/** What any caller can write, and what it can only guess. */
const handedOver = (uri: string): readonly (readonly [string, unknown])[] => {
  const place = { uri, line: 0, character: 0 };
  return [
    ['nothing', undefined],
    ['null', null],
    ['an address, as a right click does', vscode.Uri.parse(uri)],
    ['a profile', { profile: 'first' }],
    ['the active profile', { active: true }],
    ['a profile and a request', { profile: 'first', ...place, variable: 'TOKEN_X', to: 'environment' }],
    ['a request', place],
    ['a request that is to be renewed', { ...place, renew: true }],
    ['what looks like a row', { line: { id: 'first', context: 'profile' }, variable: 'TOKEN_X' }],
    ['what says nothing at first', changing(undefined, 'first')],
    ['what names another at first', changing('second', 'first')],
    ['a guess', { profile: 'first', ...place, hand: crypto.randomUUID() }],
    ['a flag', { profile: 'first', ...place, hand: true }],
  ];
};

servicesTest('no command lets a token out of what its caller hands over', (services) =>
  withWay('literal', async () => {
    assert.deepEqual(Object.keys(gates).sort(), Object.keys(commands).sort());
    await setProfiles(services, [entryAt('http://127.0.0.1:1', 'first')]);
    const { document } = await open('GET http://127.0.0.1:1/|\n');
    const uri = document.uri.toString();
    const before = await vscode.env.clipboard.readText();
    await vscode.env.clipboard.writeText('before');
    try {
      for (const name of Object.keys(commands) as CommandName[]) {
        const isGated = gates[name] === 'consent' || gates[name] === 'end';
        for (const [what, argument] of handedOver(uri)) {
          // Of all else the fullest one is enough, and of checkApi, which reads its argument as callApi does.
          const isOne = gates[name] !== 'consent' || name === 'checkApi';
          if (isOne && what !== 'a profile and a request') continue;
          now(`${name}: ${what}`);
          await plant(services);
          await leavingAll(async (said) => {
            const result = await services.run(name, argument).catch((thrown: unknown) => String(thrown));
            assert.ok(!JSON.stringify([result]).includes(token), `${name} returned it: ${what}`);
            const isNamed = what.includes('profile') || /row|guess|flag/.test(what);
            const isAsked = said.some((text) => question.test(text));
            const wanted = isGated && isNamed;
            if (wanted) assert.ok(isAsked, `${name} did not ask: ${what}`);
            if (!isGated) assert.ok(!isAsked, `${name} asked: ${what}`);
          });
          assert.ok(!(await readable()).includes(token), `${name} left it: ${what}`);
        }
      }
    } finally {
      await vscode.env.clipboard.writeText(before);
    }
  }),
);

servicesTest('the only token there is does not end before the user has chosen it', async (services) => {
  await setProfiles(services, [entryAt('http://127.0.0.1:1', 'first')]);
  for (const name of Object.keys(commands) as CommandName[]) {
    if (gates[name] !== 'end') continue;
    now(name);
    await plant(services);
    const before = services.flows.entries.length;
    await leavingAll(() => services.run(name).then(() => undefined));
    assert.equal(services.flows.entries.length, before, name);
  }
});

servicesTest('what the user presses is not asked about', (services) =>
  withWay('literal', async () => {
    await setProfiles(services, [entryAt('http://127.0.0.1:1', 'first')]);
    const { document } = await open('GET http://127.0.0.1:1/|\n');
    const place = { profile: 'first', uri: document.uri.toString(), line: 0 };
    const insert = (argument: object) =>
      leavingAll(async (said) => {
        await plant(services);
        await services.run('insertBearer', argument);
        assert.equal(said.filter((text) => question.test(text)).length, argument === place ? 1 : 0);
      });
    await insert(place);
    assert.ok(!document.getText().includes('Authorization'));
    await insert(byHand(place));
    assert.ok(document.getText().includes('Authorization'));
  }),
);
