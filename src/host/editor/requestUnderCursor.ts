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

/** A request of a file, ready to be sent. */
export interface RequestToSend extends Omit<ReadRequest, 'body' | 'fill' | 'notes' | 'unresolved'> {
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Whose token it is sent with. */
  readonly profile?: Profile;
  /** Tokens that stand elsewhere in it, and answers that nobody may see. */
  readonly secrets: readonly string[];
  /** The tool whose file it is, by name; absent where any would send the same. */
  readonly readAs?: string;
}

/** Where the tokens of a request come from. */
export interface TokenCarrier {
  /** The headers that tokens of any profile go into, in lower case. */
  headers: () => readonly string[];
  /**
   * The profile whose token the request is sent with: the one a reference in the file names, else the one the user means.
   *
   * @param url where it goes, as far as the file alone says so
   */
  profile: (reference: string | undefined, url: string) => Promise<Profile | undefined>;
  /** A token that the file refers to elsewhere; absent when there is none, or when it may not go to `url`, which the user was told. */
  token: (reference: Required<AuthReference>, url: string) => Promise<string | undefined>;
  /** Which cookies the answers to requests that were sent from here set. */
  cookies: () => CookieNames;
}

/**
 * The request at a command's argument or under the cursor, with its variables filled in. It is judged first and the user is asked
 * last: whose token, which environment, whether it may go as it is, and what its own tool would ask.
 *
 * @param carrier absent: the request is only read
 * @returns undefined when there is none that can be sent, which the user was told, or when the user closed a question.
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
  // What only answers and tokens show.
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
    // What is taken where nothing tells them apart is of interest to nobody.
    ...((dialect !== 'rest_client' || knownDialect(found.text)) && { readAs: dialectRules[dialect].title }),
  };
}

function refuse(why: string): void {
  void dialogs.showErrorMessage(why);
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
  return found && { document: target.document, text, ...found, files: new Map() };
}

/** Whose token a request takes, and the headers, in lower case, in whose place; undefined when it takes none, of which the user knows. */
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

/** What there is to say of a request, by what is known of it: before and after the user's answers. */
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

/** The request with answers and tokens in it; undefined when something is missing after all, which the user was told. */
async function fillIn(
  setting: RequestSetting,
  { source, answers }: Pick<Reading, 'source'> & Pick<ReadOptions, 'answers'>,
  carrier: TokenCarrier | undefined,
): Promise<{ readonly read: ReadRequest; readonly tokens: ReadonlyMap<string, string> } | undefined> {
  const { text, block, request, dialect, replaced } = setting;
  const options = { dialect, replaced, ...(answers && { answers }) };
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

/** Says what will not be done as the file's own tool would do it, and asks; nothing is sent in silence otherwise than it is written. */
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
