import * as vscode from 'vscode';
import {
  dotenvEnvironment,
  knownEnvironments,
  type DotenvText,
  type KnownEnvironments,
} from '../../core/httpFile/environmentVariables.ts';
import { environmentsOf } from '../../core/httpFile/environment.ts';
import type { HttpDialect } from '../../core/httpFile/dialect.ts';
import type { VariableSource } from '../../core/httpFile/resolveVariables.ts';
import { systemClock } from '../../adapters/clock.ts';
import { environmentFolders } from './environmentFiles.ts';
import { readText, UnreadableFile } from './gitIgnore.ts';
import { dialogs } from '../dialogs.ts';

/** The JSON environment files in order of precedence: Visual Studio's for one user, the private one, the shared one. */
const jsonFiles = [
  ['http-client.env.json.user', 'user'],
  ['http-client.private.env.json', 'private'],
  ['http-client.env.json', 'shared'],
] as const;
/** Most `.env` files of one folder that are read. */
const mostDotenv = 20;

/** Reads the environment files of the document's folder and those above it, and the settings of REST Client and httpYac. */
export async function readEnvironments(document: vscode.TextDocument): Promise<KnownEnvironments> {
  const folders = environmentFolders(document);
  const json = folders.flatMap((uri, folder) =>
    jsonFiles.map(async ([name, kind]) => {
      const text = await readOrSay(vscode.Uri.joinPath(uri, name), true);
      return { text, kind, folder };
    }),
  );
  const dotenv = await Promise.all(folders.map(dotenvFiles));
  const [settings, httpyacSettings] = ['rest-client', 'httpyac'].map((tool) =>
    vscode.workspace.getConfiguration(tool, document).get<unknown>('environmentVariables'),
  );
  const projectRoot = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath;
  return knownEnvironments({
    ...(projectRoot !== undefined && { projectRoot }),
    json: (await Promise.all(json)).filter(({ text }) => text !== ''),
    dotenv: dotenv.flat(),
    ...{ settings, httpyacSettings },
  });
}

/** A file's text. One that cannot be read, or is not JSON with comments where it must be, is reported and counts as empty. */
async function readOrSay(file: vscode.Uri, isJson = false): Promise<string> {
  try {
    const text = await readText(file);
    if (!isJson || environmentsOf(text) !== undefined) return text;
    const name = vscode.workspace.asRelativePath(file);
    void dialogs.showWarningMessage(
      vscode.l10n.t(
        '{0} is not a valid environment file, so nothing in it counts. Correct it and try again.',
        name,
      ),
    );
    return '';
  } catch (thrown) {
    if (!(thrown instanceof UnreadableFile)) throw thrown;
    void dialogs.showWarningMessage(thrown.message);
    return '';
  }
}

/**
 * The `.env` files of a folder and of its subfolder `env`, which wins in httpYac. @see https://httpyac.github.io/config:
 * envDirName
 */
async function dotenvFiles(folder: vscode.Uri): Promise<readonly DotenvText[]> {
  const inner = await dotenvIn(vscode.Uri.joinPath(folder, 'env'));
  return [...inner.map((file) => ({ ...file, inEnvFolder: true as const })), ...(await dotenvIn(folder))];
}

async function dotenvIn(folder: vscode.Uri): Promise<readonly DotenvText[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  const names = entries.map(([name]) => name).filter((name) => dotenvEnvironment(name) !== undefined);
  const files = names.slice(0, mostDotenv).map(async (name): Promise<DotenvText> => {
    const environment = dotenvEnvironment(name);
    const text = await readOrSay(vscode.Uri.joinPath(folder, name));
    return { text, ...(environment !== undefined && { environment }) };
  });
  const common = { text: await readOrSay(vscode.Uri.joinPath(folder, '.env')) };
  return [common, ...(await Promise.all(files))].filter(({ text }) => text !== '');
}

/** The variables of one environment, and those that every tool generates anew each time. */
export function requestVariables(
  environments: KnownEnvironments,
  environment: string | undefined,
  dialect?: HttpDialect,
): VariableSource {
  return environments.variables(environment, {
    clock: systemClock,
    ...(dialect !== undefined && { dialect }),
    processEnv: (name) => (vscode.workspace.isTrusted ? process.env[name] : undefined),
  });
}
