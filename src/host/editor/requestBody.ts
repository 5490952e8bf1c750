import * as vscode from 'vscode';
import type { BoundedFile } from '../../adapters/boundedFile.ts';
import { decodeAs } from '../../core/http/decodeAs.ts';
import type { BodyPart } from '../../core/httpFile/bodyPart.ts';
import type { HttpDialect } from '../../core/httpFile/dialect.ts';
import { quoted, withFileVariables } from '../../core/httpFile/graphql.ts';
import type { ReadRequest } from '../../core/httpFile/readRequest.ts';
import { readForeignFile, unreadable } from '../readForeignFile.ts';
import { knownDialect } from './requestDialect.ts';

/** The most a body may take in from files, in bytes. */
const longestBody = 10 * 1024 * 1024;

/** Files of a body that were read already, by their URI. */
export type BodyFiles = Map<string, Promise<BoundedFile>>;

/** A request whose body may take in files, and where they are looked for. */
export interface BodyOf {
  readonly document: vscode.TextDocument;
  readonly dialect: HttpDialect;
  readonly read: Pick<ReadRequest, 'body' | 'fill'>;
  /** Absent: each is read anew, as it is when the request is sent. */
  readonly files?: BodyFiles;
}

/** The bytes of a body, or in a sentence why it cannot be put together. */
export type JoinedBody = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: string };

/**
 * Puts a body together, with the files that it takes in.
 *
 * @param isKnown whether a file's path says already where it lies; others are left out
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

/** What a file adds to the body, or why it cannot. */
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

/** Where a body file is looked for: REST Client looks in the folder of the workspace first. @see vscode-restclient, README, Request Body */
function bodyFiles(document: vscode.TextDocument, path: string, dialect: HttpDialect): readonly vscode.Uri[] {
  if (/^(?:\/|[A-Za-z]:[\\/])/.test(path)) return [vscode.Uri.file(path)];
  const beside = vscode.Uri.joinPath(document.uri, '..', path);
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  if (dialect !== 'rest_client' || !folder) return [beside];
  const inFolder = vscode.Uri.joinPath(folder, path);
  return knownDialect(document.getText()) === dialect ? [inFolder, beside] : [beside, inFolder];
}

/** @returns absent when nobody knows an encoding of this name; tools take `windows1252` and `utf16le`, too */
function decode(content: Buffer, label = 'utf-8'): string | undefined {
  // Tools take these names at their word; on the web they mean windows-1252.
  if (/^(?:latin1|binary|iso-?8859-?1)$/i.test(label)) return content.toString('latin1');
  for (const name of [label, label.replace(/^(windows|utf|iso8859|koi8)_?(?=\w)/i, '$1-')])
    try {
      return decodeAs(name, content);
    } catch {
      // Another spelling may be known.
    }
  return undefined;
}
