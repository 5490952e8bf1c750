import * as vscode from 'vscode';
import { contractFile } from '../core/contract/contract.ts';
import { longestContract, parseContract, type ParsedContract } from '../core/contract/parseContract.ts';

/** The contract of a workspace: where it is or would be, and its text as the editor has it. */
export interface ContractText {
  readonly uri: vscode.Uri;
  /** Absent when there is none. */
  readonly text?: string;
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
    const text = await readText(uri);
    if (text !== undefined) return { uri, text };
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

/** As an open editor has it, else as it is on the disk. */
async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => isSame(document.uri, uri));
  if (open) return open.getText();
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > 4 * longestContract) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // There is none.
    return undefined;
  }
}
