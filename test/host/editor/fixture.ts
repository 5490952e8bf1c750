import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { insertBearerCommand } from '../../../src/host/editor/insertBearerCommand.ts';
import { RequestEditors } from '../../../src/host/editor/requestEditors.ts';
import type { Questions } from '../../../src/host/editor/questions.ts';
import type { ProfileToken, TokenSource } from '../../../src/host/editor/tokenSource.ts';

/** A token source with one or more profiles that issues `TOKEN-1`, `TOKEN-2`, ... */
export class Issuer implements TokenSource {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #all: readonly { readonly id: string; readonly name: string }[];
  readonly #tokens = new Map<string, ProfileToken>();
  issued = 0;

  constructor(...ids: readonly string[]) {
    this.#all = ids.map((id) => ({ id, name: `Profile ${id}` }));
  }

  profiles = () => Promise.resolve(this.#all);
  active = () => Promise.resolve(this.#all[0]);
  choose = (id: string | undefined) =>
    Promise.resolve(this.#all.find((profile) => id === undefined || profile.id === id));
  last = (id: string) => Promise.resolve(this.#tokens.get(id));
  obtain = async (id: string, renew: boolean) => {
    const known = this.#tokens.get(id);
    if (known && !renew) return known;
    return this.issue(id, Date.now() + 42.5 * 60_000);
  };

  /** Makes the profile's next token. */
  async issue(id: string, expiresAt: number): Promise<ProfileToken> {
    const profile = await this.choose(id);
    assert.ok(profile);
    const token = { profile, token: `TOKEN-${++this.issued}`, expiresAt };
    this.#tokens.set(id, token);
    this.#changed.fire();
    return token;
  }
}

/** Answers the questions a test expects; any other one fails it. */
export function answering(answers: Partial<Questions> = {}): Questions & { readonly asked: string[] } {
  const asked: string[] = [];
  const names = ['way', 'replace', 'which', 'environments', 'unignored'] as const;
  const all = names.map((name) => [
    name,
    (...given: unknown[]) => {
      asked.push(name);
      const answer = answers[name] as ((...given: unknown[]) => unknown) | undefined;
      assert.ok(answer, `“${name}” was asked, which was not expected.`);
      return answer(...given);
    },
  ]);
  return { ...(Object.fromEntries(all) as unknown as Questions), asked };
}

/** Which request the user means, as the extension finds it. */
export const requestEditors = new RequestEditors();

/** The command, with the editors of this window. */
export function insertBearerInto(
  source: TokenSource,
  questions: Questions,
  argument: unknown,
): Promise<boolean> {
  return insertBearerCommand(source, questions, argument, requestEditors);
}

/** The folder of the workspace. */
export function workspaceFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri;
}

/** Opens a file with the text in an editor; the cursor is at the `|`, which is taken out. */
export async function open(marked: string, name = `${randomUUID()}.http`, folder = workspaceFolder()) {
  const uri = vscode.Uri.joinPath(folder, name);
  const text = marked.replace('|', '');
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const offset = Math.max(0, marked.indexOf('|'));
  const position = document.positionAt(offset);
  editor.selection = new vscode.Selection(position, position);
  return { document, editor, uri };
}

/** A folder of its own below the workspace. */
export async function newFolder(): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(workspaceFolder(), randomUUID());
  await vscode.workspace.fs.createDirectory(folder);
  return folder;
}

/** Runs `body` with the setting `oauthExplorer.insertBearerAs`, and takes it back. */
export async function withWay(way: string, body: () => Promise<void>): Promise<void> {
  const settings = () => vscode.workspace.getConfiguration('oauthExplorer');
  await settings().update('insertBearerAs', way, vscode.ConfigurationTarget.Global);
  try {
    await body();
  } finally {
    await settings().update('insertBearerAs', undefined, vscode.ConfigurationTarget.Global);
  }
}

export async function read(folder: vscode.Uri, name: string): Promise<string> {
  return Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name))).toString('utf8');
}
