import { bracketBlocks } from '../bracketBlocks.ts';
import type { Found } from '../imported.ts';
import { iniSections } from '../iniSections.ts';
import { fromConnectionString } from '../connectionString.ts';
import { pastedTogether } from '../pastedTogether.ts';
import { readJson } from '../readJson.ts';
import { readVariables } from '../readVariables.ts';
import type { Reader, Source } from '../reader.ts';
import { looseObjects } from './looseObjects.ts';
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
    yield* inValues(source);
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

/** What stands in a value as JSON (`VCAP_SERVICES`, `SPRING_APPLICATION_JSON`, providers of a program in Python) or as a connection string. */
function* inValues(source: Source): Iterable<Found | undefined> {
  const tenants = new Set(
    source.variables.flatMap(([name, value]) => (/tenant_?id$/i.test(name) ? [value] : [])),
  );
  const [tenant] = tenants.size === 1 ? tenants : [];
  yield fromConnectionString(source.text, hostOf([]), tenant);
  for (const [name, value] of source.variables) {
    yield fromConnectionString(value, name, tenant);
    const read = /^[{[]\s*["{]/.test(value) ? readJson(value) : undefined;
    if (read === undefined || !('value' in read)) continue;
    if (read.twice.length > 0) yield* read.twice;
    else
      yield* (
        source.within?.(value, `${name}.json`) ??
        looseObjects.read({ ...source, documents: [{ [name]: read.value }] })
      );
  }
}
