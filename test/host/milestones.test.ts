import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { byHand } from '../../src/host/byHand.ts';
import { secretPlace } from '../../src/core/profile/profile.ts';
import { milestones } from '../../src/shared/contextKeys.ts';
import { open, withWay } from './editor/fixture.ts';
import { entryAt, eventually, servicesTest, setProfiles, tokenServer } from './realServices.ts';

/** The steps of the walkthrough that are reached, by what VS Code was told of their context keys. */
async function withMilestones(body: (reached: () => string[]) => Promise<void>): Promise<void> {
  const told = new Set<unknown>();
  const kept = Reflect.get(vscode.commands, 'executeCommand') as (...all: unknown[]) => Thenable<unknown>;
  const executeCommand = (...all: unknown[]) => {
    if (all[0] === 'setContext' && all[2] === true) told.add(all[1]);
    return kept.apply(vscode.commands, all);
  };
  Object.assign(vscode.commands, { executeCommand });
  try {
    await body(() => milestones.filter((key) => told.has(`oauthExplorer.${key}`)));
  } finally {
    Object.assign(vscode.commands, { executeCommand: kept });
  }
}

servicesTest('a step of the walkthrough is reached by success, and not by trying', (services) =>
  withMilestones((reached) =>
    withWay('literal', async () => {
      const reach = async (wanted: readonly string[]) => {
        await eventually(() => reached().length >= wanted.length);
        assert.deepEqual(reached(), wanted);
      };
      const server = await tokenServer();
      try {
        await setProfiles(services, undefined);
        for (const command of ['getToken', 'showToken', 'insertBearer'] as const) await services.run(command);
        assert.deepEqual(reached(), []);

        await setProfiles(services, [entryAt(server.origin, 'first')]);
        await reach(['hasProfile']);
        await open('No request is here.|\n', `${Date.now()}.txt`);
        assert.equal(await services.run('insertBearer', byHand({ profile: 'first' })), false);
        assert.deepEqual(reached(), ['hasProfile']);

        const profile = services.profiles.get('first')?.profile;
        assert.ok(profile);
        await services.secrets.set(secretPlace(profile), 'secret');
        const { document } = await open('GET http://a/|\n');
        assert.equal(await services.run('insertBearer', byHand({ profile: 'first' })), true);
        assert.match(document.getText(), /Authorization: Bearer TOKEN-first-1/);
        await reach(['hasProfile', 'hasToken', 'bearerInserted']);

        await services.run('showToken', { profile: 'first' });
        await reach(['hasProfile', 'hasToken', 'tokenShown', 'bearerInserted']);
        await services.run('exploreMcpServer', { url: `${server.origin}/mcp` });
        await reach([...milestones]);
      } finally {
        await server.close();
      }
    }),
  ),
);
