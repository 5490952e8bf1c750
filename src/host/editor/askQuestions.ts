import * as vscode from 'vscode';
import type { RequestQuestion } from '../../core/httpFile/questions.ts';
import { dialogs } from '../dialogs.ts';

/** What a user answered. */
export interface Answered {
  /** Answers by the text between the braces. */
  readonly answers: ReadonlyMap<string, string>;
  /** The answers that must not be shown. */
  readonly secrets: readonly string[];
}

/** Kept until the window is closed, per file: another file may send them to another host. */
const earlier = new Map<string, string>();

/**
 * Asks what the request's own tool would ask before sending, in the words of the file.
 *
 * @returns undefined when a question was closed, so that nothing is sent
 */
export async function askQuestions(
  file: vscode.Uri,
  questions: readonly RequestQuestion[],
): Promise<Answered | undefined> {
  const answers = new Map<string, string>();
  for (const question of questions) {
    const { name, text, isSecret, isAskedOnce } = question;
    const key = JSON.stringify([file.toString(), isSecret, text]);
    const before = earlier.get(key);
    const answer = isAskedOnce && before !== undefined ? before : await askOne(question, before);
    if (answer === undefined) return undefined;
    answers.set(name, answer);
    if (isAskedOnce || !isSecret) earlier.set(key, answer);
  }
  const secrets = questions.flatMap(({ name, isSecret }) => (isSecret ? (answers.get(name) ?? []) : []));
  return { answers, secrets };
}

async function askOne(
  { text, isSecret, suggested, choices }: RequestQuestion,
  before: string | undefined,
): Promise<string | undefined> {
  const title = vscode.l10n.t('The request asks: {0}', text);
  if (choices) {
    const items = choices.map((value) => ({ label: value.trim(), value }));
    return (await dialogs.showQuickPick(items, { title }))?.value;
  }
  const value = isSecret ? suggested : (before ?? suggested);
  return dialogs.showInputBox({ title, password: isSecret, ...(value !== undefined && { value }) });
}
