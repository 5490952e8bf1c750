import { posix } from 'node:path';
import * as vscode from 'vscode';
import { combineFiles } from '../core/import/combineFiles.ts';
import { decodeText } from '../core/import/decodeText.ts';
import type { ImportResult, Scope } from '../core/import/imported.ts';
import { importLongText, type ImportProgress } from '../core/import/importText.ts';
import { readTogether } from '../core/import/readTogether.ts';
import { dialogs } from './dialogs.ts';
import { readForeignFile } from './readForeignFile.ts';
import type { Item } from './safeWindow.ts';

/** What was found, and the files it came from, which may contain secrets. */
export interface ImportedFrom {
  readonly found: ImportResult;
  readonly files: readonly vscode.Uri[];
}

/** Files in which tools keep their clients. */
const worthReading =
  '**/{*.json,*.yml,*.yaml,*.bru,*.env,.env,.env.*,.envrc,*.properties,*.ini,*.conf,*.cfg,*.toml,*.tfvars,*.http,*.rest,*.ps1,*.sh,*.service,Dockerfile}';

/** Most files of a folder that are read. */
const mostFiles = 500;

/** The longest file that is read, in bytes. */
const longestFile = 80_000_000;

interface Way extends Item {
  read: () => Promise<ImportedFrom | undefined>;
}

/** Reads the files and folders at these URIs, at most 500; what is not in a file system is skipped. */
export function readNamed(uris: readonly unknown[]): Promise<ImportedFrom | undefined> {
  const all = uris
    .slice(0, mostFiles)
    .flatMap((uri) => (typeof uri === 'string' && URL.canParse(uri) ? [vscode.Uri.parse(uri)] : []))
    .filter(({ scheme }) => vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined);
  return withProgress(async (progress) => {
    const read: ImportedFrom[] = [];
    for (const uri of all) read.push(await ((await isFolder(uri)) ? readFolder : readFile)(uri, progress));
    const [first] = read;
    if (first && read.length === 1) return first;
    return {
      found: combineFiles(
        read.map(({ found }, at) => ({ file: posix.basename(all[at]?.path ?? ''), result: found })),
      ),
      files: read.flatMap(({ files }) => files),
    };
  });
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    // Reading it says what is wrong.
    return false;
  }
}

/** Asks where profiles are, and reads what is there; `undefined` when the user declined. */
export async function askForImport(): Promise<ImportedFrom | undefined> {
  const clipboard = await inTime(await vscode.env.clipboard.readText());
  const inClipboard = (found: ImportResult): Way => ({
    icon: 'clippy',
    label: vscode.l10n.t('From the Clipboard'),
    description: found.format,
    detail: vscode.l10n.t('{0} found', found.profiles.map(nameOf).join(', ')),
    read: () => Promise.resolve({ found, files: [] }),
  });
  const ways: Way[] = [
    ...clipboard.map(inClipboard),
    {
      icon: 'file',
      label: vscode.l10n.t('From a File…'),
      detail: vscode.l10n.t(
        'Of Postman, Bruno, Insomnia, HTTP Client, OpenAPI, Spring, Google, Azure, SAP, Keycloak, .env, …',
      ),
      read: fromFile,
    },
    {
      icon: 'folder-opened',
      label: vscode.l10n.t('From a Folder…'),
      detail: vscode.l10n.t('All supported files in it, such as a Bruno collection'),
      read: fromFolder,
    },
    {
      icon: 'edit',
      label: vscode.l10n.t('Type or Paste…'),
      detail: vscode.l10n.t('A curl command, an issuer’s URL, or any of those files’ text'),
      read: fromInput,
    },
  ];
  const title = vscode.l10n.t('Import Profiles');
  const way = await dialogs.showQuickPick(ways, { title, placeHolder: vscode.l10n.t('Where are they?') });
  return way?.read();
}

/** What a text contains that nobody asked to import: nothing, if finding out takes longer than a menu may. */
async function inTime(text: string): Promise<readonly ImportResult[]> {
  const signal = AbortSignal.timeout(500);
  const found = await importLongText(text, {}, { pause, signal }).catch(() => undefined);
  return found === undefined || found.profiles.length === 0 ? [] : [found];
}

async function fromInput(): Promise<ImportedFrom | undefined> {
  // It may hold a secret, so that it is not shown.
  const text = await dialogs.showInputBox({
    title: vscode.l10n.t('Import Profiles'),
    prompt: vscode.l10n.t('Paste a curl command of a token request, or the URL of an issuer.'),
    password: true,
  });
  return text === undefined
    ? undefined
    : withProgress(async (progress) => ({ found: await importLongText(text, {}, progress), files: [] }));
}

