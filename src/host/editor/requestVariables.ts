import * as vscode from 'vscode';
import { environmentsOf, readDotenv, readEnvironment } from '../../core/httpFile/environment.ts';
import type { VariableSource } from '../../core/httpFile/resolveVariables.ts';
import { environmentFolders } from './environmentFiles.ts';
import { readText } from './gitIgnore.ts';

const jsonFiles = ['http-client.private.env.json', 'http-client.env.json'];

/** The environment files that count for a document, read once. */
export interface EnvironmentTexts {
  /** `http-client*.env.json`, the nearest and the private first. */
  readonly json: readonly string[];
  /** `.env`, the nearest first. */
  readonly dotenv: readonly string[];
}

/** Reads the environment files of the document's folder and those above it. */
export async function readEnvironmentTexts(document: vscode.TextDocument): Promise<EnvironmentTexts> {
  const folders = environmentFolders(document);
  const texts = async (names: readonly string[]) => {
    const all = folders.flatMap((folder) => names.map((name) => readText(vscode.Uri.joinPath(folder, name))));
    return (await Promise.all(all)).filter((text) => text !== '');
  };
  return { json: await texts(jsonFiles), dotenv: await texts(['.env']) };
}

/** The environments one can choose from. */
export function environmentNames({ json }: EnvironmentTexts): readonly string[] {
  const names = json.flatMap((text) => environmentsOf(text) ?? []);
  return [...new Set(names)].filter((name) => !name.startsWith('$'));
}

/** What stands between braces and is not defined in the file itself; what only a script could know stays unknown. */
export function requestVariables(texts: EnvironmentTexts, environment: string | undefined): VariableSource {
  const first = <T>(all: readonly T[], read: (one: T) => string | undefined) => {
    for (const one of all) {
      const value = read(one);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  return (name) => {
    if (name.startsWith('$'))
      return dynamic(name, (key) => first(texts.dotenv, (text) => readDotenv(text, key)));
    const inJson = first(texts.json, (text) =>
      first([environment, '$shared'], (one) =>
        one === undefined ? undefined : readEnvironment(text, one, name),
      ),
    );
    // httpYac takes the variables of a .env file by their plain name.
    return inJson ?? first(texts.dotenv, (text) => (/^\w+$/.test(name) ? readDotenv(text, name) : undefined));
  };
}

function dynamic(name: string, dotenv: (key: string) => string | undefined): string | undefined {
  const [kind, first = '', second = ''] = name.split(/\s+/);
  switch (kind) {
    case '$dotenv':
      return /^\w+$/.test(first) ? dotenv(first) : undefined;
    case '$processEnv':
      return vscode.workspace.isTrusted ? process.env[first] : undefined;
    case '$guid':
    case '$uuid':
    case '$random.uuid':
      return crypto.randomUUID();
    case '$timestamp':
      return first === '' ? String(Math.floor(Date.now() / 1000)) : undefined;
    case '$isoTimestamp':
      return new Date().toISOString();
    case '$randomInt':
      return randomInteger(Number(first || '0'), Number(second || '1000'));
    default:
      return undefined;
  }
}

function randomInteger(from: number, to: number): string | undefined {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || to <= from) return undefined;
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(from + (random % (to - from)));
}
