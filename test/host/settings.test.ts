import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../package.json' with { type: 'json' };
import { onSettingChange, setting } from '../../src/host/settings.ts';
import type { SettingKey } from '../../src/shared/settings.ts';
import { test } from './suite.ts';

const properties = manifest.contributes.configuration.properties;
const keys = Object.keys(properties).map((key) => key.replace('oauthExplorer.', '')) as SettingKey[];

async function write(key: SettingKey, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('oauthExplorer');
  await configuration.update(key, value, vscode.ConfigurationTarget.Global);
}

test('every setting of package.json is read, and has its default there', () => {
  for (const key of keys) assert.deepEqual(setting(key), properties[`oauthExplorer.${key}`].default, key);
});

test('a setting of the wrong type counts as its default', async () => {
  // These two are read entry by entry, each with its problem.
  for (const key of keys.filter((one) => one !== 'profiles' && one !== 'environments')) {
    const standard = setting(key);
    await write(key, { wrong: true });
    assert.deepEqual(setting(key), standard, key);
    await write(key, undefined);
  }
});

test('a number out of its limits counts as the nearest limit', async () => {
  for (const key of ['requestTimeout', 'signInTimeout'] as const) {
    const { minimum, maximum } = properties[`oauthExplorer.${key}`];
    await write(key, -5);
    assert.equal(setting(key), minimum);
    await write(key, 1e9);
    assert.equal(setting(key), maximum);
    await write(key, undefined);
  }
});

test('a change of a setting is heard by who listens to it, and by nobody else', async () => {
  const heard: string[] = [];
  const subscriptions = [
    onSettingChange('codeLens', () => heard.push('codeLens')),
    onSettingChange('requestTimeout', () => heard.push('requestTimeout')),
  ];
  await write('codeLens', false);
  assert.equal(setting('codeLens'), false);
  await write('codeLens', undefined);
  assert.deepEqual([...new Set(heard)], ['codeLens']);
  for (const subscription of subscriptions) subscription.dispose();
});
