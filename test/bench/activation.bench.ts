// What activation costs: time as "Running Extensions" reports it, code loaded by then, resident memory added.
import type * as fs from 'node:fs';
import type * as v8 from 'node:v8';
import type * as vm from 'node:vm';
import { startSession, type Session } from '../support/session.ts';
import { median, result } from './statistics.ts';

const windows = 5;

interface Loaded {
  readonly bytes: number;
  readonly memory: number;
}

/** Activates the extension in a host that has only started, with a collection before and after. */
async function activate(session: Session): Promise<Loaded> {
  return session.probe.run(async ({ vscode, require: load }) => {
    const { setFlagsFromString } = load('node:v8') as typeof v8;
    const { runInNewContext } = load('node:vm') as typeof vm;
    const { statSync } = load('node:fs') as typeof fs;
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const settle = () => new Promise((resolve) => setTimeout(resolve, 1500));
    const memory = async () => {
      await settle();
      collect();
      collect();
      return process.memoryUsage.rss();
    };
    const extension = vscode.extensions.getExtension('oauth-explorer.oauth-explorer');
    if (extension === undefined || extension.isActive) throw new Error('The extension is active already.');
    const before = await memory();
    await extension.activate();
    const files = Object.keys(load.cache).filter((file) => file.startsWith(extension.extensionPath));
    const bytes = files
      .filter((file) => file.endsWith('js'))
      .reduce((sum, file) => sum + statSync(file).size, 0);
    return { bytes, memory: (await memory()) - before };
  }, undefined);
}

/** The milliseconds that the "Running Extensions" editor shows. */
async function reported({ workbench }: Session): Promise<number> {
  await workbench.command('Developer: Show Running Extensions');
  const row = workbench.page
    .locator('.runtime-extensions-editor .extension')
    .filter({ has: workbench.page.locator('.name', { hasText: /^OAuth Explorer$/ }) });
  const text = await row.locator('.activation-time').innerText();
  return Number(/(\d+)\s*ms/.exec(text)?.[1] ?? Number.NaN);
}

const times: number[] = [];
const loads: Loaded[] = [];
// Tall, so that the whole list of running extensions is drawn.
const session = await startSession({
  lasting: true,
  viewport: { width: 1400, height: 4000 },
  userSettings: { 'workbench.editor.useModal': 'off' },
});
try {
  for (let window = 0; window < windows; window++) {
    if (window > 0) await session.workbench.reload();
    loads.push(await activate(session));
    times.push(await reported(session));
    await session.workbench.page.keyboard.press('ControlOrMeta+F4');
  }
} finally {
  await session.close();
}
result('activation_ms', median(times), 'ms');
result('activation_kb', median(loads.map(({ bytes }) => bytes)) / 1024, 'KB');
result('activation_mib', median(loads.map(({ memory }) => memory)) / 1024 / 1024, 'MiB');
