import * as vscode from 'vscode';
import { type AuthReference, readAuthCall } from '../../core/httpFile/authReference.ts';
import { withBasicCredentials } from '../../core/httpFile/basicCredentials.ts';
import { cookieNotes, CookieNames } from '../../core/httpFile/cookieNames.ts';
import { dialectRules, type HttpDialect } from '../../core/httpFile/dialect.ts';
import type { KnownEnvironments } from '../../core/httpFile/environmentVariables.ts';
import { insertBearer } from '../../core/httpFile/insertBearer.ts';
import { bearerPlace } from '../../core/httpFile/place.ts';
import { type ReadOptions, type ReadRequest, readRequest } from '../../core/httpFile/readRequest.ts';
import { requestAt } from '../../core/httpFile/request.ts';
import type { RequestNote } from '../../core/httpFile/requestNotes.ts';
import { toolFileNotes } from '../../core/httpFile/toolFiles.ts';
import { settingNotes } from '../../core/httpFile/toolSettings.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { tokenHeaderOf } from '../../core/profile/tokenHeader.ts';
import { dialogs } from '../dialogs.ts';
import { askQuestions } from './askQuestions.ts';
import { joinBody } from './requestBody.ts';
import { knownDialect, requestDialect } from './requestDialect.ts';
import type { RequestEditors } from './requestEditors.ts';
import {
  certainProblem,
  chooseReading,
  type FoundRequest,
  linesOf,
  type Reading,
  type RequestSetting,
  unknownNames,
} from './requestReading.ts';
import { readEnvironments, requestVariables } from './requestVariables.ts';
import { analyse, findTarget, readRequestArgument } from './target.ts';
import { readCookieFile, readToolFiles } from './toolFilesBeside.ts';

/** A request from a file, ready to be sent. */
export interface RequestToSend extends Omit<ReadRequest, 'body' | 'fill' | 'notes' | 'unresolved'> {
  readonly body?: Uint8Array<ArrayBuffer>;
  /** The profile whose token it is sent with. */
  readonly profile?: Profile;
  /** Tokens elsewhere in the request, and answers that must not be shown. */
  readonly secrets: readonly string[];
  /** Name of the tool whose dialect the file was read in; absent when nothing told the dialects apart. */
  readonly readAs?: string;
}

/** Provides the tokens for a request. */
export interface TokenCarrier {
  /** The headers in which profiles send their tokens, in lower case. */
  headers: () => readonly string[];
  /**
   * The profile whose token the request is sent with: the one that a reference in the file names, else the one the user means.
   *
   * @param url the request's, as far as the file alone tells
   */
  profile: (reference: string | undefined, url: string) => Promise<Profile | undefined>;
  /**
   * A token that the file refers to elsewhere; undefined, after the user was told, when there is none or it may not go to
   * `url`.
   */
  token: (reference: Required<AuthReference>, url: string) => Promise<string | undefined>;
  /** The names of the cookies that responses to earlier requests from here have set. */
  cookies: () => CookieNames;
}

/**
 * The request at a command's argument or under the cursor, with its variables filled in. What rules it out is found before the
 * user is asked anything: which token, which environment, whether to send it with the differences that there are, and what the
 * request's own tool would ask.
 *
 * @param carrier absent: the request is only read
 * @returns undefined after the user was told why nothing can be sent, or closed a question
 */
export async function requestUnderCursor(
  rawArgument: unknown,
  editors: Pick<RequestEditors, 'find'>,
  carrier?: TokenCarrier,
): Promise<RequestToSend | undefined> {
  const found = await findRequest(rawArgument, editors);
  if (!found) return undefined;
  const environments = await readEnvironments(found.document);
  const carried = await carriedBy(found, environments, carrier);
  if (!carried) return undefined;
  const { profile, replaced } = carried;
  const dialect = await dialectOf(found, environments, replaced);
  if (dialect === undefined) return undefined;
  const setting = { ...found, environments, dialect, replaced };
  const reading = await chooseReading(setting);
  if (!reading) return undefined;
  const notesAt = await notesOf(setting, reading, carrier?.cookies());
  const before = notesAt(reading);
  if (!(await agreesTo(before))) return undefined;
  const answered = await askQuestions(found.document.uri, reading.questions);
  const filled = answered && (await fillIn(setting, { ...reading, ...answered }, carrier));
  if (!filled) return undefined;
  const { read, tokens } = filled;
  // Only the notes that answers and tokens have added.
  const isNew = ({ message }: RequestNote) => before.every((one) => one.message !== message);
  if (!(await agreesTo(notesAt(read).filter(isNew)))) return undefined;
  const joined = await joinBody({ document: found.document, dialect, read });
  if ('problem' in joined) {
    refuse(joined.problem);
    return undefined;
  }
  const { method, url, headers, body } = read;
  return {
    ...{ method, url, headers: withBasicCredentials(headers, dialect) },
    ...(body && { body: joined.bytes }),
    ...(profile && { profile }),
    secrets: [...tokens.values(), ...answered.secrets],
    // Without anything that tells dialects apart, REST Client's is used, which is not worth mentioning.
    ...((dialect !== 'rest_client' || knownDialect(found.text)) && { readAs: dialectRules[dialect].title }),
  };
}

function refuse(why: string): void {
  void dialogs.showErrorMessage(why);
}

