import type * as vscode from 'vscode';
import { withSignal } from './cancellation.ts';
import { noticeMarkup, noticeText, type Notice } from './noticeText.ts';

/** The parts of `vscode.window` that show text and take an answer. */
export type SpeakingWindow = Pick<
  typeof vscode.window,
  | 'showInformationMessage'
  | 'showWarningMessage'
  | 'showErrorMessage'
  | 'showInputBox'
  | 'showQuickPick'
  | 'withProgress'
  | 'setStatusBarMessage'
>;

/** Buttons, after the options of a modal message if there are any. */
type Rest = readonly (vscode.MessageOptions | string)[];
type Show = (
  message: string,
  options: vscode.MessageOptions,
  ...items: string[]
) => Thenable<string | undefined>;
/** Shows what is being done. */
type Report = (message: string | Notice) => void;

/** An item of a list. Our own icon is given separately, as texts cannot contain one. */
export type Item = vscode.QuickPickItem & { readonly icon?: string };

/** Most characters of a title. */
const longestTitle = 300;

/**
 * Wraps `vscode.window` for all that the extension shows: untrusted text, wherever it appears, becomes neither a link nor an
 * icon, hides no characters and has a limited length. Lint forbids direct calls.
 */
export class SafeWindow {
  readonly #window: SpeakingWindow;
  readonly #notification: vscode.ProgressLocation;

  /** @param notification where VS Code shows a notification with progress */
  constructor(window: SpeakingWindow, notification: vscode.ProgressLocation) {
    this.#window = window;
    this.#notification = notification;
  }

  showInformationMessage(message: string | Notice, ...rest: Rest): Promise<string | undefined> {
    return show((...all) => this.#window.showInformationMessage(...all), message, rest);
  }

  showWarningMessage(message: string | Notice, ...rest: Rest): Promise<string | undefined> {
    return show((...all) => this.#window.showWarningMessage(...all), message, rest);
  }

  showErrorMessage(message: string | Notice, ...rest: Rest): Promise<string | undefined> {
    return show((...all) => this.#window.showErrorMessage(...all), message, rest);
  }

  async showInputBox(
    options: vscode.InputBoxOptions,
    token?: vscode.CancellationToken,
  ): Promise<string | undefined> {
    const validate = options.validateInput?.bind(options);
    return this.#window.showInputBox(
      {
        // Typed text is not lost when the user looks something up elsewhere; Escape closes the box.
        ...{ ignoreFocusOut: true, ...options },
        ...texts(options),
        ...(validate && { validateInput: async (value) => judged(await validate(value)) }),
      },
      token,
    );
  }

  showQuickPick<T extends Item>(
    items: readonly T[],
    options: vscode.QuickPickOptions & { readonly canPickMany: true },
  ): Promise<T[] | undefined>;
  showQuickPick<T extends Item>(
    items: readonly T[],
    options: vscode.QuickPickOptions,
    token?: vscode.CancellationToken,
  ): Promise<T | undefined>;
  async showQuickPick<T extends Item>(
    items: readonly T[],
    options: vscode.QuickPickOptions,
    token?: vscode.CancellationToken,
  ): Promise<T[] | T | undefined> {
    const shown = items.map((item, index) => ({ ...item, ...itemTexts(item), index }));
    const answer = (await this.#window.showQuickPick(shown, { ...options, ...texts(options) }, token)) as
      | (typeof shown)[number]
      | readonly (typeof shown)[number][]
      | undefined;
    if (answer === undefined) return undefined;
    const original = ({ index }: { readonly index: number }): T[] => items.slice(index, index + 1);
    return Array.isArray(answer)
      ? (answer as readonly (typeof shown)[number][]).flatMap(original)
      : original(answer as (typeof shown)[number])[0];
  }

  /** Runs `task` under a notification with Cancel, which aborts its signal. */
  async withProgress<T>(
    title: string,
    task: (report: Report, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const options = {
      ...{ location: this.#notification, cancellable: true },
      title: noticeText(title, longestTitle),
    };
    return this.#window.withProgress(options, (progress, cancellation) =>
      withSignal(cancellation, (signal) =>
        task((message) => progress.report({ message: noticeMarkup(message) }), signal),
      ),
    );
  }

  /** Shows in the status bar, for three seconds, what was done. */
  done(text: string): void {
    this.#window.setStatusBarMessage(`$(check) ${noticeText(text, longestTitle)}`, 3000);
  }
}

/** @returns the label of the chosen button as the caller gave it, not as VS Code showed it */
async function show(window: Show, message: string | Notice, rest: Rest): Promise<string | undefined> {
  const options = rest.find((one) => typeof one === 'object') ?? {};
  const buttons = rest.filter((one) => typeof one === 'string');
  const shown = buttons.map((button) => noticeText(button, longestTitle));
  const { detail } = options;
  const answer = await window(
    noticeMarkup(message),
    { ...options, ...(detail !== undefined && { detail: noticeText(detail) }) },
    ...shown,
  );
  return answer === undefined ? undefined : buttons[shown.indexOf(answer)];
}

function texts({
  title,
  prompt,
  placeHolder,
}: {
  readonly title?: string | undefined;
  readonly prompt?: string | undefined;
  readonly placeHolder?: string | undefined;
}): { title?: string; prompt?: string; placeHolder?: string } {
  return {
    ...(title !== undefined && { title: noticeText(title, longestTitle) }),
    ...(prompt !== undefined && { prompt: noticeText(prompt) }),
    ...(placeHolder !== undefined && { placeHolder: noticeText(placeHolder, longestTitle) }),
  };
}

function itemTexts({ icon, label, description, detail }: Item) {
  return {
    label: `${icon === undefined ? '' : `$(${icon}) `}${noticeText(label, longestTitle)}`,
    ...(description !== undefined && { description: noticeText(description, longestTitle) }),
    ...(detail !== undefined && { detail: noticeText(detail) }),
  };
}

function judged(
  said: string | vscode.InputBoxValidationMessage | null | undefined,
): string | vscode.InputBoxValidationMessage | undefined {
  if (said === null || said === undefined) return undefined;
  return typeof said === 'string' ? noticeText(said) : { ...said, message: noticeText(said.message) };
}
