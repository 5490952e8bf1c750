import { variableProblem } from '../../profile/environments.ts';
import { Gathered } from '../gathered.ts';
import {
  textsOf,
  type Found,
  type ImportedEnvironment,
  type Json,
  type VariableList,
  type Variables,
} from '../imported.ts';
import { rootOf, type Reader, type Source } from '../reader.ts';
import { groupsOf, withOrigin } from '../environmentGroups.ts';
import { above, fewEnough, readLayered, withShared } from '../sharedVariables.ts';
import { withoutServer } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

/**
 * Environments of JetBrains' HTTP Client, Kulala and httpYac: `Security.Auth` sections and variables. The values of the private
 * file beside it win.
 *
 * @see https://www.jetbrains.com/help/idea/oauth-2-0-authorization.html
 * @see https://learn.microsoft.com/aspnet/core/test/http-files: `{ provider, secretName }`
 */
export const httpClientEnv: Reader = {
  name: 'HTTP Client environment',
  recognises: (source) =>
    source.fileName.endsWith('.env.json') ||
    environmentsIn(source).some(({ open, hidden }) => 'Security' in open || 'Security' in hidden),
  read: (source) => {
    const { few, said } = readable(source);
    return [...said, ...few.flatMap(fromEnvironment)];
  },
  environments: (source) => readable(source).few.map(asEnvironment),
};

interface Environment {
  readonly name: string;
  readonly common: Json;
  readonly open: Json;
  readonly hidden: Json;
}

function environmentsIn(source: Source): readonly Environment[] {
  const json = rootOf(source);
  const { companion } = source;
  const names = [...new Set([...Object.keys(json), ...Object.keys(companion)])];
  const common = Object.assign(
    {},
    ...[json, companion].flatMap((one) => [one['$kulalaShared'], one['$shared']]),
  ) as Json;
  return names
    .filter((name) => !name.startsWith('$'))
    .map((name) => ({
      ...{ name, common },
      open: objectOf(json[name]),
      hidden: objectOf(companion[name]),
    }));
}

function readable(source: Source): ReturnType<typeof fewEnough<Environment>> {
  const all = environmentsIn(source);
  return fewEnough(all, Object.keys(all[0]?.common ?? {}).length);
}

function asEnvironment({ name, common, open }: Environment): ImportedEnvironment {
  return {
    name,
    variables: Object.fromEntries([...variablesOf(common), ...variablesOf(open)]),
    switched: true,
  };
}

function fromEnvironment({ name, common, open, hidden }: Environment): Found[] {
  let variables = variablesOf(common);
  let inForce: Variables = new Map(variables);
  for (const layer of [open, hidden]) {
    // A later layer's value takes the place of an earlier one's: they are not two of one name.
    variables = [...new Map(withShared(variablesOf(layer), variables))];
    inForce = above(inForce, new Map(variables));
  }
  const shared = authSections(common);
  const [sections, secrets] = [authSections(open), authSections(hidden)];
  const ids = [...new Set([...Object.keys(shared), ...Object.keys(sections), ...Object.keys(secrets)])];
  const profiles = ids.flatMap((id) => {
    const hiddenOwn = objectOf(secrets[id]);
    const own = { ...sharedWith(hiddenOwn, objectOf(sections[id])), ...hiddenOwn };
    const section = { ...sharedWith(own, objectOf(shared[id])), ...own };
    const place = { environment: name, of: `section ${id}`, name: id, written: writtenIn(id, section) };
    if (isOtherType(section)) return [];
    const found = readLayered(inForce, (around) => fromSection(section, `${id} (${name})`, around));
    return [withOrigin(found, place)];
  });
  const known = new Set(profiles.map(clientOf));
  // Variables that a section is written with are not clients of their own.
  const loose = groupsOf(variables, name).filter((one) => !known.has(clientOf(one)));
  const isHalf = (one: Found) => typeof one !== 'string' && one.secret !== undefined && !hasServer(one);
  const said = profiles.length === 0 && loose.some(isHalf) ? [withoutServer(name)] : [];
  return [...profiles, ...loose.filter(hasServer), ...said];
}

/** What a section takes over from `$shared`: with a client or a server of its own, not the secret of that one. */
function sharedWith(own: Json, shared: Json): Json {
  const isOther = ['Client ID', 'Token URL'].some(
    (name) => name in own && name in shared && own[name] !== shared[name],
  );
  if (!isOther || !('Client Secret' in shared)) return shared;
  return { ...shared, 'Client Secret': '${the secret of what is shared}' };
}

/** Its addresses, client and parameters as variables, for where several environments have a section of the same name. */
function writtenIn(id: string, section: Json): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(section).flatMap(([key, value]) => {
      const [text] = typeof value === 'string' ? [value.trim()] : [];
      const called = `${id} ${key}`.replace(/[^\w.-]{1,200}/g, '_').slice(0, 64);
      return text === undefined || variableProblem(called, text) !== undefined
        ? []
        : [[called, text] as const];
    }),
  );
}

function clientOf(found: Found): unknown {
  return typeof found === 'string' ? found : found.entry['clientId'];
}

function hasServer(found: Found): boolean {
  return (
    typeof found === 'string' ||
    'tokenEndpoint' in found.entry ||
    'issuer' in found.entry ||
    Boolean(found.problems)
  );
}

/** Those of `Security.Auth`, and what stands elsewhere as one. */
function authSections(environment: Json): Json {
  const others = Object.entries(environment).filter(([, value]) => isOAuth(objectOf(value)));
  return { ...Object.fromEntries(others), ...objectOf(objectOf(environment['Security'])['Auth']) };
}

function isOAuth({ Type: type }: Json): boolean {
  return typeof type === 'string' && /^oauth\s*2/i.test(type);
}

function variablesOf(layer: Json): VariableList {
  return Object.entries(layer).flatMap(([name, value]) => {
    if (typeof value === 'string' || typeof value === 'number') return [[name, String(value)] as const];
    const [text] = 'provider' in objectOf(value) ? (textsOf(value) ?? []) : [];
    return text === undefined ? [] : [[name, text] as const];
  });
}

function isOtherType(section: Json): boolean {
  return typeof section['Type'] === 'string' && !isOAuth(section);
}

function fromSection(section: Json, name: string, variables: Variables): Found {
  const gathered = new Gathered(variables);
  gathered.put('name', name);
  gathered.settings(section, ['Name', 'Assertion']);
  for (const [key, setting] of Object.entries(objectOf(section['Custom Request Parameters']))) {
    const { Value: value = setting, Use: use = 'Everywhere' } = objectOf(setting);
    // @see the page above: “Everywhere”, “In Auth Request”, “In Token Request”
    if (use !== 'In Auth Request') gathered.parameter(key, value, { request: 'token' });
    if (use !== 'In Token Request') gathered.parameter(key, value, { request: 'authorization' });
  }
  if ((textsOf(section['Assertion']) ?? []).length > 0) gathered.notes.push('The assertion was left out.');
  return gathered.finish(name);
}
