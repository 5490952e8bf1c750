import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CommandName } from '../../src/shared/commands.ts';
import { machineProfile } from '../support/profiles.ts';
import { withServices } from './services.ts';
import { test, until } from './suite.ts';

const name = '$(flame) [Trust](command:evil)';
/** An icon or a link: what VS Code would make of the name. */
const drawn = /\$\(flame\)|\]\(/;

/** Every list that names what settings call something. */
const lists: readonly CommandName[] = [
  'setActiveProfile',
  'exportProfiles',
  'profileMenu',
  'switchEnvironment',
  'manageAccess',
  'manageRegistration',
  'getToken',
  'deleteProfile',
];

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test('no list, question or message makes an icon or a link of a profile’s, client’s or environment’s name', () =>
  withServices(async ({ services, add, user }) => {
    for (const id of ['one', 'two'])
      await add(machineProfile({ id, name, clientId: name, scopes: ['$(flame)'] }));
    const settings = vscode.workspace.getConfiguration('oauthExplorer', null);
    const { showQuickPick } = vscode.window;
    const heard: string[] = [];
    const shows = new Set<string>();
    let current = '';
    const look = (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) => {
      const texts = [
        ...items.flatMap(({ label, description, detail }) => textsIn([label, description, detail])),
        ...textsIn([options.title, options.placeHolder]),
      ];
      if (texts.some((text) => text.includes('$ (flame)'))) shows.add(current);
      heard.push(...texts);
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showQuickPick: look });
    try {
      await settings.update('environments', { [name]: { host: name } }, vscode.ConfigurationTarget.Global);
      await until('the environment', () => services.profiles.environments.list().environments.length > 0);
      await services.access.allows('extension', { profile: 'one', server: name }, () =>
        Promise.resolve('never'),
      );
      await services.active.set('one');
      for (const list of lists) {
        current = list;
        await services.run(list).catch(() => undefined);
      }
    } finally {
      Object.assign(vscode.window, { showQuickPick });
      await settings.update('environments', undefined, vscode.ConfigurationTarget.Global);
    }
    const said = [...heard, ...user.heard, ...user.boxes.flatMap(textsIn)];
    for (const text of said) assert.doesNotMatch(text, drawn);
    assert.deepEqual([...shows], lists);
  }));
