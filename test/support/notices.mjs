// The notices of what others wrote and the package contains, made from what esbuild says it read.
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Packages of which files are copied, so that esbuild does not see them. */
const copied = ['node_modules/@github/keytar', 'node_modules/@vscode/codicons'];

const licenceFile = /^(licen[cs]e|copying|notice|third-party-notices)\b[\w.-]*$/i;

/**
 * The folders of the packages that the builds read, each once, sorted. One that only passes on what others export (`lit`) leaves
 * no byte of its own in the output, but it is what is used: it counts.
 */
export function packageFolders(metafiles) {
  const folders = new Set();
  for (const path of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path.replaceAll('\\', '/'))?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders].sort();
}

/**
 * The text of THIRD_PARTY_NOTICES.txt: name, version and licence text of each package. Those with the same terms stand together, each
 * with its own copyright line.
 *
 * @throws Error for a package that says no licence at all: it may not be passed on.
 */
export async function thirdPartyNotices(metafiles, root) {
  const found = packageFolders(metafiles);
  const byTerms = new Map();
  for (const folder of new Set([...found, ...copied])) {
    const { name, version, text } = await noticeOf(join(root, folder));
    const { key, terms, holders } = termsOf(text);
    const known = byTerms.get(key) ?? { terms, names: new Set() };
    known.names.add([`${name} ${version}`, ...holders.map((line) => `  ${line}`)].join('\n'));
    byTerms.set(key, known);
  }
  const parts = [...byTerms.values()].map(({ terms, names }) => ({ names: [...names].sort(), terms }));
  parts.sort((a, b) => (a.names[0] < b.names[0] ? -1 : 1));
  const line = '-'.repeat(80);
  return [
    'OAuth Explorer contains software of others, under these licences.\n',
    ...parts.map(({ names, terms }) => `${line}\n${names.join('\n')}\n\n${terms}\n`),
  ].join('\n');
}

/** A licence text without who holds the copyright, where it is one of those that differ in nothing else but their line breaks. */
function termsOf(text) {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => /^\s*permission (is hereby granted|to use, copy)/i.test(line));
  const head = lines.slice(0, Math.max(first, 0)).map((line) => line.trim());
  const holders = head.filter((line) => /^(copyright|\(c\))/i.test(line));
  const others = head.filter((line) => line !== '' && !holders.includes(line));
  const isPlain = others.every((line) => /^\(?(the )?(mit|isc) licen[cs]e\b[ ():mit]*$/i.test(line));
  if (first < 0 || holders.length === 0 || !isPlain) return { key: text, terms: text, holders: [] };
  const terms = lines.slice(first).join('\n');
  return { key: terms.toLowerCase().replaceAll(/[^a-z]+/g, ' '), terms, holders };
}

async function noticeOf(folder) {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { name, version, license, author } = manifest;
  const files = (await readdir(folder)).filter((file) => licenceFile.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  if (texts.length > 0) return { name, version, text: texts.map(tidy).join('\n\n') };
  if (typeof license !== 'string')
    throw new Error(
      `${folder} is in dist/, but has neither a licence file nor a licence in its package.json.`,
    );
  const who = typeof author === 'string' ? author : author?.name;
  const readme = join(folder, 'README.md');
  const said = existsSync(readme) ? licenceSection(await readFile(readme, 'utf8')) : undefined;
  const text = [`Licence: ${license}`, ...(who ? [`Author: ${who}`] : []), ...(said ? ['', said] : [])];
  return { name, version, text: text.join('\n') };
}

/** What a readme says under its heading "License", where a package has no file of it. */
function licenceSection(readme) {
  const lines = readme.split(/\r?\n/);
  const at = lines.findIndex((line) => /^#+ *licen[cs]e\b/i.test(line));
  if (at < 0) return undefined;
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line.startsWith('#'));
  return tidy(rest.slice(0, end < 0 ? undefined : end).join('\n'));
}

/** The whole of CC BY 4.0 between its title and its last sentence; its address may stand for it (section 3(a)(1)(C)). */
const creativeCommons =
  /^(Attribution 4\.0 International)$[^]*?^Creative Commons may be contacted at creativecommons\.org\.$/m;

function tidy(text) {
  return text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .replace(creativeCommons, '$1\nhttps://creativecommons.org/licenses/by/4.0/legalcode')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
