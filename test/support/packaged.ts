import { rmSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { temporaryFolder } from './folders.ts';
import { targetHere, vsixPath } from './package.mjs';
import { unpack } from './zip.ts';

let unpacked: Promise<string> | undefined;

/** The extension as users install it: the package for this computer, unpacked once in a process and removed when that ends. */
export function packagedExtension(): Promise<string> {
  return (unpacked ??= unpackExtension());
}

/**
 * What a module of the sources that is loaded when first used exports in the package.
 *
 * @param name one of its exports, of a name that no other such module has.
 * @throws Error when none has it, or more than one.
 */
export async function packagedModule<Module>(name: keyof Module & string): Promise<Module> {
  const dist = join(await packagedExtension(), 'dist');
  const exporting = new RegExp(`[{,]${name}:\\(\\)=>`);
  const found: string[] = [];
  for (const file of await readdir(dist))
    if (file.endsWith('.cjs') && exporting.test(await codeOf(join(dist, file)))) found.push(file);
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`${found.length} files of the package export ${name}: ${found.join(', ')}.`);
  const exported = createRequire(join(dist, 'extension.cjs'))(join(dist, only)) as Record<string, unknown>;
  // A group of modules exports each of them as one object.
  const module = [exported, ...Object.values(exported)].find(
    (one) => typeof one === 'object' && one !== null && name in one,
  );
  if (module === undefined) throw new Error(`${only} of the package has ${name}, and does not export it.`);
  return module as Module;
}

/** A chunk's code, unpacked where it is packed together with others. */
async function codeOf(path: string): Promise<string> {
  const code = await readFile(path, 'utf8');
  const [, together] = /require\("(\.\/\w+\.cjs)"\)\(/.exec(code) ?? [];
  if (together === undefined || !code.startsWith('module._compile(')) return code;
  const codes = createRequire(path)(together) as (name: string) => string;
  return codes(basename(path));
}

async function unpackExtension(): Promise<string> {
  const folder = await temporaryFolder('packaged');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await unpack(vsixPath(targetHere()), 'extension/', folder);
  return folder;
}
