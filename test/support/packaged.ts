import { rmSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { temporaryFolder } from './folders.ts';
import { targetHere, vsixPath } from './package.mjs';
import { unpack } from './zip.ts';

/** What `esbuild.mjs` packs together: what a chunk exports, by its name. */
interface Packed {
  (chunk: string): unknown;
  readonly names: readonly string[];
  code: (chunk: string) => string;
}

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
  const load = createRequire(join(dist, 'extension.cjs'));
  const packed = load('./later.cjs') as Packed;
  const exporting = new RegExp(`[{,]${name}:\\(\\)=>`);
  const found = packed.names.filter((chunk) => exporting.test(packed.code(chunk)));
  const files: string[] = [];
  for (const file of (await readdir(dist)).filter((one) => one.endsWith('.cjs')))
    if (exporting.test(await readFile(join(dist, file), 'utf8'))) files.push(file);
  const [only, more] = [...found, ...files];
  if (only === undefined || more !== undefined)
    throw new Error(`${[...found, ...files].join(', ') || 'Nothing'} of the package exports ${name}.`);
  const exported = (found.includes(only) ? packed(only) : load(join(dist, only))) as Record<string, unknown>;
  // A group of modules exports each of them as one object.
  const module = [exported, ...Object.values(exported)].find(
    (one) => typeof one === 'object' && one !== null && name in one,
  );
  if (module === undefined) throw new Error(`${only} of the package has ${name}, and does not export it.`);
  return module as Module;
}

async function unpackExtension(): Promise<string> {
  const folder = await temporaryFolder('packaged');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await unpack(vsixPath(targetHere()), 'extension/', folder);
  return folder;
}
