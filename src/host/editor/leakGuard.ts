import * as vscode from 'vscode';
import { findLeaks, type Leak } from '../../core/leaks/findLeaks.ts';
import { leakEdits } from '../../core/leaks/leakEdits.ts';
import { leakFileOf, leakMessage, type LeakFile } from '../../core/leaks/leakReference.ts';
import { unwrapped } from '../../core/leaks/wrapped.ts';
import { commands, type LeakArgument, type PlaceArgument } from '../../shared/commands.ts';
import { jwtIn } from '../decodeToken.ts';
import { onSettingChange, setting } from '../settings.ts';
import { newNameFor, placeFor } from './freeNames.ts';
import { gitState } from './gitIgnore.ts';
import { quickFix } from './quickFix.ts';

/** The longest text that is looked at, in UTF-16 units. */
const longest = 5_000_000;
/** How long a text must be unchanged before it is examined again, in milliseconds. */
const pause = 400;
const source = 'OAuth Explorer';

/** Offers to decode the JWT under the cursor, whatever file it stands in. */
class JwtActions implements vscode.CodeActionProvider {
  provideCodeActions(document: vscode.TextDocument, { start }: vscode.Range): vscode.CodeAction[] {
    if (jwtIn(document, start) === undefined) return [];
    const title = vscode.l10n.t('Decode token');
    const { line, character } = start;
    // The token's place, not the token itself: commands take no tokens as arguments.
    const argument: PlaceArgument = { uri: document.uri.toString(), line, character };
    return [quickFix(title, commands.decodeToken, argument)];
  }
}

/** Warns of secrets in open files that git tracks or would add, and offers to move them. */
export class LeakGuard implements vscode.Disposable, vscode.CodeActionProvider {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('oauthExplorer.leaks');
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    const { workspace } = vscode;
    const check = (document: vscode.TextDocument) => void this.#check(document);
    const checkAll = () => workspace.textDocuments.forEach(check);
    this.#subscriptions = [
      this.#diagnostics,
      workspace.onDidOpenTextDocument(check),
      workspace.onDidSaveTextDocument(check),
      workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      workspace.onDidGrantWorkspaceTrust(checkAll),
      onSettingChange('leakGuard', checkAll),
      vscode.languages.registerCodeActionsProvider([{ scheme: 'file' }], this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
      vscode.languages.registerCodeActionsProvider('*', new JwtActions(), {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
    checkAll();
  }

  #soon(document: vscode.TextDocument): void {
    if (fileOf(document) === undefined) return;
    clearTimeout(this.#waiting.get(document));
    this.#waiting.set(
      document,
      setTimeout(() => {
        this.#waiting.delete(document);
        void this.#check(document);
      }, pause),
    );
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const file = fileOf(document);
    if (file === undefined) return;
    const leaks = setting('leakGuard', document) ? leaksIn(document) : [];
    // Git is only asked when there is something to report.
    const state = leaks.length === 0 ? 'outside' : await gitState(document.uri).catch(() => 'unknown');
    if (document.isClosed) return;
    if (state !== 'tracked' && state !== 'unignored') {
      this.#diagnostics.delete(document.uri);
      return;
    }
    this.#diagnostics.set(
      document.uri,
      leaksIn(document).map((leak) => {
        const { Warning } = vscode.DiagnosticSeverity;
        const message = leakMessage(leak, state === 'tracked');
        const diagnostic = new vscode.Diagnostic(rangeOf(document, leak), message, Warning);
        return Object.assign(diagnostic, { source, code: leak.kind });
      }),
    );
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    this.#diagnostics.delete(document.uri);
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const file = fileOf(document);
    const own = context.diagnostics.filter((one) => one.source === source);
    if (file === undefined || own.length === 0) return [];
    const here = leaksIn(document).filter(
      (leak) => rangeOf(document, leak).intersection(range) !== undefined,
    );
    return (await Promise.all(here.map((leak) => actions(document, file, leak, own)))).flat();
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}

const fileOf = ({ uri, languageId }: vscode.TextDocument) =>
  uri.scheme === 'file' ? leakFileOf(uri.path, languageId) : undefined;

function leaksIn(document: vscode.TextDocument): readonly Leak[] {
  const text = document.getText();
  return text.length > longest ? [] : findLeaks(text);
}

function rangeOf(document: vscode.TextDocument, { start, end }: Pick<Leak, 'start' | 'end'>): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

async function actions(
  document: vscode.TextDocument,
  file: LeakFile,
  leak: Leak,
  diagnostics: vscode.Diagnostic[],
): Promise<vscode.CodeAction[]> {
  const { line, character } = document.positionAt(leak.start);
  const written = document.getText(rangeOf(document, leak));
  const value = leak.kind === 'jwt' ? unwrapped(written) : written;
  const { reference } = await newNameFor(document, file, await placeFor(document, file), { leak, value });
  const at = { uri: document.uri.toString(), line, character };
  const move = (title: string, to: LeakArgument['to']) => {
    const argument: LeakArgument = { ...at, to };
    return quickFix(title, commands.moveSecret, argument);
  };
  const isKept = leak.kind === 'client_secret' || leak.kind === 'refresh_token';
  const found = [
    ...(reference === undefined
      ? [move(vscode.l10n.t('Let git ignore this file'), 'ignore')]
      : [
          move(vscode.l10n.t('Move to the environment file'), 'environment'),
          replacement(document, file, leak, reference),
        ]),
    ...(isKept ? [move(vscode.l10n.t('Move to the keychain'), 'keychain')] : []),
  ];
  for (const action of found) action.diagnostics = diagnostics;
  return found;
}

function replacement(
  document: vscode.TextDocument,
  file: LeakFile,
  leak: Leak,
  reference: string,
): vscode.CodeAction {
  const title = vscode.l10n.t('Replace by the reference {0}', reference);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const { text, ...place } of leakEdits(document.getText(), leak, file, reference))
    action.edit.replace(document.uri, rangeOf(document, place), text);
  return action;
}
