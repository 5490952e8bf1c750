import { getNodeValue } from 'jsonc-parser';
import { errorWords, jsonTree } from '../jsonTree.ts';
import { findSetting, type FileSetting } from './locateEntry.ts';

/** Longest settings file that is read, in characters. */
export const longestSettings = 4 * 1024 * 1024;

/** The setting's value in a settings file (undefined when it has none), or why the file cannot be read. */
export type ReadSettings = { readonly value: unknown } | { readonly problem: string };

/**
 * Reads a setting from the text of a settings.json or .code-workspace file, with comments and trailing commas as VS Code allows
 * them, or from a file that is the list of profiles itself. Never throws.
 */
export function readSettings(text: string, key: FileSetting = 'oauthExplorer.profiles'): ReadSettings {
  if (text.length > longestSettings)
    return { problem: `it has more than ${longestSettings / 1024 / 1024} million characters` };
  return read(text.replace(/^\ufeff/, ''), key);
}

function read(text: string, key: FileSetting): ReadSettings {
  const { root, error, tooDeep } = jsonTree(text);
  if (tooDeep) return { problem: 'its brackets are nested too deeply' };
  // Empty, or comments only.
  if (root === undefined && (error?.offset ?? 0) >= text.trimEnd().length) return { problem: 'it is empty' };
  if (error !== undefined) return { problem: `${place(text, error.offset)}: ${errorWords(error)}` };
  if (root === undefined) return { problem: 'it is empty' };
  if (root.type === 'array')
    return { value: key === 'oauthExplorer.profiles' ? getNodeValue(root) : undefined };
  const setting = findSetting(root, key);
  return { value: setting && getNodeValue(setting.node) };
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}
