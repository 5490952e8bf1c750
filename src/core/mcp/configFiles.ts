import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { jsonTree } from '../jsonTree.ts';

/** A server in a configuration file of MCP clients. */
export interface ConfiguredServer {
  readonly name: string;
  /** Where its `url` or `command` begins, in characters. */
  readonly offset: number;
  /** Absent for a server that is started as a process (stdio). */
  readonly url?: string;
}

/** Longest such file that is read, in characters. */
const longest = 1_000_000;

const places: readonly (readonly string[])[] = [
  ['servers'],
  ['mcpServers'],
  ['customizations', 'vscode', 'mcp', 'servers'],
];

/** The servers in a configuration file, in order; none when it is no such file or cannot be read. */
export function configuredServers(text: string): readonly ConfiguredServer[] {
  if (text.length > longest) return [];
  const { root } = jsonTree(text);
  if (root === undefined) return [];
  return places.flatMap((place) => {
    const servers = findNodeAtLocation(root, [...place]);
    return servers?.type === 'object' ? (servers.children ?? []).flatMap(serverOf) : [];
  });
}

function serverOf({ children: [key, value] = [] }: Node): readonly ConfiguredServer[] {
  if (key === undefined || value?.type !== 'object') return [];
  const name = String(key.value);
  const url = textOf(value, 'url') ?? textOf(value, 'serverUrl');
  if (url !== undefined) return [{ name, offset: url.offset, url: url.value }];
  const command = textOf(value, 'command');
  return command === undefined ? [] : [{ name, offset: command.offset }];
}

function textOf(server: Node, name: string): { readonly offset: number; readonly value: string } | undefined {
  const node = findNodeAtLocation(server, [name]);
  return node?.type === 'string'
    ? { offset: node.parent?.offset ?? node.offset, value: String(node.value) }
    : undefined;
}
