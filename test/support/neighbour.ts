import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const manifest = {
  name: 'neighbour',
  publisher: 'oauth-explorer-tests',
  version: '1.0.0',
  engines: { vscode: '^1.100.0' },
  main: './extension.cjs',
  activationEvents: ['onLanguage:http', 'onDebug'],
  contributes: {
    debuggers: [{ type: 'neighbour', label: 'Neighbour' }],
    languages: [{ id: 'http', aliases: ['Neighbour HTTP'], extensions: ['.http', '.rest'] }],
  },
};

const extension = `
const vscode = require('vscode');
exports.activate = (context) => {
  context.subscriptions.push(
    vscode.languages.registerCodeLensProvider({ language: 'http' }, {
      provideCodeLenses: (document) => {
        const lenses = [];
        for (let line = 0; line < document.lineCount; line++)
          if (/^(GET|POST) /.test(document.lineAt(line).text))
            lenses.push(new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title: 'Send Request', command: '' }));
        return lenses;
      },
    }),
  );
  const { execFile } = require('node:child_process');
  // A debugger that only runs the program in the environment that it is given.
  const adapter = () => {
    const sent = new vscode.EventEmitter();
    const handleMessage = ({ seq, command, arguments: given }) => {
      sent.fire({ type: 'response', request_seq: seq, success: true, command });
      if (command === 'initialize') sent.fire({ type: 'event', event: 'initialized' });
      if (command === 'launch')
        execFile(process.execPath, [given.program], { env: { ...process.env, ...given.env, ELECTRON_RUN_AS_NODE: '1' } }, () =>
          sent.fire({ type: 'event', event: 'terminated' }));
    };
    return { onDidSendMessage: sent.event, handleMessage, dispose: () => sent.dispose() };
  };
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory('neighbour', {
      createDebugAdapterDescriptor: () => new vscode.DebugAdapterInlineImplementation(adapter()),
    }),
  );
  // What VS Code tells an extension only of itself.
  return { globalStorageUri: context.globalStorageUri };
};
`;

/**
 * Puts an extension into an extensions folder that has the language id `http`, its file extensions and lenses of its own, as REST
 * Client and httpYac have, and a debugger.
 *
 * @returns the extension's folder.
 */
export async function installNeighbour(extensionsFolder: string): Promise<string> {
  const folder = join(extensionsFolder, 'oauth-explorer-tests.neighbour-1.0.0');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.cjs'), extension);
  return folder;
}
