import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { readAuthCall } from '../../core/httpFile/authReference.ts';
import { httpDialects, type HttpDialect } from '../../core/httpFile/dialect.ts';
import type { KnownEnvironments } from '../../core/httpFile/environmentVariables.ts';
import { aboveRequest, type AboveRequest } from '../../core/httpFile/meta.ts';
import { questionsOf, type RequestQuestion } from '../../core/httpFile/questions.ts';
import { readRequest, type ReadRequest } from '../../core/httpFile/readRequest.ts';
import type { HttpBlock, HttpFileRequest } from '../../core/httpFile/request.ts';
import type { RequestNote } from '../../core/httpFile/requestNotes.ts';
import { lineOfVariable, type VariableSource } from '../../core/httpFile/resolveVariables.ts';
import { notYetKnown } from '../../core/httpFile/sendingNotes.ts';
import { dialogs } from '../dialogs.ts';
import { type BodyFiles, joinBody } from './requestBody.ts';
import { knownDialect } from './requestDialect.ts';
import { requestVariables } from './requestVariables.ts';

/** A request and the file that it stands in. */
export interface FoundRequest {
  readonly document: vscode.TextDocument;
  readonly text: string;
  readonly block: HttpBlock;
  readonly request: HttpFileRequest;
  /** The files that its body includes, cached while it is only examined. */
  readonly files: BodyFiles;
}

/** A request with everything that decides how it is read, except its environment and the user's answers. */
export interface RequestSetting extends FoundRequest {
  readonly environments: KnownEnvironments;
  readonly dialect: HttpDialect;
  /** The headers, in lower case, that the token replaces: their values do not matter. */
  readonly replaced: readonly string[];
}

/** How a request reads in one environment, before anything was answered. */
export interface Reading extends Pick<ReadRequest, 'url' | 'notes'> {
  readonly environment: string | undefined;
  /** Header fields that its tool adds. */
  readonly added: ReadRequest['headers'];
  readonly source: VariableSource;
  readonly above: AboveRequest;
  readonly questions: readonly RequestQuestion[];
  /** Variables that the file does not define. */
  readonly wanted: readonly string[];
  /** A hash of the parts of the request that come from the file and the environment, for comparing. */
  readonly content: string;
  /** Why it cannot be sent, whatever the answers are. */
  readonly problem?: string;
}

/** Variables that no environment affects. */
const madeAnew = /^\$(?!dotenv\b|processenv\b|shared\b)/i;

/** Reads a request in an environment, as far as possible before the user is asked anything. */
async function readIn(setting: RequestSetting, environment: string | undefined): Promise<Reading> {
  const { document, text, block, request, files, environments, dialect, replaced } = setting;
  const source = requestVariables(environments, environment, dialect);
  const above = aboveRequest(text, request);
  const wanted = new Set<string>();
  const steady = (name: string) => {
    wanted.add(name);
    if (readAuthCall(name) !== undefined) return notYetKnown;
    const value = source(name);
    return value !== undefined && madeAnew.test(name) ? notYetKnown : value;
  };
  const added = environments.headers(environment, dialect);
  const options = { dialect, replaced, added, source: steady };
  const plain = readRequest(text, block, request, options);
  const questions = questionsOf(above, [...wanted]);
  const answers = new Map(questions.map(({ name }) => [name, notYetKnown]));
  const read = questions.length === 0 ? plain : readRequest(text, block, request, { ...options, answers });
  const stopping = read.notes.filter(({ stops }) => stops);
  const body = await joinBody({ document, dialect, read, files }, (path) => !path.includes(notYetKnown));
  const { method, url, headers, notes, unresolved } = read;
  const missing = unresolved.length > 0 ? unknownNames(setting, unresolved) : undefined;
  const unread = 'problem' in body ? body.problem : undefined;
  const problem = stopping.length > 0 ? linesOf(stopping).join(' ') : (missing ?? unread);
  const content = createHash('sha256').update(JSON.stringify([method, url, headers, problem]));
  return {
    ...{ environment, added, source, above, questions, wanted: [...wanted], url, notes },
    content: content.update('bytes' in body ? body.bytes : '').digest('base64'),
    ...(problem !== undefined && { problem }),
  };
}

/** Why a request cannot be sent, whichever tool it is written for and whatever the user answers; undefined while that is not certain. */
export async function certainProblem(setting: Omit<RequestSetting, 'dialect'>): Promise<string | undefined> {
  const known = knownDialect(setting.text);
  let first: string | undefined;
  for (const dialect of known === undefined ? httpDialects : [known])
    for (const environment of environmentsFor(setting)) {
      const { problem } = await readIn({ ...setting, dialect }, environment);
      if (problem === undefined) return undefined;
      first ??= problem;
    }
  return first;
}

/**
 * The request in the right environment, which is asked for when it makes a difference. Undefined after the user was told why,
 * or chose none.
 */
export async function chooseReading(setting: RequestSetting): Promise<Reading | undefined> {
  const readings: Reading[] = [];
  for (const environment of environmentsFor(setting)) readings.push(await readIn(setting, environment));
  const isSame = new Set(readings.map(({ content }) => content)).size === 1;
  const isHopeless = readings.every(({ problem }) => problem !== undefined);
  const chosen = isSame || isHopeless ? readings[0] : await askEnvironment(readings);
  if (chosen?.problem === undefined) return chosen;
  void dialogs.showErrorMessage(chosen.problem);
  return undefined;
}

const environmentsFor = ({ environments: { names } }: Pick<RequestSetting, 'environments'>) =>
  names.length === 0 ? [undefined] : names;

async function askEnvironment(readings: readonly Reading[]): Promise<Reading | undefined> {
  const title = vscode.l10n.t('Which environment?');
  const items = readings.map((reading) => ({ label: reading.environment ?? '', reading }));
  return (await dialogs.showQuickPick(items, { title }))?.reading;
}

/** The texts of notes. */
export const linesOf = (notes: readonly RequestNote[]): readonly string[] =>
  notes.map(({ line, message }) => vscode.l10n.t('Line {0}: {1}', line + 1, message));

/** The message about unknown variables, with the line of the most telling one. */
export function unknownNames({ text, request }: FoundRequest, names: readonly string[]): string {
  const own = names.find((name) => /^\$(?:exampleServer$|random\.)/.test(name));
  const listed = names.slice(0, 5).join(', ');
  const message =
    own === undefined
      ? vscode.l10n.t(
          'Nothing is known of {0}. OAuth Explorer fills in the variables of this file and its environments; for others, use your HTTP client.',
          listed,
        )
      : vscode.l10n.t(
          'Only your HTTP client knows {0}: replace it with a value, or send the request there.',
          own,
        );
  return linesOf([{ line: lineOfVariable(text, request, own ?? names[0] ?? ''), message }]).join();
}
