import type { Json, ImportedEnvironment, VariableList } from '../imported.ts';
import { rootOf, type Reader, type Source } from '../reader.ts';
import { variableGroups } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

const settings = ['rest-client.environmentVariables', 'httpyac.environmentVariables'];

/** Environments in the settings of REST Client and httpYac, or in httpYac's own file. @see https://github.com/Huachao/vscode-restclient#environment-variables */
export const restClientSettings: Reader = {
  name: 'REST Client or httpYac environments',
  recognises: (source) => environmentsIn(source) !== undefined,
  read: (source) => layers(source).flatMap(({ name, variables }) => variableGroups(variables, name)),
  environments: (source): readonly ImportedEnvironment[] =>
    layers(source).map(({ name, variables }) => ({ name, variables: Object.fromEntries(variables) })),
};

function environmentsIn(source: Source): Json | undefined {
  const root = rootOf(source);
  const name = settings.find((setting) => setting in root);
  if (name !== undefined) return objectOf(root[name]);
  const inFile = root['environments'];
  return source.fileName.includes('httpyac') && Object.keys(objectOf(inFile)).length > 0
    ? objectOf(inFile)
    : undefined;
}

/** Each environment with what all share; its own values win. */
function layers(source: Source): readonly { readonly name: string; readonly variables: VariableList }[] {
  const environments = environmentsIn(source) ?? {};
  const shared = objectOf(environments['$shared']);
  const names = Object.keys(environments).filter((name) => name !== '$shared');
  return (names.length === 0 ? ['$shared'] : names).map((name) => {
    const all = { ...shared, ...objectOf(environments[name]) };
    const variables = Object.entries(all).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[key, String(value)] as const] : [],
    );
    return { name: name === '$shared' ? 'REST Client' : name, variables };
  });
}
