import * as vscode from 'vscode';
import {
  type EnvironmentFile,
  environmentsOf,
  environmentsWith,
  readEnvironment,
  setDotenv,
  setEnvironment,
} from '../../core/httpFile/environment.ts';
import { readDotenv } from '../../core/dotenv.ts';
import { addToGitIgnore, gitState, readText, UnreadableFile } from './gitIgnore.ts';
import { knownDialect } from './requestDialect.ts';
import type { Questions } from './questions.ts';
import { dialogs } from '../dialogs.ts';

const privateJson: EnvironmentFile = 'http-client.private.env.json';
const sharedJson = 'http-client.env.json';

/**
 * The JSON file for personal values; Visual Studio has a different one. @see Use .http files in Visual Studio, user-specific
 * environment files
 */
const ownJson = (document: vscode.TextDocument): EnvironmentFile =>
  knownDialect(document.getText()) === 'visual_studio' ? 'http-client.env.json.user' : privateJson;

/** The file that holds the tokens of a document's requests. */
export interface EnvironmentPlace {
  readonly kind: EnvironmentFile;
  readonly uri: vscode.Uri;
}

/** The folders whose environment files apply to a document: its own, and those above it up to the workspace's. */
export function environmentFolders(document: vscode.TextDocument): readonly vscode.Uri[] {
  const workspace = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  if (document.isUntitled) return (vscode.workspace.workspaceFolders ?? []).slice(0, 1).map(({ uri }) => uri);
  const folders = [vscode.Uri.joinPath(document.uri, '..')];
  for (let folder = folders[0]; folder && workspace && folder.path.length > workspace.path.length;)
    folders.push((folder = vscode.Uri.joinPath(folder, '..')));
  return folders;
}

async function firstWith(folders: readonly vscode.Uri[], name: string): Promise<vscode.Uri | undefined> {
  for (const folder of folders) {
    const uri = vscode.Uri.joinPath(folder, name);
    const there = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (there) return uri;
  }
  return undefined;
}

/**
 * Where a token is stored when it goes into an environment file: an existing file, else the one that the tool which sends the
 * requests reads (REST Client `.env`; httpYac, JetBrains, Visual Studio and Kulala the JSON files).
 *
 * @param inUse the variable that the request already refers to
 */
export async function environmentPlace(
  document: vscode.TextDocument,
  inUse?: string,
): Promise<EnvironmentPlace | undefined> {
  const folders = environmentFolders(document);
  const [own] = folders;
  if (!own) return undefined;
  if (inUse?.startsWith('$dotenv ')) return { kind: '.env', uri: vscode.Uri.joinPath(own, '.env') };
  const json = ownJson(document);
  const known = await firstWith(folders, json);
  if (known) return { kind: json, uri: known };
  const shared = await firstWith(folders, sharedJson);
  if (shared) return { kind: json, uri: vscode.Uri.joinPath(shared, '..', json) };
  const installed = (id: string) => vscode.extensions.getExtension(id) !== undefined;
  const dotenv = installed('humao.rest-client') && !installed('anweber.vscode-httpyac');
  const kind: EnvironmentFile = dotenv && json === privateJson ? '.env' : json;
  return { kind, uri: vscode.Uri.joinPath(own, kind) };
}

/** The texts of an environment file and of the shared one beside it, which it overrides. */
export function environmentTexts({ uri }: EnvironmentPlace): Promise<readonly string[]> {
  const files = [uri, vscode.Uri.joinPath(uri, '..', sharedJson)];
  // An unreadable file is reported when the request is sent.
  return Promise.all(files.map((file) => readText(file).catch(() => '')));
}

/** Writes the token to the file, after asking git about it. @returns false when the user decided against it */
export async function writeEnvironment(
  place: EnvironmentPlace,
  names: { readonly name: string; readonly dotenv: string },
  token: string,
  questions: Questions,
): Promise<boolean> {
  let isAllowed = false;
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = await readText(place.uri, true).catch(sayUnreadable);
    if (before === undefined) return false;
    const after =
      place.kind === '.env'
        ? setDotenv(before, names.dotenv, token)
        : await withEnvironments(place.uri, before, names.name, token, questions);
    if (after === undefined) return false;
    if (after === before) return true;
    isAllowed ||= await mayWrite(place.uri, questions);
    if (!isAllowed) return false;
    // Others may have changed the file while the user answered: nothing of theirs is lost.
    if ((await readText(place.uri, true).catch(sayUnreadable)) !== before) continue;
    await write(place.uri, after);
    return true;
  }
  const file = vscode.workspace.asRelativePath(place.uri);
  void dialogs.showErrorMessage(
    vscode.l10n.t('{0} is being changed by something else. Nothing was written; try again.', file),
  );
  return false;
}

function sayUnreadable(thrown: unknown): undefined {
  if (!(thrown instanceof UnreadableFile)) throw thrown;
  void dialogs.showErrorMessage(vscode.l10n.t('{0} Nothing was written.', thrown.message));
  return undefined;
}

async function withEnvironments(
  uri: vscode.Uri,
  before: string,
  name: string,
  token: string,
  questions: Questions,
): Promise<string | undefined> {
  const own = environmentsOf(before);
  const file = vscode.workspace.asRelativePath(uri);
  if (!own) {
    void dialogs.showErrorMessage(
      vscode.l10n.t(
        '{0} is not a valid environment file, so nothing was written. Correct it and try again.',
        file,
      ),
    );
    return undefined;
  }
  const holding = environmentsWith(before, name) ?? [];
  if (holding.length > 0) return setEnvironment(before, holding, name, token);
  const shared =
    environmentsOf((await readText(vscode.Uri.joinPath(uri, '..', sharedJson)).catch(sayUnreadable)) ?? '') ??
    [];
  const all = [...new Set([...own, ...shared])].filter((environment) => !environment.startsWith('$'));
  const chosen = all.length > 1 ? await questions.environments(file, all) : [all[0] ?? 'dev'];
  return chosen && setEnvironment(before, chosen, name, token);
}

async function mayWrite(uri: vscode.Uri, questions: Questions): Promise<boolean> {
  const state = await gitState(uri);
  if (state === 'ignored' || state === 'outside') return true;
  const answer = await questions.unignored(vscode.workspace.asRelativePath(uri), state);
  if (answer === 'ignore') await addToGitIgnore(uri);
  return answer !== undefined;
}

/** Writes the file itself, or its editor when that has unsaved changes. */
async function write(uri: vscode.Uri, text: string): Promise<void> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (!open?.isDirty) {
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, open.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}

/** The value of a variable in the environment file, by its name or `$dotenv NAME`. */
export async function readFromEnvironment(
  document: vscode.TextDocument,
  name: string,
): Promise<string | undefined> {
  const folders = environmentFolders(document);
  const dotenv = /^\$dotenv\s+(\S+)$/.exec(name)?.[1];
  const uri = await firstWith(folders, dotenv === undefined ? ownJson(document) : '.env');
  if (!uri) return undefined;
  // An unreadable file is reported when the request is sent.
  const text = await readText(uri).catch(() => '');
  if (dotenv !== undefined) return readDotenv(text).get(dotenv);
  for (const environment of environmentsOf(text) ?? []) {
    const value = readEnvironment(text, environment, name);
    if (value !== undefined) return value;
  }
  return undefined;
}
