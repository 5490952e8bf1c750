import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { waitFor } from './processes.ts';

/** What a probed function is given inside the extension host. */
interface InHost {
  readonly vscode: typeof vscode;
  readonly require: NodeJS.Require;
}

/** Runs functions of a test inside the extension host of a session, through a small extension of its own. */
export interface Probe {
  /** Runs `body` in the host; it is sent as text, so it may use only its parameters. What it returns must be JSON. */
  run: <Argument, Result>(
    body: (host: InHost, argument: Argument) => Result | PromiseLike<Result>,
    argument: Argument,
  ) => Promise<Result>;
  /** Forgets the host it ran in, when that has ended. */
  forget: () => Promise<void>;
}

const portFile = 'probe-port';

const manifest = {
  name: 'probe',
  publisher: 'oauth-explorer-tests',
  version: '1.0.0',
  engines: { vscode: '^1.100.0' },
  main: './extension.cjs',
  activationEvents: ['*'],
  contributes: { languages: [{ id: 'bench-empty', extensions: ['.bench-empty'] }] },
};

// The bundler that runs the tests names functions through __name; the text of a function needs it too.
const extension = `
const vscode = require('vscode');
const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
const __name = (f) => f;
exports.activate = (context) => new Promise((resolve) => {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    try {
      const { body, argument } = JSON.parse(text);
      const value = await eval('(' + body + ')')({ vscode, require }, argument);
      response.end(JSON.stringify({ value }));
    } catch (error) {
      response.end(JSON.stringify({ error: String(error?.stack ?? error) }));
    }
  });
  server.listen(0, '127.0.0.1', () => {
    writeFileSync(require('node:path').join(__dirname, '${portFile}'), String(server.address().port));
    context.subscriptions.push({ dispose: () => server.close() });
    resolve();
  });
});
`;

/** Puts the probe's extension into an extensions folder, before the server starts. */
export async function installProbe(extensionsFolder: string): Promise<Probe> {
  const folder = join(extensionsFolder, 'oauth-explorer-tests.probe-1.0.0');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.cjs'), extension);
  const port = () => readFile(join(folder, portFile), 'utf8').catch(() => undefined);
  return {
    forget: () => rm(join(folder, portFile), { force: true }),
    async run<Argument, Result>(
      body: (host: InHost, argument: Argument) => Result | PromiseLike<Result>,
      argument: Argument,
    ): Promise<Result> {
      const text = JSON.stringify({ body: body.toString(), argument });
      // After a reload the old host's port is dead for a moment.
      const response = await waitFor('the probe to answer', async () => {
        const url = `http://127.0.0.1:${(await port()) ?? '1'}/`;
        // What never answers, such as a question nobody saw, must not keep the run.
        return fetch(url, { method: 'POST', body: text, signal: AbortSignal.timeout(120_000) }).catch(
          () => undefined,
        );
      });
      const { value, error } = (await response.json()) as { value: Result; error?: string };
      if (error !== undefined) throw new Error(`In the extension host: ${error}`);
      return value;
    },
  };
}
