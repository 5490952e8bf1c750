import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** A user who types and presses what a test says, and hears everything that is said. */
export class User {
  /** What is typed into the next input boxes; `undefined` closes one. */
  readonly types: (string | undefined)[] = [];
  /** The next buttons that are pressed, as soon as a message has them. */
  readonly presses: string[] = [];
  /** Every message and its detail, and every title of an input box. */
  readonly heard: string[] = [];
  /** Every input box that was opened. */
  readonly boxes: vscode.InputBoxOptions[] = [];
  /** The views that were opened, the oldest first. */
  readonly panels: Panel[] = [];

  /** The panel of a view, such as `api`. */
  panel(name: string): Panel {
    const found = this.panels.findLast((panel) => panel.viewType === `oauthExplorer.${name}`);
    assert.ok(found, `The view “${name}” was not opened. Heard: ${this.heard.join(' | ')}`);
    return found;
  }
}

/** An open view as the user sees and uses it. */
export interface Panel {
  readonly viewType: string;
  /** What it was told to draw last. */
  model: () => unknown;
  /** Does what a button of the page does; ends when that is done. */
  press: (intent: object) => Promise<void>;
}

type WindowPart = Partial<Record<keyof typeof vscode.window, unknown>>;

/** Runs `body` with a user in the place of VS Code's boxes, messages and webviews. */
export async function withUser(body: (user: User) => Promise<void>): Promise<void> {
  const user = new User();
  const message = (text: string, ...items: unknown[]) => {
    const detail = items.find((item): item is vscode.MessageOptions => typeof item === 'object');
    user.heard.push([text, detail?.detail].filter(Boolean).join(' '));
    const [wanted] = user.presses;
    return Promise.resolve(items.includes(wanted) ? user.presses.shift() : undefined);
  };
  const replaced: WindowPart = {
    showErrorMessage: message,
    showWarningMessage: message,
    showInformationMessage: message,
    showInputBox: (options: vscode.InputBoxOptions) => {
      user.heard.push(options.title ?? '');
      user.boxes.push(options);
      assert.ok(user.types.length > 0, `“${options.title ?? ''}” was asked, which was not expected.`);
      return Promise.resolve(user.types.shift());
    },
    createWebviewPanel: (viewType: string, title: string) => fakePanel(user, viewType, title),
  };
  const kept = Object.fromEntries(
    Object.keys(replaced).map((name) => [name, Reflect.get(vscode.window, name) as unknown]),
  );
  Object.assign(vscode.window, replaced);
  try {
    await body(user);
    assert.deepEqual(user.types, [], 'Not everything was typed.');
    assert.deepEqual(user.presses, [], 'Not every button was there.');
  } finally {
    Object.assign(vscode.window, kept);
  }
}

function fakePanel({ panels }: User, viewType: string, title: string): unknown {
  const listeners: ((message: unknown) => unknown)[] = [];
  const disposed = new vscode.EventEmitter<void>();
  let model: unknown;
  const press = async (intent: object) => {
    for (const listener of listeners) await listener({ type: 'intent', intent });
  };
  panels.push({ viewType, model: () => model, press });
  return {
    ...{ viewType, title, visible: true, onDidDispose: disposed.event, reveal: () => undefined },
    onDidChangeViewState: () => ({ dispose: () => undefined }),
    dispose: () => disposed.fire(),
    webview: {
      html: '',
      onDidReceiveMessage: (listener: (message: unknown) => unknown) => {
        listeners.push(listener);
        // A page says that it is ready as soon as it is there.
        void listener({ type: 'ready' });
      },
      postMessage: (message: { readonly model: unknown }) => {
        model = message.model;
        return Promise.resolve(true);
      },
    },
  };
}

/** A user who leaves every question. */
export async function leavingAll(body: (said: string[]) => Promise<void>): Promise<void> {
  const said: string[] = [];
  const leave = (text: unknown) => {
    if (typeof text === 'string') said.push(text);
    return Promise.resolve(undefined);
  };
  const { createQuickPick } = vscode.window;
  const replaced = {
    ...{ showErrorMessage: leave, showWarningMessage: leave, showInformationMessage: leave },
    ...{ showInputBox: () => leave(undefined), showQuickPick: () => leave(undefined) },
    ...{ showOpenDialog: () => leave(undefined), showSaveDialog: () => leave(undefined) },
    createQuickPick: () => {
      const made = createQuickPick();
      const hidden = new vscode.EventEmitter<void>();
      Object.defineProperties(made, {
        onDidHide: { value: hidden.event },
        hide: { value: () => hidden.fire() },
        show: { value: () => hidden.fire() },
      });
      return made;
    },
  };
  const kept = Object.fromEntries(
    Object.keys(replaced).map((name) => [name, Reflect.get(vscode.window, name) as unknown]),
  );
  Object.assign(vscode.window, replaced);
  try {
    await body(said);
  } finally {
    Object.assign(vscode.window, kept);
  }
}
