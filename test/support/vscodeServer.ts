import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { close, listen } from '../../src/demo/listen.ts';
import { cached, removeFolder, temporaryFolder } from './folders.ts';
import { runToEnd, start, waitFor, type Running } from './processes.ts';

const codeServerVersion = '4.139.1';
const nodeVersion = '24.9.0';

/**
 * The built-in extensions that have to do with what we do. The other ninety (languages, debuggers, …) make each window take a
 * third longer to start.
 */
const usedExtensions = [
  'configuration-editing',
  'git',
  'git-base',
  'json',
  'json-language-features',
  'markdown-basics',
  'markdown-language-features',
  'theme-defaults',
  'theme-modern-icons',
  'theme-seti',
];

/** Packages of the server that its agents and Windows use, each when it is wanted: half of what would be fetched. */
const unusedPackages = [
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/sandbox-runtime',
  '@vscode/tree-sitter-wasm',
];

/**
 * Stands in for VS Code's native logger, which needs a compiler: log files, and the output channels that show them, are as on
 * the desktop.
 */
const fileLogger = `
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(type, name, file) { this.file = file; this.level = 2; this.raw = false; }
  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, 23);
    appendFileSync(this.file, this.raw ? message : time + ' [' + names[level] + '] ' + message + '\\n');
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.raw = true; }
  flush() {}
  drop() {}
}
async function create(name, file) {
  mkdirSync(dirname(file), { recursive: true });
  return new Logger('', name, file);
}
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/** A VS Code server that listens on loopback. */
export interface VscodeServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** Holds the server's state, logs and user settings. */
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  readonly output: () => string;
  readonly close: () => Promise<void>;
}

export interface VscodeServerOptions {
  readonly extensionsFolder?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Lets a page's `payload` start in-host tests. */
  readonly testDriver?: boolean;
  /** Whether VS Code asks if the folder's authors are trusted. Default: it does not. */
  readonly workspaceTrust?: boolean;
  /** Whether it is for a person: with all of its built-in extensions, and others to be found on the network. Default: no. */
  readonly complete?: boolean;
}

/**
 * The Node that the VS Code server runs on, and so the extension in it, from the npm registry; kept in the cache, fetched when it
 * is not there. `say` is told that it is being fetched.
 */
export async function ensureVscodeNode(say: (text: string) => void = console.log): Promise<string> {
  const windows = process.platform === 'win32';
  const folder = await cached(`node-${nodeVersion}-${process.platform}-${process.arch}`, async (folder) => {
    say(
      `Fetching Node ${nodeVersion}, which the VS Code server runs on, from the npm registry (about 40 MB) …`,
    );
    const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
    await fetchPackage(`${name}@${nodeVersion}`, folder);
    if (!windows) await chmod(join(folder, 'bin', 'node'), 0o755);
  });
  return join(folder, 'bin', windows ? 'node.exe' : 'node');
}

/** The unpacked VS Code server, got and kept like the Node that it runs on. `say` is told what is being fetched. */
export async function ensureVscodeServer(
  say: (text: string) => void = console.log,
): Promise<{ node: string; main: string; usedExtensions: string }> {
  const node = await ensureVscodeNode(say);
  const server = await cached(`code-server-${codeServerVersion}-lean`, async (folder) => {
    say(
      `Fetching the VS Code server (code-server ${codeServerVersion}) from the npm registry (about 45 MB) …`,
    );
    await fetchPackage(`code-server@${codeServerVersion}`, folder);
    say('Installing the VS Code server’s own packages (about 200 MB on disk, a minute) …');
    const vscode = join(folder, 'lib', 'vscode');
    await withoutUnused(join(vscode, 'package.json'));
    await runToEnd('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: vscode,
    });
    await writeFile(join(vscode, 'node_modules', '@vscode', 'spdlog', 'index.js'), fileLogger);
    say('The VS Code server is ready.');
  });
  const vscode = join(server, 'lib', 'vscode');
  const used = await cached(`code-server-${codeServerVersion}-extensions-1`, async (folder) => {
    for (const name of usedExtensions)
      await cp(join(vscode, 'extensions', name), join(folder, name), { recursive: true });
  });
  return {
    node,
    main: join(vscode, 'out', 'server-main.js'),
    usedExtensions: used,
  };
}

async function withoutUnused(manifest: string): Promise<void> {
  const read = JSON.parse(await readFile(manifest, 'utf8')) as { dependencies: Record<string, string> };
  for (const name of unusedPackages)
    if (!(name in read.dependencies))
      throw new Error(`The VS Code server does not depend on ${name} any more.`);
  const used = Object.entries(read.dependencies).filter(([name]) => !unusedPackages.includes(name));
  await writeFile(manifest, JSON.stringify({ ...read, dependencies: Object.fromEntries(used) }));
}

/** Has VS Code install a .vsix, as its user's "Install from VSIX" does. @throws when VS Code refuses it, with its words */
export async function installPackage(vsix: string, extensionsFolder: string): Promise<void> {
  const { node, main } = await ensureVscodeServer();
  const dataFolder = await temporaryFolder('install');
  try {
    const folders = ['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder];
    await runToEnd(node, [main, '--install-extension', vsix, ...folders, '--accept-server-license-terms'], {
      env: serverEnvironment(process.env),
    });
  } finally {
    await removeFolder(dataFolder);
  }
}

/** Starts the VS Code server on a random port of 127.0.0.1, with data folders of its own that are removed at the end. */
export async function startVscodeServer(options: VscodeServerOptions = {}): Promise<VscodeServer> {
  const { node, main, usedExtensions: used } = await ensureVscodeServer();
  const dataFolder = await temporaryFolder('vscode');
  const extensionsFolder = options.extensionsFolder ?? join(dataFolder, 'extensions');
  await mkdir(extensionsFolder, { recursive: true });
  const redirector = await startRedirector();
  const running = start(node, [main, ...serverArguments(dataFolder, extensionsFolder, options, used)], {
    env: {
      ...serverEnvironment(options.env ?? process.env),
      VSCODE_PROXY_URI: `${redirector.url}/{{port}}/`,
      ...(options.complete === true ? {} : { EXTENSIONS_GALLERY: '{"serviceUrl":""}' }),
    },
  });
  const close = async () => {
    await running.close();
    await redirector.close();
    await removeFolder(dataFolder);
  };
  try {
    const port = await listening(running);
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      dataFolder,
      extensionsFolder,
      output: running.output,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Leads the browser from `/PORT/path` to `http://127.0.0.1:PORT/path`. The workbench of code-server sends every loopback URL it
 * opens to a proxy of code-server's own; this stands in for it, as the browser is on the same computer.
 */
