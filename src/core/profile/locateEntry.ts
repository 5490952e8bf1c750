import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { jsonTree } from '../jsonTree.ts';

/** A range in a text, in UTF-16 code units. */
export interface TextSpan {
  readonly offset: number;
  readonly length: number;
}

/** The settings that are read from files directly. */
export type FileSetting = 'oauthExplorer.profiles' | 'oauthExplorer.environments';

/** The paths at which a setting may be: settings.json, the same as nested objects, a .code-workspace file. */
const places = (key: FileSetting) => [
  [key],
  key.split('.'),
  ['settings', key],
  ['settings', ...key.split('.')],
];

/**
 * Finds an entry of the setting, or the part of it at `path`, in the text of a settings file (JSON with comments, also while it
 * is being typed). Where `path` leads nowhere, the nearest thing around it is returned; undefined when the setting is missing.
 */
export function locateEntry(
  text: string,
  index: number,
  path: readonly (string | number)[] = [],
): TextSpan | undefined {
  const { root } = jsonTree(text);
  const setting = root && findSetting(root);
  return setting && nearest(setting.node, [index, ...path]);
}

/** Finds the setting's value and path in a settings file; of several with the same name the last, which VS Code uses. */
export function findSetting(
  root: Node,
  key: FileSetting = 'oauthExplorer.profiles',
): { readonly node: Node; readonly path: readonly string[] } | undefined {
  for (const path of places(key)) {
    const node = path.reduce<Node | undefined>(lastMember, root);
    if (node) return { node, path };
  }
  return undefined;
}

function lastMember(object: Node | undefined, name: string): Node | undefined {
  const members = object?.type === 'object' ? (object.children ?? []) : [];
  return members.findLast(({ children: [key] = [] }) => key?.value === name)?.children?.[1];
}

function nearest(setting: Node, path: readonly (string | number)[]): TextSpan {
  let node = setting;
  for (let length = 1; length <= path.length; length++) {
    const next = findNodeAtLocation(setting, path.slice(0, length));
    if (!next) break;
    node = next;
  }
  // A field is shown with its name, which may be what is wrong.
  const shown = node !== setting && node.parent?.type === 'property' ? node.parent : node;
  return { offset: shown.offset, length: shown.length };
}
