import * as vscode from 'vscode';
import { configFilePatterns } from '../../core/mcp/configFilePatterns.ts';
import { highlightKinds } from '../../core/httpFile/highlightKind.ts';
import type { EditorFeatures } from './editorFeatures.ts';
import type { EditorServices } from './tokenSource.ts';

const requestFiles = [{ language: 'http' }, { language: 'rest' }, { pattern: '**/*.{http,rest}' }];
/** Markdown does not activate the extension; once it is active, fences have the features, too. */
const selector: vscode.DocumentSelector = [...requestFiles, { language: 'markdown' }];

/**
 * Registers lenses, hovers, quick fixes and colours for the requests in `.http` files and in Markdown fences.
 *
 * @param parts builds what they work with when one of them is first used
 */
export function registerEditor(parts: () => Promise<EditorServices>): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let features: Promise<EditorFeatures> | undefined;
  const load = () => (features ??= create(parts, () => changed.fire()));
  return vscode.Disposable.from(
    changed,
    startGuard(),
    { dispose: () => void features?.then((loaded) => loaded.dispose()) },
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: async (document) => (await load()).lenses(document),
      resolveCodeLens: async (lens) => (await load()).resolveLens(lens),
    }),
    vscode.languages.registerCodeLensProvider(
      configFilePatterns.map((pattern) => ({ pattern })),
      { provideCodeLenses: async (document) => (await import('./mcpLenses.ts')).mcpLenses(document) },
    ),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => (await load()).hover(document, position),
    }),
    vscode.languages.registerCodeActionsProvider(
      selector,
      { provideCodeActions: async (document, range) => (await load()).actions(document, range) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.languages.registerDocumentRangeSemanticTokensProvider(
      requestFiles,
      {
        provideDocumentRangeSemanticTokens: async (document, range) =>
          (await load()).colours(document, range),
      },
      new vscode.SemanticTokensLegend([...highlightKinds]),
    ),
  );
}

/** How long after the start files are first searched for secrets, in milliseconds: until then, nothing of it is loaded. */
const quiet = 1500;

/** Starts the search for secrets in open files, once the window has settled. */
function startGuard(): vscode.Disposable {
  let guard: vscode.Disposable | undefined;
  let isDisposed = false;
  const timer = setTimeout(() => {
    void import('./leakGuard.ts').then(({ LeakGuard }) => {
      if (!isDisposed) guard = new LeakGuard();
    });
  }, quiet);
  return {
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      guard?.dispose();
    },
  };
}

async function create(parts: () => Promise<EditorServices>, changed: () => void): Promise<EditorFeatures> {
  const { EditorFeatures } = await import('./editorFeatures.ts');
  return new EditorFeatures(parts, changed);
}
