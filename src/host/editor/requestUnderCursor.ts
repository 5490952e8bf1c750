import * as vscode from 'vscode';
import type { BodyPart } from '../../core/httpFile/body.ts';
import { insertBearer } from '../../core/httpFile/insertBearer.ts';
import { type ReadRequest, readRequest } from '../../core/httpFile/readRequest.ts';
import { requestAt } from '../../core/httpFile/request.ts';
import { resolveVariables, type VariableSource } from '../../core/httpFile/resolveVariables.ts';
import { environmentNames, readEnvironmentTexts, requestVariables } from './requestVariables.ts';
import { analyse, findTarget, readRequestArgument, type Target } from './target.ts';

/** A request of a file, ready to be sent. */
export interface RequestToSend extends Omit<ReadRequest, 'body'> {
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly document: vscode.TextDocument;
  /** Zero-based line of the request line. */
  readonly line: number;
}

/** The most a body may take in from files, in bytes. */
const longestBody = 10 * 1024 * 1024;

/**
 * The request at a command's argument or under the cursor, with its variables filled in.
 *
 * @returns undefined when there is none that can be sent, which the user was told, or when the user chose no environment.
 */
export async function requestUnderCursor(rawArgument: unknown): Promise<RequestToSend | undefined> {
  const target = await findTarget(readRequestArgument(rawArgument));
  if (!target) return undefined;
  const { text, file, offset } = analyse(target);
  const found = requestAt(file, offset);
  const tried = insertBearer(
    text,
    file,
    offset,
    { way: 'environment', name: 'token' },
    { which: 0, replace: true },
  );
  if (!found || tried.kind === 'refusal') {
    if (tried.kind === 'refusal') void vscode.window.showInformationMessage(tried.message);
    return undefined;
  }
  const read = (source?: VariableSource) => readRequest(text, found.block, found.request, source);
  const source = await chooseVariables(target, read().unresolved);
  if (!source) return undefined;
  const { body: parts, ...request } = read(source);
  const body = parts && (await joinBody(target.document, parts, source));
  if (parts && !body) return undefined;
  return { ...request, ...(body && { body }), document: target.document, line: found.request.line };
}

/** The variables of the environment files; asks for the environment when that makes a difference. */
async function chooseVariables(
  { document }: Target,
  wanted: readonly string[],
): Promise<VariableSource | undefined> {
  const texts = await readEnvironmentTexts(document);
  const names = environmentNames(texts);
  const matters = names.filter((name) =>
    wanted.some((one) => requestVariables(texts, name)(one) !== undefined),
  );
  if (names.length < 2 || matters.length === 0) return requestVariables(texts, names[0]);
  const title = vscode.l10n.t('Which environment?');
  const environment = await vscode.window.showQuickPick([...names], { title });
  return environment === undefined ? undefined : requestVariables(texts, environment);
}

async function joinBody(
  document: vscode.TextDocument,
  parts: readonly BodyPart[],
  source: VariableSource,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const pieces: Buffer[] = [];
  for (const part of parts) {
    const piece = part.kind === 'text' ? Buffer.from(part.text) : await readPart(document, part, source);
    if (!piece) return undefined;
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

async function readPart(
  document: vscode.TextDocument,
  part: Extract<BodyPart, { kind: 'file' }>,
  source: VariableSource,
): Promise<Buffer | undefined> {
  const absolute = /^(?:\/|[A-Za-z]:[\\/])/.test(part.path);
  const uri = absolute ? vscode.Uri.file(part.path) : vscode.Uri.joinPath(document.uri, '..', part.path);
  const fail = (why: string) => void vscode.window.showErrorMessage(why);
  if (!vscode.workspace.isTrusted && !vscode.workspace.getWorkspaceFolder(uri)) {
    fail(vscode.l10n.t('The body file {0} lies outside of this workspace, which is not trusted.', part.path));
    return undefined;
  }
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > longestBody) {
      fail(vscode.l10n.t('The body file {0} is larger than 10 MiB, so the request was not sent.', part.path));
      return undefined;
    }
    const content = Buffer.from(await vscode.workspace.fs.readFile(uri));
    return part.resolveVariables
      ? Buffer.from(resolveVariables(content.toString('utf8'), source, new Set()))
      : content;
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    fail(vscode.l10n.t('The body file {0} could not be read, so the request was not sent.', part.path));
    return undefined;
  }
}