async function fromFile(): Promise<ImportedFrom | undefined> {
  const [file] = await askFor({ canSelectFiles: true });
  return file && withProgress((progress) => readFile(file, progress));
}

async function fromFolder(): Promise<ImportedFrom | undefined> {
  const [folder] = await askFor({ canSelectFiles: false, canSelectFolders: true });
  return folder && withProgress((progress) => readFolder(folder, progress));
}

async function askFor(options: vscode.OpenDialogOptions): Promise<readonly vscode.Uri[]> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import Profiles'),
    openLabel: vscode.l10n.t('Import'),
    ...options,
    ...(folder && { defaultUri: folder }),
  });
  return chosen ?? [];
}

const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Reads in steps between which everything else goes on; `undefined` when the user cancelled. */
async function withProgress(
  read: (progress: ImportProgress) => Promise<ImportedFrom>,
): Promise<ImportedFrom | undefined> {
  return dialogs.withProgress(vscode.l10n.t('Reading profiles…'), async (report, signal) => {
    try {
      return await read({
        signal,
        pause,
        onProgress: (profiles) => report(vscode.l10n.t('{0} found', profiles)),
      });
    } catch (thrown) {
      if (signal.aborted) return undefined;
      throw thrown;
    }
  });
}

/** Reads a file, with the one that belongs to it: JetBrains keeps secrets in a second file beside the first. */
export async function readFile(
  file: vscode.Uri,
  progress: ImportProgress,
  scope?: Scope,
): Promise<ImportedFrom> {
  const name = posix.basename(file.path);
  const text = await readText(file);
  if (typeof text !== 'string') return { found: unreadable(name, text.problem), files: [] };
  const other = companionOf(name);
  const beside = other === undefined ? undefined : vscode.Uri.joinPath(file, '..', other);
  const companion = beside && (await readText(beside));
  if (beside === undefined || typeof companion !== 'string')
    return {
      found: await importLongText(text, { fileName: name, ...(scope && { scope }) }, progress),
      files: [file],
    };
  const isPrivate = name.endsWith('.private.env.json');
  const options = { companion: isPrivate ? text : companion, fileName: name };
  return {
    found: await importLongText(isPrivate ? companion : text, options, progress),
    files: [file, beside],
  };
}

function companionOf(name: string): string | undefined {
  if (name.endsWith('.private.env.json')) return name.replace('.private.env.json', '.env.json');
  return name.endsWith('.env.json') ? name.replace(/\.env\.json$/, '.private.env.json') : undefined;
}

/** Reads all files of a folder that may contain clients; a file shared with a companion is read only with that. */
export async function readFolder(folder: vscode.Uri, progress: ImportProgress): Promise<ImportedFrom> {
  const pattern = new vscode.RelativePattern(folder, worthReading);
  const files = await vscode.workspace.findFiles(pattern, '**/{node_modules,.git,dist,out}/**', mostFiles);
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const paths = new Set(sorted.map(({ path }) => path));
  const isRead = ({ path }: vscode.Uri) => {
    const open = path.replace(/\.private\.env\.json$/, '.env.json');
    return open === path || !paths.has(open);
  };
  const named = new Map(sorted.filter(isRead).map((file) => [posix.relative(folder.path, file.path), file]));
  const from = new Map<string, readonly vscode.Uri[]>();
  const { results, holding } = await readTogether([...named.keys()], async (name, scope) => {
    progress.signal?.throwIfAborted();
    const { found, files } = await readFile(named.get(name) ?? folder, progress, scope);
    from.set(name, files);
    return found;
  });
  return { found: combineFiles(results), files: holding.flatMap((name) => from.get(name) ?? []) };
}

async function readText(file: vscode.Uri): Promise<string | { readonly problem: string }> {
  const found = await readForeignFile(file, longestFile, true);
  switch (found.kind) {
    case 'read':
      return decodeText(found.bytes);
    case 'no_file':
      return { problem: vscode.l10n.t('it is not a file') };
    case 'too_large':
      return { problem: vscode.l10n.t('it is longer than {0} MB', longestFile / 1_000_000) };
    case 'changing':
      return { problem: vscode.l10n.t('it is being changed by something else') };
    default:
      return { problem: vscode.l10n.t('it does not exist or cannot be read') };
  }
}

function unreadable(name: string, reason: string): ImportResult {
  return {
    format: '',
    profiles: [],
    problems: [vscode.l10n.t('{0} could not be read: {1}.', name, reason)],
  };
}

function nameOf({ entry }: ImportResult['profiles'][number]): string {
  return typeof entry['name'] === 'string' ? entry['name'] : '?';
}
