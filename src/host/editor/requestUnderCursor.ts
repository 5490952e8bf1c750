import * as vscode from 'vscode';
import { withBasicCredentials } from '../../core/httpFile/basicCredentials.ts';
import type { BodyPart } from '../../core/httpFile/bodyPart.ts';
import { quoted } from '../../core/httpFile/graphql.ts';
import { insertBearer } from '../../core/httpFile/insertBearer.ts';
import { bearerPlace } from '../../core/httpFile/place.ts';
import { type ReadOptions, type ReadRequest, readRequest } from '../../core/httpFile/readRequest.ts';
import { type HttpBlock, type HttpFileRequest, requestAt } from '../../core/httpFile/request.ts';
import { type AuthReference, readAuthCall } from '../../core/httpFile/authReference.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { tokenHeaderOf } from '../../core/profile/tokenHeader.ts';
import { dialectRules, type HttpDialect } from '../../core/httpFile/dialect.ts';
import type { RequestNote } from '../../core/httpFile/requestNotes.ts';
import type { KnownEnvironments } from '../../core/httpFile/environmentVariables.ts';
import type { VariableSource } from '../../core/httpFile/resolveVariables.ts';
import { aboveRequest } from '../../core/httpFile/meta.ts';
import { cookieNotes, CookieNames } from '../../core/httpFile/cookieNames.ts';
import { questionsOf } from '../../core/httpFile/questions.ts';
import { toolFileNotes } from '../../core/httpFile/toolFiles.ts';
import { settingNotes } from '../../core/httpFile/toolSettings.ts';
import { readCookieFile, readToolFiles } from './toolFilesBeside.ts';
import { knownDialect, requestDialect } from './requestDialect.ts';
import type { RequestEditors } from './requestEditors.ts';
import { readEnvironments, requestVariables } from './requestVariables.ts';
import { analyse, findTarget, readRequestArgument } from './target.ts';
import { dialogs } from '../dialogs.ts';
import { askQuestions } from './askQuestions.ts';
import { readForeignFile, unreadable } from '../readForeignFile.ts';
import type { BoundedFile } from '../../adapters/boundedFile.ts';

/** A request of a file, ready to be sent. */
export interface RequestToSend extends Omit<ReadRequest, 'body' | 'fill' | 'notes'> {
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Whose token it is sent with. */
  readonly profile?: Profile;
  /** Tokens that stand elsewhere in it. */
  readonly secrets: readonly string[];
  /** The tool whose file it is, by name; absent where any would send the same. */
  readonly readAs?: string;
}

/** Where the tokens of a request come from. */
export interface TokenCarrier {
  /**
   * The profile whose token the request is sent with: the one a reference in the file names, else the one the user means.
   *
   * @param url where it goes, as far as the file alone says so
   */
  profile(reference: string | undefined, url: string): Promise<Profile | undefined>;
  /** A token that the file refers to elsewhere; absent when there is none, or when it may not go to `url`, which the user was told. */
  token(reference: Required<AuthReference>, url: string): Promise<string | undefined>;
  /** Which cookies the answers to requests that were sent from here set. */
  cookies(): CookieNames;
}

/** The most a body may take in from files, in bytes. */
const longestBody = 10 * 1024 * 1024;

/**
 * The request at a command's argument or under the cursor, with its variables filled in.
 *
 * @param carrier absent: the request is only read
 * @returns undefined when there is none that can be sent, which the user was told, or when the user chose no environment.
 */
