import * as vscode from 'vscode';
import { settingsSection, type SettingKey, type Settings } from '../shared/settings.ts';

type Reader<T> = (value: unknown) => T;

/** One reader per setting: a value of the wrong type counts as the default, a number outside the limits as the nearest limit. */
const readers: { readonly [K in SettingKey]: Reader<Settings[K]> } = {
  profiles: (value) => value,
  environments: (value) => value,
  activeProfile: (value) => (typeof value === 'string' ? value : ''),
  requestTimeout: number(30, 1, 600),
  signInTimeout: number(300, 10, 3600),
  insertBearerAs: choice('ask', 'literal', 'fileVariable', 'environment', 'reference'),
  codeLens: isOn,
  leakGuard: isOn,
  keepFlows: isOn,
  weaknessInTests: choice('passes', 'fails'),
};

/** The value of a setting in force (at `scope`), always of its type. */
export function setting<K extends SettingKey>(key: K, scope?: vscode.ConfigurationScope): Settings[K] {
  const value: unknown = vscode.workspace.getConfiguration(settingsSection, scope).get(key);
  return readers[key](value);
}

/** How long one request may take, in milliseconds. */
export function requestTimeout(): number {
  return setting('requestTimeout') * 1000;
}

/** Writes a setting into the user's settings. @throws Error of VS Code's when they cannot be written. */
export async function writeSetting<K extends SettingKey>(key: K, value: Settings[K]): Promise<void> {
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration(settingsSection).update(key, value, Global);
}

/** Calls `listener` when the setting changes anywhere. */
export function onSettingChange(key: SettingKey, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${settingsSection}.${key}`)) listener();
  });
}

function number(standard: number, least: number, most: number): Reader<number> {
  return (value) =>
    typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : standard;
}

/** On unless it is switched off. */
function isOn(value: unknown): boolean {
  return value !== false;
}

function choice<const T extends string>(standard: T, ...others: readonly T[]): Reader<T> {
  return (value) => [standard, ...others].find((one) => one === value) ?? standard;
}
