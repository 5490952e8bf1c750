import { bracketBlocks } from '../bracketBlocks.ts';
import type { Found } from '../imported.ts';
import { iniSections } from '../iniSections.ts';
import { fromConnectionString } from '../connectionString.ts';
import { pastedTogether } from '../pastedTogether.ts';
import { unquoted } from '../quotedLines.ts';
import { readSource } from '../readSource.ts';
import { readPlaced } from '../readVariables.ts';
import type { Reader, Source } from '../reader.ts';
import { looseObjects } from './looseObjects.ts';
import { withinValues } from './withinValues.ts';
import { groupsUnlessOff, hostOf, loneSecrets, withoutClient } from '../variableGroups.ts';

/**
 * Lines such as `CLIENT_ID=abc`, `export TOKEN_URL="https://…"` or `client_id: abc`. Sections (`[orders]`) are read each alone: the
 * client of one never meets the secret or the server of another.
 */
export const dotenv: Reader = {
  name: 'variables',
  recognises: ({ text, variables }) => {
    if (variables.length > 0) return true;
    const { files, cutOff } = unquoted(text);
    return files.length > 0 || cutOff !== undefined;
  },
  tool: '.env',
  lends: ({ fileName, variables }) =>
    fileName === '.env' ? [{ name: fileName, kind: 'shared', variables }] : [],
  *read(source) {
    const { variables } = source;
    const { text, files, cutOff = '' } = unquoted(source.text);
    if (/client|secret|token|issuer/i.test(cutOff))
      yield 'A text or comment has no end (such as """ or /*): what follows it was not read.';
    const sections = iniSections(text);
    yield* withinValues(source, variables);
    yield fromConnectionString(text, hostOf([]));
    const isOne = sections.every(({ name }) => name === '');
    for (const { name, text: inside } of isOne ? [{ name: '', text }] : sections)
      for (const block of bracketBlocks(inside).flatMap(pastedTogether)) {
        const isPasted = source.fileName === '';
        const { list: own, places } = block === text && !isPasted ? { list: variables } : readPlaced(block);
        yield* fromInlineTables(block);
        yield* groupsUnlessOff(own, name === '' ? hostOf(own) : name, isPasted ? places : undefined);
        yield* loneSecrets(own).map(([name]) => withoutClient(name));
        yield undefined;
      }
    for (const file of files.slice(0, mostFiles)) {
      yield* withinFile(source, file);
      yield undefined;
    }
  },
};

/** Most files that a script writes. */
export const mostFiles = 1000;

/** What a script writes into a file, or hands to another program, is a file of its own. */
export function* withinFile(source: Source, text: string): Iterable<Found | undefined> {
  const read = readSource(text, {});
  if ('problem' in read) return;
  const isData = read.source.documents.length > 0;
  const found = isData
    ? (source.within?.(text, 'here.yaml') ?? looseObjects.read(read.source))
    : dotenv.read(read.source);
  for (const one of found)
    // Words for people have ids and secrets in them, too.
    if (typeof one === 'object' && (isData || 'issuer' in one.entry || 'tokenEndpoint' in one.entry))
      yield one;
}

/** Clients that stand in a line each, alone or in a list. @see https://toml.io/en/v1.0.0#inline-table */
function* fromInlineTables(text: string): Iterable<Found> {
  for (const [, key = '', table = ''] of text.matchAll(
    /^[ \t]*(?:([\w.-]{1,100})[ \t]*=[ \t]*)?\{([^{}\n]{1,5000})\}[ \t,\r]*$/gm,
  )) {
    const pairs = [...table.matchAll(/([\w.-]{1,100})\s{0,9}=\s{0,9}(?:"([^"\\]*)"|'([^']*)')/g)];
    const list = pairs.map(([, name = '', double, single = '']) => [name, double ?? single] as const);
    const named = list.find(([name]) => name === 'name')?.[1];
    yield* groupsUnlessOff(list, named ?? (key === '' ? hostOf(list) : key));
  }
}