export async function requestUnderCursor(
  rawArgument: unknown,
  editors: Pick<RequestEditors, 'find'>,
  carrier?: TokenCarrier,
): Promise<RequestToSend | undefined> {
  const found = await findRequest(rawArgument, editors);
  if (!found) return undefined;
  const { document, text, block, request } = found;
  const { line } = request;
  const place = bearerPlace(text, block, request);
  const profile = await carrier?.profile(
    place.way === 'reference' ? place.id : undefined,
    readRequest(text, block, request).url,
  );
  if (carrier && !profile) return undefined;
  // The token takes the header's place: what stands there does not matter.
  const replaced = replacedBy(profile, place.way === 'reference');
  const environments = await readEnvironments(document);
  const dialect = await dialectOf(found, environments, replaced);
  if (dialect === undefined) return undefined;
  const reading = { replaced, dialect };
  const plain = readPlain(found, reading);
  const isSet = (name: string) => isSetByUser(name, document);
  const settings = [
    ...settingNotes(dialect, line, isSet),
    ...toolFileNotes(dialect, line, await readToolFiles(document, dialect)),
  ];
  if (!(await agreesTo([...plain.notes, ...settings]))) return undefined;
  const chosen = await chooseVariables(environments, plain.wanted, dialect);
  if (!chosen) return undefined;
  const { source, environment } = chosen;
  const above = aboveRequest(text, request);
  const answered = await askQuestions(document.uri, questionsOf(above, plain.wanted));
  if (!answered) return undefined;
  const { answers } = answered;
  const tokens = await tokensIn(text, block, request, { ...reading, source, answers }, carrier);
  if (!tokens) return undefined;
  const known = (name: string) => tokens.get(name) ?? source(name);
  const read = readRequest(text, block, request, { ...reading, source: known, answers });
  // What only the values of variables show.
  const later = [
    ...read.notes.filter(({ message }) => plain.notes.every((one) => one.message !== message)),
    ...doubtNotes(environments, environment, plain.wanted, { dialect, line }),
  ];
  const cookies = carrier?.cookies() ?? new CookieNames();
  if (dialect === 'jetbrains') cookies.readJetBrains(await readCookieFile(document));
  const asked = { line, dialect, meta: above.meta };
  if (!(await agreesTo([...later, ...cookieNotes(asked, cookies.of(read.url))]))) return undefined;
  const { body: parts, method, url, headers, unresolved } = read;
  const body = parts && (await joinBody(document, parts, read, dialect));
  if (parts && !body) return undefined;
  return {
    ...{ method, url, headers: withBasicCredentials(headers, dialect), unresolved },
    ...(body && { body }),
    ...(profile && { profile }),
    secrets: [...tokens.values(), ...answered.secrets],
    // What is taken where nothing tells them apart is of interest to nobody.
    ...((dialect !== 'rest_client' || knownDialect(text)) && { readAs: dialectRules[dialect].title }),
  };
}

/** A request and the file that it stands in. */
interface FoundRequest {
  readonly document: vscode.TextDocument;
  readonly text: string;
  readonly block: HttpBlock;
  readonly request: HttpFileRequest;
}

/** The request that is meant; undefined when there is none that can carry a token, of which the user is told why. */
async function findRequest(
  rawArgument: unknown,
  editors: Pick<RequestEditors, 'find'>,
): Promise<FoundRequest | undefined> {
  const target = await findTarget(readRequestArgument(rawArgument), editors);
  if (!target) return undefined;
  const { text, file, offset } = analyse(target);
  const way = { way: 'environment', name: 'token' } as const;
  const tried = insertBearer(text, file, offset, way, { which: 0, replace: true });
  // How a command is quoted matters only where it is changed.
  if (tried.kind === 'refusal' && tried.reason !== 'curl') {
    void dialogs.showInformationMessage(tried.message);
    return undefined;
  }
  const found = requestAt(file, offset);
  return found && { document: target.document, text, ...found };
}

/** The tool whose file it is; asks only where two would send different requests. Undefined when the user chose none. */
async function dialectOf(
  { document, text, block, request }: FoundRequest,
  environments: KnownEnvironments,
  replaced: readonly string[],
): Promise<HttpDialect | undefined> {
  return requestDialect(document, text, (dialect) => {
    const known = requestVariables(environments, environments.names[0], dialect);
    // What is made anew each time says nothing of the dialect.
    const source = (name: string) => (name.startsWith('$') ? undefined : known(name));
    const { method, url, headers, body } = readRequest(text, block, request, { replaced, source, dialect });
    // Whether a file’s variables are filled in, which only Kulala does unasked, is no reason to ask about each body file.
    const parts = body?.map((part) => (part.kind === 'file' ? { ...part, resolveVariables: false } : part));
    return [method, url, headers, parts];
  });
}

/** What there is to say of a request before its variables have values, and which ones it wants. */
function readPlain(
  { text, block, request }: FoundRequest,
  reading: Pick<ReadOptions, 'replaced' | 'dialect'>,
): { readonly notes: readonly RequestNote[]; readonly wanted: readonly string[] } {
  const wanted = new Set<string>();
  const source = (name: string) => {
    wanted.add(name);
    return undefined;
  };
  const { notes } = readRequest(text, block, request, { ...reading, source });
  return { notes, wanted: [...wanted] };
}

/** Whether a setting has a value of the user's own, in any of the settings files, that turns something on. */
function isSetByUser(name: string, document: vscode.TextDocument): boolean {
  const found = vscode.workspace.getConfiguration(undefined, document).inspect<unknown>(name);
  const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
  const isNothing = value === undefined || value === null || value === false;
  return !isNothing && !['{}', '[]', '""'].includes(JSON.stringify(value));
}

/** The headers, in lower case, whose place the token takes. */
function replacedBy(profile: Profile | undefined, isReference: boolean): readonly string[] {
  const carrier = tokenHeaderOf(profile ?? {}).name.toLowerCase();
  return isReference ? [carrier, 'authorization'] : [carrier];
}