/** The request that is meant; undefined, after the user was told why, when it cannot carry a token. */
async function findRequest(
  rawArgument: unknown,
  editors: Pick<RequestEditors, 'find'>,
): Promise<FoundRequest | undefined> {
  const target = await findTarget(readRequestArgument(rawArgument), editors);
  if (!target) return undefined;
  const { text, file, offset } = analyse(target);
  const way = { way: 'environment', name: 'token' } as const;
  const tried = insertBearer(text, file, offset, way, { which: 0, replace: true });
  // How a curl command is quoted matters only when it is changed.
  if (tried.kind === 'refusal' && tried.reason !== 'curl') {
    void dialogs.showInformationMessage(tried.message);
    return undefined;
  }
  const found = requestAt(file, offset);
  return found && { document: target.document, text, ...found, files: new Map() };
}

/**
 * The profile whose token a request is sent with, and the headers (in lower case) that the token replaces; undefined, as the
 * user knows by then, when there is none.
 */
async function carriedBy(
  found: FoundRequest,
  environments: KnownEnvironments,
  carrier: TokenCarrier | undefined,
): Promise<{ readonly profile?: Profile; readonly replaced: readonly string[] } | undefined> {
  const { text, block, request } = found;
  const place = bearerPlace(text, block, request);
  const own = place.way === 'reference' ? ['authorization'] : [];
  if (!carrier) return { replaced: [...own, tokenHeaderOf({}).name.toLowerCase()] };
  const replaced = [...carrier.headers(), 'authorization'];
  const problem = await certainProblem({ ...found, environments, replaced });
  if (problem !== undefined) {
    refuse(problem);
    return undefined;
  }
  const { url } = readRequest(text, block, request);
  const profile = await carrier.profile(place.way === 'reference' ? place.id : undefined, url);
  return profile && { profile, replaced: [...own, tokenHeaderOf(profile).name.toLowerCase()] };
}

/**
 * The dialect of the file; asks the user only when two dialects would send different requests. Undefined when the user chose
 * none.
 */
async function dialectOf(
  { document, text, block, request }: FoundRequest,
  environments: KnownEnvironments,
  replaced: readonly string[],
): Promise<HttpDialect | undefined> {
  return requestDialect(document, text, (dialect) => {
    const known = requestVariables(environments, environments.names[0], dialect);
    // Values that are generated anew each time tell nothing about the dialect.
    const source = (name: string) => (name.startsWith('$') ? undefined : known(name));
    const added = environments.headers(environments.names[0], dialect);
    const options = { replaced, added, source, dialect };
    const { method, url, headers, body } = readRequest(text, block, request, options);
    // Only Kulala resolves variables in body files by default, which alone is no reason to ask.
    const parts = body?.map((part) => (part.kind === 'file' ? { ...part, resolveVariables: false } : part));
    return [method, url, headers, parts];
  });
}

/** The notes on a request, by what is known of it before or after the user's answers. */
async function notesOf(
  { document, request: { line }, dialect, environments }: RequestSetting,
  { above: { meta }, environment, wanted }: Reading,
  cookies = new CookieNames(),
): Promise<(read: Pick<ReadRequest, 'url' | 'notes'>) => readonly RequestNote[]> {
  const beside = [
    ...settingNotes(dialect, line, (name) => isSetByUser(name, document)),
    ...toolFileNotes(dialect, line, await readToolFiles(document, dialect)),
    ...doubtNotes(environments, environment, wanted, { dialect, line }),
  ];
  if (dialect === 'jetbrains') cookies.readJetBrains(await readCookieFile(document));
  return ({ url, notes }) => [...notes, ...beside, ...cookieNotes({ line, dialect, meta }, cookies.of(url))];
}

/** Whether a setting has a value of the user's own, in any of the settings files, that turns something on. */
function isSetByUser(name: string, document: vscode.TextDocument): boolean {
  const found = vscode.workspace.getConfiguration(undefined, document).inspect<unknown>(name);
  const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
  const isNothing = value === undefined || value === null || value === false;
  return !isNothing && !['{}', '[]', '""'].includes(JSON.stringify(value));
}

/** Fills in answers and tokens; undefined, after the user was told, when something is missing after all. */
async function fillIn(
  setting: RequestSetting,
  { source, added, answers }: Pick<Reading, 'source' | 'added'> & Pick<ReadOptions, 'answers'>,
  carrier: TokenCarrier | undefined,
): Promise<{ readonly read: ReadRequest; readonly tokens: ReadonlyMap<string, string> } | undefined> {
  const { text, block, request, dialect, replaced } = setting;
  const options = { dialect, replaced, added, ...(answers && { answers }) };
  const tokens = new Map<string, string>();
  const { unresolved, url } = readRequest(text, block, request, { ...options, source });
  for (const name of unresolved) {
    const reference = readAuthCall(name);
    if (!carrier || !reference) continue;
    const token = await carrier.token(reference, url);
    if (token === undefined) return undefined;
    tokens.set(name, token);
  }
  const known = (name: string) => tokens.get(name) ?? source(name);
  const read = readRequest(text, block, request, { ...options, source: known });
  if (read.unresolved.length === 0) return { read, tokens };
  refuse(unknownNames(setting, read.unresolved));
  return undefined;
}

/** Tells the user in what the request would differ from what its own tool sends, and asks: no difference goes unsaid. */
async function agreesTo(notes: readonly RequestNote[]): Promise<boolean> {
  if (notes.length === 0) return true;
  const lines = linesOf(notes);
  if (notes.some(({ stops }) => stops)) {
    void dialogs.showInformationMessage(lines.join(' '));
    return false;
  }
  const send = vscode.l10n.t('Send Anyway');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t('This request would not be sent quite as its own tool sends it.'),
    { modal: true, detail: lines.slice(0, 10).join('\n') },
    send,
  );
  return answer === send;
}

/**
 * Notes on variables that the two environment files disagree on: by JetBrains' documentation the public file wins, in its IDEs
 * the private one. @see vscode-httpyac issue 175
 */
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
