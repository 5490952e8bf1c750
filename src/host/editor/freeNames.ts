import * as vscode from 'vscode';
import { readDotenv } from '../../core/dotenv.ts';
import { valuesIn } from '../../core/httpFile/environment.ts';
import { definedNames, usedNames } from '../../core/httpFile/variable.ts';
import type { Leak } from '../../core/leaks/findLeaks.ts';
import { leakReference, leakVariable, type LeakFile } from '../../core/leaks/leakReference.ts';
import { environmentPlace, environmentTexts, type EnvironmentPlace } from './environmentFiles.ts';
import { readText } from './gitIgnore.ts';

/** The names for a secret that moves out of its file. */
export interface NewName {
  readonly name: string;
  /** Its name in a `.env` file. */
  readonly dotenv: string;
  /** What replaces the secret; absent in a `.env` file, which is the place for secrets. */
  readonly reference?: string;
}

/** Where a document's secret is moved: requests have their own environment files; for everything else it is `.env` beside the file. */
export async function placeFor(
  document: vscode.TextDocument,
  file: LeakFile,
): Promise<EnvironmentPlace | undefined> {
  if (file === 'http') return environmentPlace(document);
  return { kind: '.env', uri: vscode.Uri.joinPath(document.uri, '..', '.env') };
}

/**
 * A name for a secret that is neither in use nor referred to: a definition in the file would override the environment, and an
 * existing reference would send the secret.
 */
export async function newNameFor(
  document: vscode.TextDocument,
  file: LeakFile,
  place: EnvironmentPlace | undefined,
  { leak, value }: { readonly leak: Leak; readonly value: string },
): Promise<NewName> {
  const text = document.getText();
  const defined = file === 'http' ? definedNames(text) : new Set<string>();
  const used = file === 'http' ? usedNames(text) : shellNames(text);
  const keptAs = await keptIn(place);
  const isFree = (name: string) => {
    const kept = keptAs(name).filter((one) => one !== '');
    if (defined.has(name) || (kept.length === 0 && used.has(name))) return false;
    return kept.every((one) => one === value);
  };
  const isDotenv = place?.kind === '.env';
  const wanted = leakVariable(leak, file);
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}_${count}`;
    const dotenv = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
    if (count < 100 && !isFree(isDotenv ? dotenv : name)) continue;
    const reference =
      file === 'http' && isDotenv ? `{{$dotenv ${dotenv}}}` : leakReference(isDotenv ? dotenv : name, file);
    return { name, dotenv, ...(reference !== undefined && { reference }) };
  }
}

/** The values that are stored under a name. */
async function keptIn(place: EnvironmentPlace | undefined): Promise<(name: string) => readonly unknown[]> {
  if (place?.kind === '.env') {
    const kept = readDotenv(await readText(place.uri).catch(() => ''));
    return (name) => [kept.get(name) ?? ''];
  }
  const texts = place === undefined ? [] : await environmentTexts(place);
  return (name) => texts.flatMap((text) => valuesIn(text, name));
}

/** `${NAME}` and `${env:NAME}`. */
const shellNames = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\$\{(?:env:)?(\w{1,200})/g)].flatMap(([, name]) => name ?? []));
