import { getNodeValue } from 'jsonc-parser';
import { isObject, objectOf } from '../../shared/json.ts';
import { jsonTree } from '../jsonTree.ts';
import type { HttpDialect } from './dialect.ts';
import type { RequestNote } from './requestNotes.ts';

/** A file beside the request's, or above it, that its tool reads. */
export interface ToolFile {
  /** Without folders. */
  readonly name: string;
  readonly text: string;
}

const environmentFile = /^http-client\.(?:private\.)?env\.json$/;
/** @see https://httpyac.github.io/config */
const httpyacFile = /^(?:\.?httpyac\.config|\.httpyac)\.(?:c?js|json)$|^package\.json$/;

/** What httpYac's configuration can change of a request. */
const httpyacKeys = (
  'cookieJarEnabled request proxy requestBodyInjectVariablesExtensions clientCertificates defaultHeaders ' +
  'environments envDirName useRegionScopedVariables configureHooks plugins'
).split(' ');

/** What an environment file has besides variables that changes a request. */
const environmentKeys: Readonly<Partial<Record<HttpDialect, readonly string[]>>> = {
  jetbrains: ['SSLConfiguration'],
  kulala: ['SSLConfiguration', '$kulalaDefaultCurlOptions'],
};

/** Whether a tool may find in a file of this name what changes its requests. */
export function isToolFile(dialect: HttpDialect, name: string): boolean {
  return dialect === 'httpyac'
    ? httpyacFile.test(name)
    : dialect in environmentKeys && environmentFile.test(name);
}

/** What the files of the request's own tool would change of it, by the names of what they set: never a value. */
export function toolFileNotes(
  dialect: HttpDialect,
  line: number,
  files: readonly ToolFile[],
): readonly RequestNote[] {
  return files
    .filter(({ name }) => isToolFile(dialect, name))
    .flatMap((file) => (dialect === 'httpyac' ? inConfiguration(file) : inEnvironments(dialect, file)))
    .map((message) => ({ line, message }));
}

function inConfiguration({ name, text }: ToolFile): string[] {
  const lost = 'headers, cookies, proxies and variables that it sets are not used.';
  if (!name.endsWith('.json')) return [`${name} is code that is not run here: ${lost}`];
  const json = valueOf(text);
  const isPackage = name === 'package.json';
  if (json === undefined) return isPackage ? [] : [`${name} cannot be read: ${lost}`];
  const set = setIn(isPackage ? objectOf(json['httpyac']) : json, httpyacKeys);
  return set.length === 0 ? [] : [`What ${name} sets is not used: ${set.join(', ')}.`];
}

function inEnvironments(dialect: HttpDialect, { name, text }: ToolFile): string[] {
  const environments = Object.values(valueOf(text) ?? {}).map(objectOf);
  const keys = environmentKeys[dialect] ?? [];
  const set = new Set(environments.flatMap((one) => setIn(one, keys)));
  return [...set].map((key) => `${key} in ${name} is not used.`);
}

/** Those of the names that are set to something that does something. */
function setIn(object: Readonly<Record<string, unknown>>, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => {
    const value = object[key];
    return Boolean(value) && JSON.stringify(value) !== '{}' && JSON.stringify(value) !== '[]';
  });
}

/** JSON with comments, when it is an object and whole. */
function valueOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const { root, error } = jsonTree(text.replace(/^\uFEFF/, ''));
  if (root === undefined || error !== undefined) return undefined;
  const value: unknown = getNodeValue(root);
  return isObject(value) ? objectOf(value) : undefined;
}
