import { collect } from './collect.ts';
import { partNamed, type PartName } from './fields.ts';
import { objectOf, resolve, type ImportResult, type ImportedProfile, type Variables } from './imported.ts';
import { toImported } from './toImported.ts';
import { variableGroups } from './variableGroups.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Environments of JetBrains' HTTP Client and of httpYac: `Security.Auth` sections and variables.
 *
 * @param secrets the `http-client.private.env.json` beside it, whose values win.
 * @see https://www.jetbrains.com/help/idea/oauth-2-0-authorization.html
 */
export function fromHttpClientEnv(json: Json, secrets: Json = {}): ImportResult {
  const names = [...new Set([...Object.keys(json), ...Object.keys(secrets)])].filter(
    (name) => name !== '$schema',
  );
  const found = names.flatMap((environment) =>
    fromEnvironment(environment, objectOf(json[environment]), objectOf(secrets[environment]), shared(json)),
  );
  return collect('HTTP Client environment', found);
}

function fromEnvironment(name: string, open: Json, hidden: Json, common: Json): (ImportedProfile | string)[] {
  const variables = variablesOf(common, open, hidden);
  const sections = authSections(open);
  const secretSections = authSections(hidden);
  const ids = [...new Set([...Object.keys(sections), ...Object.keys(secretSections)])];
  const profiles = ids.flatMap((id) => {
    const section = { ...objectOf(sections[id]), ...objectOf(secretSections[id]) };
    return fromSection(section, `${id} (${name})`, variables);
  });
  return [...profiles, ...variableGroups(variables, name)];
}

function authSections(environment: Json): Json {
  return objectOf(objectOf(environment['Security'])['Auth']);
}

/** @see https://www.jetbrains.com/help/idea/http-client-variables.html (`$shared`) */
function shared(json: Json): Json {
  return objectOf(json['$shared']);
}

function variablesOf(...layers: readonly Json[]): Variables {
  const variables = new Map<string, string>();
  for (const layer of layers)
    for (const [name, value] of Object.entries(layer))
      if (typeof value === 'string' || typeof value === 'number') variables.set(name, String(value));
  return variables;
}

function fromSection(section: Json, name: string, variables: Variables): (ImportedProfile | string)[] {
  const type = section['Type'];
  if (typeof type === 'string' && !/^oauth\s*2/i.test(type)) return [];
  const parts: Partial<Record<PartName, string>> = { name };
  for (const [key, value] of Object.entries(section)) {
    const part = partNamed(key);
    if (part !== undefined && typeof value === 'string') parts[part] = resolve(value, variables);
  }
  const { inAuthorization, inToken } = customParameters(
    objectOf(section['Custom Request Parameters']),
    variables,
  );
  const { audience = parts.audience, resource = parts.resource, ...token } = inToken;
  const all = {
    ...parts,
    ...(audience !== undefined && { audience }),
    ...(resource !== undefined && { resource }),
  };
  return [toImported({ ...all, authorizationParameters: inAuthorization, tokenParameters: token }, name)];
}

/** Each is a text, a list, or `{ Value, Use: "Everywhere" | "In Auth Request" | "In Token Request" }`. */
function customParameters(custom: Json, variables: Variables) {
  const inAuthorization: Record<string, string> = {};
  const inToken: Record<string, string> = {};
  for (const [name, setting] of Object.entries(custom)) {
    const { Value: value = setting, Use: use = 'Everywhere' } = objectOf(setting);
    const text = resolve((Array.isArray(value) ? value : [value]).map(String).join(' '), variables);
    if (use !== 'In Token Request') inAuthorization[name] = text;
    if (use !== 'In Auth Request') inToken[name] = text;
  }
  return { inAuthorization, inToken };
}
