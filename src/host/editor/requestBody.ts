import * as vscode from 'vscode';
import type { BoundedFile } from '../../adapters/boundedFile.ts';
import { decodeAs } from '../../core/http/decodeAs.ts';
import type { BodyPart } from '../../core/httpFile/bodyPart.ts';
import type { HttpDialect } from '../../core/httpFile/dialect.ts';
import { quoted, withFileVariables } from '../../core/httpFile/graphql.ts';
import type { ReadRequest } from '../../core/httpFile/readRequest.ts';
import { readForeignFile, unreadable } from '../readForeignFile.ts';
import { knownDialect } from './requestDialect.ts';

/** Most bytes that a body may include from files. */
const longestBody = 10 * 1024 * 1024;

/** The files of a body that were already read, by URI. */
export type BodyFiles = Map<string, Promise<BoundedFile>>;

/** What a request's body may include from files, and where they are looked for. */
export interface BodyOf {
  readonly document: vscode.TextDocument;
  readonly dialect: HttpDialect;
  readonly read: Pick<ReadRequest, 'body' | 'fill'>;
  /** Absent: each file is read anew, as when the request is sent. */
  readonly files?: BodyFiles;
}

/** The bytes of a body, or why it cannot be put together, as a sentence. */
export type JoinedBody = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: string };

/**
 * Puts a body together, with the files that it includes.
 *
 * @param isKnown whether a file's path alone already tells where it is; other files are left out
 */
export async function joinBody(
  request: BodyOf,
  isKnown: (path: string) => boolean = () => true,
): Promise<JoinedBody> {
  const pieces: Buffer[] = [];
  const { body = [] } = request.read;
  for (const part of body) {
    if (part.kind === 'file' && !isKnown(part.path)) continue;
    const piece = part.kind === 'text' ? Buffer.from(part.text) : await readPart(request, part);
    if (typeof piece === 'string') return { problem: piece };
    pieces.push(part.kind === 'file' && part.quoted ? Buffer.from(quoted(piece.toString())) : piece);
  }
  const bytes = Buffer.concat(pieces);
  const splits = request.dialect === 'kulala' && body.some((part) => part.kind === 'file' && part.quoted);
  return { bytes: new Uint8Array(splits ? Buffer.from(withFileVariables(bytes.toString())) : bytes) };
}

/** The part of the body that comes from a file, or why it cannot. */
async function readPart(
  { document, dialect, read, files = new Map() }: BodyOf,
  { path, encoding, resolveVariables }: Extract<BodyPart, { kind: 'file' }>,
): Promise<Buffer | string> {
  let found: BoundedFile = { kind: 'missing' };
  for (const uri of bodyFiles(document, path, dialect)) {
    if (found.kind !== 'missing') break;
    const reading = files.get(uri.toString()) ?? readForeignFile(uri, longestBody);
    files.set(uri.toString(), reading);
    found = await reading;
  }
  if (found.kind !== 'read') {
    const why = unreadable(vscode.l10n.t('The body file {0}', path), found.kind, longestBody);
    return vscode.l10n.t('{0} The request was not sent.', why);
  }
  if (!resolveVariables) return found.bytes;
  const decoded = decode(found.bytes, encoding);
  if (decoded === undefined)
    return vscode.l10n.t(
      'Nothing is known of the encoding {0} of the body file {1}, so the request was not sent.',
      encoding ?? '',
      path,
    );
  const { text, unresolved } = read.fill(decoded);
  if (unresolved.length === 0) return Buffer.from(text);
  return vscode.l10n.t(
    'Nothing is known of {0} in the body file {1}, so the request was not sent.',
    unresolved.slice(0, 5).join(', '),
    path,
  );
}

/** Where to look for a body's file: REST Client looks in the workspace folder first. @see vscode-restclient, README, Request Body */
function bodyFiles(document: vscode.TextDocument, path: string, dialect: HttpDialect): readonly vscode.Uri[] {
  if (/^(?:\/|[A-Za-z]:[\\/])/.test(path)) return [vscode.Uri.file(path)];
  const beside = vscode.Uri.joinPath(document.uri, '..', path);
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  if (dialect !== 'rest_client' || !folder) return [beside];
  const inFolder = vscode.Uri.joinPath(folder, path);
  return knownDialect(document.getText()) === dialect ? [inFolder, beside] : [beside, inFolder];
}

/** @returns undefined for an unknown encoding; tools accept `windows1252` and `utf16le`, too */
function decode(content: Buffer, label = 'utf-8'): string | undefined {
  // Tools mean these names literally; on the web they mean windows-1252.
  if (/^(?:latin1|binary|iso-?8859-?1)$/i.test(label)) return content.toString('latin1');
  for (const name of [label, label.replace(/^(windows|utf|iso8859|koi8)_?(?=\w)/i, '$1-')])
    try {
      return decodeAs(name, content);
    } catch {
      // Unknown: another spelling may be known.
    }
  return undefined;
}