async function startRedirector(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const [, port, path] = /^\/(\d{1,5})(\/.*)$/.exec(request.url ?? '') ?? [];
    if (port === undefined || path === undefined) response.writeHead(404).end();
    else response.writeHead(302, { location: `http://127.0.0.1:${port}${path}` }).end();
  });
  return { url: `http://127.0.0.1:${await listen(server, 0)}`, close: () => close(server) };
}

function serverArguments(
  data: string,
  extensions: string,
  options: VscodeServerOptions,
  used: string,
): string[] {
  return [
    // It is on the same computer: to compress every message costs more than to send it.
    '--disable-websocket-compression',
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--server-data-dir', data, '--extensions-dir', extensions, '--disable-telemetry'],
    ...(options.complete === true ? [] : ['--builtin-extensions-dir', used]),
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    ...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
  ];
}

/** The environment without what a terminal inside another VS Code would hand down. */
function serverEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_TEST_CONTEXT$)/.test(name),
    ),
  );
}

async function listening(server: Running): Promise<number> {
  return waitFor(
    'the VS Code server to listen',
    () => {
      const port = /listening on (\d+)/i.exec(server.output())?.[1];
      if (port !== undefined) return Number(port);
      if (server.process.exitCode !== null)
        throw new Error(`The VS Code server ended at once.\n${server.output()}`);
      return undefined;
    },
    60_000,
  );
}

/** Unpacks an npm package (its published archive, nothing installed) into `folder`. */
async function fetchPackage(spec: string, folder: string): Promise<void> {
  const download = join(folder, '.download');
  await mkdir(download);
  await runToEnd('npm', ['pack', spec, '--silent', '--pack-destination', download], { cwd: folder });
  const [archive = ''] = await readdir(download);
  await runToEnd('tar', ['-xzf', join(download, archive), '-C', download]);
  for (const name of await readdir(join(download, 'package')))
    await rename(join(download, 'package', name), join(folder, name));
  await rm(download, { recursive: true });
}
