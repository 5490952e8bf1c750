import { bracketBlocks } from '../bracketBlocks.ts';
import type { Found } from '../imported.ts';
import { iniSections } from '../iniSections.ts';
import { fromConnectionString } from '../connectionString.ts';
import { pastedTogether } from '../pastedTogether.ts';
import { readVariables } from '../readVariables.ts';
import type { Reader } from '../reader.ts';
import { withinValues } from './withinValues.ts';
import { groupsUnlessOff, hostOf, loneSecrets, withoutClient } from '../variableGroups.ts';

/**
 * Lines such as `CLIENT_ID=abc`, `export TOKEN_URL="https://…"` or `client_id: abc`. Sections (`[orders]`) are read each alone: the
 * client of one never meets the secret or the server of another.
 */
export const dotenv: Reader = {
  name: 'variables',
  recognises: ({ variables }) => variables.length > 0,
  tool: '.env',
  lends: ({ fileName, variables }) =>
    fileName === '.env' ? [{ name: fileName, kind: 'shared', variables }] : [],
  *read(source) {
    const { text, variables } = source;
    const sections = iniSections(text);
    yield* withinValues(source, variables);
    yield fromConnectionString(text, hostOf([]));
    const isOne = sections.every(({ name }) => name === '');
    for (const { name, text: inside } of isOne ? [{ name: '', text }] : sections)
      for (const block of bracketBlocks(inside).flatMap(pastedTogether)) {
        const own = block === text ? variables : readVariables(block);
        yield* fromInlineTables(block);
        yield* groupsUnlessOff(own, name === '' ? hostOf(own) : name);
        yield* loneSecrets(own).map(([name]) => withoutClient(name));
        yield undefined;
      }
  },
};

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
