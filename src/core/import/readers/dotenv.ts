import type { VariableList } from '../imported.ts';
import { iniSections } from '../iniSections.ts';
import { readVariables } from '../readVariables.ts';
import type { Reader } from '../reader.ts';
import { groupsUnlessOff, variableGroups } from '../variableGroups.ts';

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
  *read({ text, variables }) {
    const sections = iniSections(text);
    if (sections.every(({ name }) => name === '')) yield* variableGroups(variables, hostOf(variables));
    else
      for (const { name, text: inside } of sections) {
        const own = readVariables(inside);
        yield* groupsUnlessOff(own, name === '' ? hostOf(own) : name);
        yield undefined;
      }
  },
};

/** The first host that variables name. */
export function hostOf(variables: VariableList): string {
  const url = variables
    .map(([, value]) => value)
    .find((value) => /^https?:/.test(value) && URL.canParse(value));
  return url === undefined ? 'Imported' : new URL(url).host;
}