/** The tokens that the file refers to in other places than the header: by what stands between the braces. */
async function tokensIn(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  options: ReadOptions,
  carrier: TokenCarrier | undefined,
): Promise<ReadonlyMap<string, string> | undefined> {
  const tokens = new Map<string, string>();
  if (!carrier) return tokens;
  const { unresolved, url } = readRequest(text, block, request, options);
  for (const name of unresolved) {
    const reference = readAuthCall(name);
    if (!reference) continue;
    const token = await carrier.token(reference, url);
    if (token === undefined) return undefined;
    tokens.set(name, token);
  }
  return tokens;
}

/** Says what will not be done as the file's own tool would do it, and asks; nothing is sent in silence otherwise than it is written. */
async function agreesTo(notes: readonly RequestNote[]): Promise<boolean> {
  if (notes.length === 0) return true;
  const lines = notes.map(({ line, message }) => vscode.l10n.t('Line {0}: {1}', line + 1, message));
  if (notes.some(({ stops }) => stops)) {
    void dialogs.showInformationMessage(lines.join(' '));
    return false;
  }
  const send = vscode.l10n.t('Send Anyway');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t('This request is not sent quite as its own tool would send it.'),
    { modal: true, detail: lines.slice(0, 10).join('\n') },
    send,
  );
  return answer === send;
}

/** The variables of the environment files; asks for the environment when that makes a difference. */
async function chooseVariables(
  environments: KnownEnvironments,
  wanted: readonly string[],
  dialect: HttpDialect,
): Promise<{ readonly source: VariableSource; readonly environment?: string } | undefined> {
  const { names } = environments;
  const of = (environment: string | undefined) => ({
    source: requestVariables(environments, environment, dialect),
    ...(environment !== undefined && { environment }),
  });
  const matters = names.filter((name) =>
    wanted.some((one) => requestVariables(environments, name, dialect)(one) !== undefined),
  );
  if (names.length < 2 || matters.length === 0) return of(names[0]);
  const title = vscode.l10n.t('Which environment?');
  const items = names.map((label) => ({ label }));
  const environment = (await dialogs.showQuickPick(items, { title }))?.label;
  return environment === undefined ? undefined : of(environment);
}

/** The public file counts by JetBrains' documentation, the private one in its IDEs. @see vscode-httpyac issue 175 */
function doubtNotes(
  environments: KnownEnvironments,
  environment: string | undefined,
  wanted: readonly string[],
  { dialect, line }: { readonly dialect: HttpDialect; readonly line: number },
): readonly RequestNote[] {
  if (dialect !== 'jetbrains') return [];
  return environments.doubtful(environment, wanted).map((name) => ({
    line,
    message: `“${name}” differs in the two environment files. The private value is sent; JetBrains documents the public one.`,
  }));
}

async function joinBody(
  document: vscode.TextDocument,
  parts: readonly BodyPart[],
  read: ReadRequest,
  dialect: HttpDialect,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const pieces: Buffer[] = [];
  for (const part of parts) {
    const piece =
      part.kind === 'text' ? Buffer.from(part.text) : await readPart(document, part, read, dialect);
    if (!piece) return undefined;
    pieces.push(part.kind === 'file' && part.quoted ? Buffer.from(quoted(piece.toString())) : piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

async function readPart(
  document: vscode.TextDocument,
  part: Extract<BodyPart, { kind: 'file' }>,
  { fill }: ReadRequest,
  dialect: HttpDialect,
): Promise<Buffer | undefined> {
  const fail = (why: string) => void dialogs.showErrorMessage(why);
  let found: BoundedFile = { kind: 'missing' };
  for (const uri of bodyFiles(document, part.path, dialect))
    if (found.kind === 'missing') found = await readForeignFile(uri, longestBody);
  if (found.kind !== 'read') {
    const why = unreadable(vscode.l10n.t('The body file {0}', part.path), found.kind, longestBody);
    fail(vscode.l10n.t('{0} The request was not sent.', why));
    return undefined;
  }
  const content = found.bytes;
  if (!part.resolveVariables) return content;
  const decoded = decode(content, part.encoding);
  if (decoded === undefined) {
    fail(
      vscode.l10n.t(
        'Nothing is known of the encoding {0} of the body file {1}, so the request was not sent.',
        part.encoding ?? '',
        part.path,
      ),
    );
    return undefined;
  }
  const { text, unresolved } = fill(decoded);
  if (unresolved.length === 0) return Buffer.from(text);
  fail(
    vscode.l10n.t(
      'Nothing is known of {0} in the body file {1}, so the request was not sent.',
      unresolved.slice(0, 5).join(', '),
      part.path,
    ),
  );
  return undefined;
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

/** @returns absent when nobody knows an encoding of this name */
function decode(content: Uint8Array, label = 'utf-8'): string | undefined {
  try {
    return new TextDecoder(label).decode(content);
  } catch {
    return undefined;
  }
}
