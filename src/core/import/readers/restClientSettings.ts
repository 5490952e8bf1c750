import { textOf, type Json, type ImportedEnvironment, type VariableList } from '../imported.ts';
import { rootOf, type Reader, type Source } from '../reader.ts';
import { groupsOf } from '../environmentGroups.ts';
import { fewEnough, withShared } from '../sharedVariables.ts';
import { objectOf } from '../../../shared/json.ts';

const settings = ['rest-client.environmentVariables', 'httpyac.environmentVariables'];

/** Environments in the settings of REST Client and httpYac, or in httpYac's own file. @see https://github.com/Huachao/vscode-restclient#environment-variables */
export const restClientSettings: Reader = {
  name: 'REST Client or httpYac environments',
  recognises: (source) => environmentsIn(source) !== undefined,
  read: (source) => {
    const { few, said } = layers(source);
    return [...said, ...few.flatMap(({ name, variables }) => groupsOf(variables, name))];
  },
  environments: (source): readonly ImportedEnvironment[] =>
    layers(source).few.map(({ name, variables }) => ({
      name,
      variables: Object.fromEntries(variables),
      switched: true,
    })),
};

/** One of each tool. */
function environmentsIn(source: Source): readonly Json[] | undefined {
  const root = rootOf(source);
  const inSettings = settings.filter((setting) => setting in root).map((setting) => objectOf(root[setting]));
  if (inSettings.length > 0) return inSettings;
  // @see https://httpyac.github.io/config/: `.httpyac.json`, or a key of `package.json`
  const inFile = source.fileName.includes('httpyac') ? root : objectOf(root['httpyac']);
  const environments = objectOf(inFile['environments']);
  return Object.keys(environments).length > 0 ? [environments] : undefined;
}

interface Layer {
  readonly name: string;
  readonly variables: VariableList;
}

/** Each environment with what all share; its own values win. */
function layers(source: Source): ReturnType<typeof fewEnough<Layer>> {
  const all = (environmentsIn(source) ?? []).map(layersOf);
  return { few: all.flatMap(({ few }) => few), said: all.flatMap(({ said }) => said) };
}

/** @see https://github.com/Huachao/vscode-restclient#environment-variables: `{{$shared name}}` */
const ofShared = /\{\{\s{0,9}\$shared\s{1,9}([^\s{}]{1,200})\s{0,9}\}\}/g;

function layersOf(environments: Json): ReturnType<typeof fewEnough<Layer>> {
  const shared = objectOf(environments['$shared']);
  const texts = (object: Json): VariableList =>
    Object.entries(object).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [[key, String(value).replace(ofShared, (whole, one: string) => textOf(shared[one]) ?? whole)]]
        : [],
    );
  const common = texts(shared);
  const names = Object.keys(environments).filter((name) => name !== '$shared');
  const { few, said } = fewEnough(names.length === 0 ? ['$shared'] : names, common.length);
  const read = few.map((name) => ({
    name: name === '$shared' ? 'REST Client' : name,
    variables: withShared(name === '$shared' ? [] : texts(objectOf(environments[name])), common),
  }));
  return { few: read, said };
}
