// From an edit to fresh lenses in a 10,000-line file: ours against a provider that does nothing, in pairs in one host.
import { startSession } from '../support/session.ts';
import { median, result } from './statistics.ts';

const rounds = 41;
const request = '### Order\nGET http://127.0.0.1/orders\nAccept: application/json\n\n{ "item": 1 }\n';
const text = request.repeat(2000);

const session = await startSession({
  lasting: true,
  files: { 'ours.http': text, 'nothing.bench-empty': text },
  settings: {
    'oauthExplorer.profiles': [
      {
        id: 'bench',
        name: 'Bench',
        grant: 'client_credentials',
        issuer: 'http://127.0.0.1:1',
        clientId: 'bench',
        clientAuthentication: 'client_secret_basic',
      },
    ],
  },
});
try {
  const pairs = await session.probe.run(
    async ({ vscode }, { folder, count }) => {
      vscode.languages.registerCodeLensProvider('bench-empty', { provideCodeLenses: () => [] });
      await vscode.extensions.getExtension('oauth-explorer.oauth-explorer')?.activate();
      const root = vscode.Uri.file(folder);
      const measure = async (name: string, round: number): Promise<number> => {
        const uri = vscode.Uri.joinPath(root, name);
        const edit = new vscode.WorkspaceEdit();
        edit.insert(uri, new vscode.Position(3 + 5 * round, 0), 'x');
        const started = performance.now();
        await vscode.workspace.applyEdit(edit);
        await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri);
        return performance.now() - started;
      };
      const lenses = async (name: string) =>
        (
          await vscode.commands.executeCommand<unknown[]>(
            'vscode.executeCodeLensProvider',
            vscode.Uri.joinPath(root, name),
          )
        ).length;
      for (const name of ['ours.http', 'nothing.bench-empty'])
        await vscode.window.showTextDocument(vscode.Uri.joinPath(root, name), {
          viewColumn: name === 'ours.http' ? vscode.ViewColumn.One : vscode.ViewColumn.Two,
        });
      const shown = { ours: await lenses('ours.http'), nothing: await lenses('nothing.bench-empty') };
      const times: { ours: number; nothing: number }[] = [];
      for (let round = 0; round < count; round++) {
        const ours = await measure('ours.http', round);
        times.push({ ours, nothing: await measure('nothing.bench-empty', round) });
      }
      return { shown, times };
    },
    { folder: session.workspace, count: rounds },
  );
  // In a long file only requests near what is seen have lenses: two each, in 400 lines below the first screen.
  if (pairs.shown.ours < 160 || pairs.shown.nothing !== 0)
    throw new Error(`The lenses are not what is to be measured: ${JSON.stringify(pairs.shown)}.`);
  // The first rounds warm both up.
  const times = pairs.times.slice(6);
  result('lens_ratio_10k', median(times.map(({ ours, nothing }) => ours / nothing)), 'ratio');
  result('lens_10k_ms', median(times.map(({ ours }) => ours)), 'ms');
} finally {
  await session.close();
}
