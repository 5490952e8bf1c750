import * as vscode from 'vscode';
import { contractFile } from '../core/contract/contract.ts';
import { longestContract, parseContract, type ParsedContract } from '../core/contract/parseContract.ts';
import { readForeignFile, unreadable } from './readForeignFile.ts';

/** The contract of a workspace: its address, existing or not, and its text as the editor has it. */
export interface ContractText {
  readonly uri: vscode.Uri;
  /** Absent when the file is missing or was not read. */
  readonly text?: string;
  /** Why the existing file was not read, as a sentence. */
  readonly unread?: string;
}

/** Whether a document is a contract of an open folder. */
export function isContract({ uri }: vscode.TextDocument): boolean {
  return vscode.workspace.workspaceFolders?.some((folder) => isSame(uriIn(folder), uri)) ?? false;
}

/** The first contract of the open folders, else where one would be written; absent without a folder. */
export async function findContract(): Promise<ContractText | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const folder of folders) {
    const uri = uriIn(folder);
    const found = await readText(uri);
    if (found !== undefined) return { uri, ...found };
  }
  const [first] = folders;
  return first && { uri: uriIn(first) };
}

/** What the contract of the workspace promises; absent when there is none. */
export async function readContract(): Promise<(ParsedContract & ContractText) | undefined> {
  const found = await findContract();
  return found?.text === undefined ? undefined : { ...found, ...parseContract(found.text) };
}

function uriIn({ uri }: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(uri, contractFile);
}

function isSame(one: vscode.Uri, other: vscode.Uri): boolean {
  return one.toString() === other.toString();
}

/** The text in an open editor, else on disk; a workspace may contain anything under that name. */
async function readText(uri: vscode.Uri): Promise<Omit<ContractText, 'uri'> | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => isSame(document.uri, uri));
  if (open) return { text: open.getText() };
  const most = 4 * longestContract;
  const found = await readForeignFile(uri, most);
  if (found.kind === 'missing') return undefined;
  return found.kind === 'read'
    ? { text: new TextDecoder().decode(found.bytes) }
    : { unread: unreadable(contractFile, found.kind, most) };
}
