import type { VariableList } from '../imported.ts';
import type { Reader } from '../reader.ts';
import { variableGroups } from '../variableGroups.ts';

/** Lines such as `CLIENT_ID=abc`, `export TOKEN_URL="https://…"` or `client_id: abc`. */
export const dotenv: Reader = {
  name: 'variables',
  recognises: ({ variables }) => variables.length > 0,
  read: ({ variables }) => variableGroups(variables, hostOf(variables)),
};

function hostOf(variables: VariableList): string {
  const url = variables
    .map(([, value]) => value)
    .find((value) => /^https?:/.test(value) && URL.canParse(value));
  return url === undefined ? 'Imported' : new URL(url).host;
}
