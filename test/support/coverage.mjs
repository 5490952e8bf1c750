// How many lines of each folder of `src` the unit tests ran, from what V8 writes into NODE_V8_COVERAGE, held against the
// floors in test/coverage.json. Plain Node, so that the tests run as ever but for V8's counting.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');
export const floorsFile = join(root, 'test', 'coverage.json');

/** What unit tests run on plain Node: the host needs VS Code; adapters and programs are run as such by other tests. */
const measured = ['src/core', 'src/shared', 'src/demo'];

/**
 * Lines of `files` by their folder, from what V8 left in `folder`.
 *
 * @returns {Map<string, { lines: number, ran: number }>}
 */
export function coverageIn(folder, files = sources()) {
  const ran = new Map();
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
    const { result, 'source-map-cache': maps = {} } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const script of result) {
      const file = sourceOf(script.url);
      if (file === undefined) continue;
      const lines = ran.get(file) ?? new Map();
      for (const [line, did] of linesRun(script, file, maps[script.url]))
        lines.set(line, did || lines.get(line) === true);
      ran.set(file, lines);
    }
  }
  const folders = new Map();
  for (const file of files) {
    const lines = ran.get(file) ?? new Map([...codeLines(file)].map((line) => [line, false]));
    const of =
      folders.get(folderOf(file)) ?? folders.set(folderOf(file), { lines: 0, ran: 0 }).get(folderOf(file));
    of.lines += lines.size;
    of.ran += [...lines.values()].filter(Boolean).length;
  }
  return new Map([...folders].filter(([, { lines }]) => lines > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A table of what was found, and a sentence for each folder that is below its floor or has none; none without `floors`.
 *
 * @returns {{ table: string[], problems: string[] }}
 */
export function judgeCoverage(found, floors) {
  const percent = ({ lines, ran }) => Math.floor((ran / lines) * 1000) / 10;
  const all = [...found.values()].reduce(
    (sum, { lines, ran }) => ({ lines: sum.lines + lines, ran: sum.ran + ran }),
    { lines: 0, ran: 0 },
  );
  const row = (name, one) =>
    `${name.padEnd(28)}${percent(one).toFixed(1).padStart(6)} %  ${String(one.ran).padStart(6)} of ${String(one.lines).padStart(6)} lines${floors?.[name] === undefined ? '' : `, floor ${floors[name]} %`}`;
  const table = [...[...found].map(([name, one]) => row(name, one)), row('all', all)];
  const problems = [];
  if (floors === undefined) return { table, problems };
  for (const [folder, one] of found) {
    const floor = floors[folder];
    if (floor === undefined)
      problems.push(
        `${folder} has no floor in test/coverage.json: its tests run ${percent(one)} % of its lines.`,
      );
    else if (percent(one) < floor)
      problems.push(
        `The unit tests run ${percent(one)} % of the lines of ${folder}, less than the ${floor} % of test/coverage.json: write tests for what was added.`,
      );
  }
  for (const folder of Object.keys(floors))
    if (!found.has(folder))
      problems.push(`${folder} of test/coverage.json is not there any more: remove it.`);
  return { table, problems };
}

function sources() {
  return measured.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')),
  );
}

function sourceOf(url) {
  if (!url.startsWith('file:')) return undefined;
  const file = relative(root, fileURLToPath(url.replace(/[?#].*$/, ''))).replaceAll('\\', '/');
  return file.endsWith('.ts') && measured.some((folder) => file.startsWith(`${folder}/`)) ? file : undefined;
}

/** `src/core/http/redact.ts` is in `src/core/http`, whatever lies deeper is with it. */
function folderOf(file) {
  const [src, part, folder] = dirname(file).split('/');
  return [src, part, part === 'core' ? folder : undefined].filter(Boolean).join('/');
}

/** Each line of the source with code on it, and whether the first of it ran. */
function linesRun({ functions }, file, map) {
  const text = readFileSync(join(root, file), 'utf8');
  // Ranges within others come after them.
  const ranges = functions.flatMap((one) => one.ranges);
  const did = new Uint8Array(Math.max(...ranges.map(({ endOffset }) => endOffset), 0) + 1);
  for (const { startOffset, endOffset, count } of ranges) did.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  if (map?.data) return firstOfLines(map.data.mappings, startsOf(map.lineLengths), did);
  // Node took the types out itself and left all else in its place.
  const starts = startsOf(text.split('\n').map(({ length }) => length));
  const lines = text.split('\n');
  return [...codeLines(file)].map((line) => [line, did[starts[line] + lines[line].search(/\S/)] === 1]);
}

function startsOf(lengths) {
  let start = 0;
  return lengths.map((length) => (start += length + 1) - length - 1);
}

function firstOfLines(mappings, starts, did) {
  const first = new Map();
  for (const { line, generatedLine, generatedColumn } of decoded(mappings)) {
    const offset = starts[generatedLine] + generatedColumn;
    if (!first.has(line)) first.set(line, did[offset] === 1);
  }
  return first;
}

/** The lines of a source that something was made of. */
function codeLines(file) {
  const { map } = transformSync(readFileSync(join(root, file), 'utf8'), {
    ...{ loader: 'ts', sourcemap: true, format: 'esm', target: 'es2022' },
  });
  return new Set(decoded(JSON.parse(map).mappings).map(({ line }) => line));
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Where the generated code is, and which line it was made of. @see https://tc39.es/ecma426/ */
function decoded(mappings) {
  const found = [];
  let line = 0;
  for (const [generatedLine, segments] of mappings.split(';').entries()) {
    let generatedColumn = 0;
    for (const segment of segments.split(',')) {
      const [column, , lines] = numbersOf(segment);
      if (column === undefined) continue;
      generatedColumn += column;
      if (lines === undefined) continue;
      line += lines;
      found.push({ line, generatedLine, generatedColumn });
    }
  }
  return found;
}

function numbersOf(segment) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = digits.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return numbers;
}
