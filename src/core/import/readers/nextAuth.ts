import { Gathered } from '../gathered.ts';
import type { Found, VariableList, Variables } from '../imported.ts';
import { bracketBlocks } from '../bracketBlocks.ts';
import type { VariablePart } from '../fields.ts';
import { givePublicServer, serverNamed } from '../knownServers.ts';
import type { Reader } from '../reader.ts';
import { variableGroups } from '../variableGroups.ts';
import { partOf, valueOf } from '../variableParts.ts';

/** `AUTH_GITHUB_ID` (Auth.js) or `GITHUB_ID` (NextAuth). @see https://authjs.dev/guides/environment-variables */
const named = /^(AUTH_)?([A-Z][A-Z0-9_]{0,60}?)_(?:CLIENT_)?(ID|SECRET|ISSUER|TENANT_ID)$/;

/** Variables of NextAuth or Auth.js: a client for each provider, and keys of their own that are not a client's secret. */
export const nextAuth: Reader = {
  name: 'Auth.js variables',
  recognises: ({ text, variables }) =>
    bracketBlocks(text).length === 1 &&
    (isWhole(variables) ||
      variables.some(([name]) =>
        /^NEXTAUTH_URL$|^(?:NEXT)?AUTH_SECRET$|^AUTH_[A-Z0-9_]{1,60}_(?:ID|SECRET)$/.test(name),
      ) ||
      // Beside that of tokens it is the address where users sign in.
      (variables.some(([name]) => name === 'AUTH_URL') &&
        !variables.some(([name]) => name === 'TOKEN_URL'))) &&
    // Directus names its clients alike, and their servers otherwise.
    !variables.some(([name]) => /^AUTH_[A-Z0-9_]{1,60}_DRIVER$/.test(name)),
  read: ({ variables }) => {
    const left = variables.filter(([name]) => !/^(?:NEXT)?AUTH_(?:URL|SECRET)$/.test(name));
    const providers = providersIn(left);
    const others = left.filter(([name]) => !providers.has(named.exec(name)?.[2] ?? ''));
    const all = {
      list: variables,
      values: new Map(variables),
      addresses: addressesIn(variables),
      site: siteIn(variables),
    };
    const found = [...providers].flatMap(([provider, list]) => fromProvider(provider, list, all));
    return [...found, ...variableGroups(others, 'Auth.js')];
  },
};

/** Whether a provider's id, secret and issuer are named as only NextAuth does, be it without its own variables. */
function isWhole(variables: VariableList): boolean {
  const names = new Set(variables.map(([name]) => name));
  return variables.some(([name]) => {
    const provider = /^[A-Z][A-Z0-9_]{0,60}?(?=_ISSUER$)/.exec(name)?.[0] ?? '';
    return provider !== '' && names.has(`${provider}_ID`) && names.has(`${provider}_SECRET`);
  });
}

function providersIn(variables: VariableList): ReadonlyMap<string, VariableList> {
  const providers = new Map<string, [string, string][]>();
  for (const [name, value] of variables) {
    const [, , provider] = named.exec(name) ?? [];
    if (provider === undefined || value.trim() === '') continue;
    const own = providers.get(provider) ?? [];
    providers.set(provider, own);
    own.push([name, value]);
  }
  const own = withTokenEndpoint(variables);
  const isOwn = (provider: string) => own.some((one) => `${provider}_`.startsWith(`${one}_`));
  // An id alone may be anybody's (of an analytics service, of a build), and so may a secret (of a database).
  return new Map(
    [...providers].filter(
      ([provider, list]) =>
        !isOwn(provider) &&
        list.some(([name]) => /SECRET$|ISSUER$/.test(name)) &&
        list.some(([name]) => /(?<!TENANT)_ID$/.test(name) || name.startsWith('AUTH_')),
    ),
  );
}

/** Clients of the application's own: a provider's token endpoint Auth.js finds by itself. */
function withTokenEndpoint(variables: VariableList): readonly string[] {
  return variables.flatMap(([name]) => {
    const found = partOf(name);
    return found?.part === 'tokenEndpoint' ? [found.group] : [];
  });
}

/** Servers' addresses as their own libraries call them (`KEYCLOAK_URL` with `KEYCLOAK_REALM`, `AUTH0_DOMAIN`), by what they begin with. */
function addressesIn(list: VariableList): ReadonlyMap<string, readonly (readonly [VariablePart, string])[]> {
  const groups = new Map<string, (readonly [VariablePart, string])[]>();
  for (const [name, value] of list) {
    const found = partOf(name);
    if (found?.part !== 'issuer' && found?.part !== 'realm') continue;
    const own = groups.get(found.group.toLowerCase()) ?? [];
    groups.set(found.group.toLowerCase(), own);
    own.push([found, valueOf(found, name, value)]);
  }
  return groups;
}

/** The variables of all providers, looked through once. */
interface All {
  readonly list: VariableList;
  readonly values: Variables;
  readonly addresses: ReturnType<typeof addressesIn>;
  readonly site: string;
}

/** The address of the application itself. */
function siteIn(variables: VariableList): string {
  return variables.find(([name]) => /^(?:NEXT)?AUTH_URL$/.test(name))?.[1].replace(/\/{1,9}$/, '') ?? '';
}

function fromProvider(provider: string, list: VariableList, all: All): Found[] {
  const gathered = new Gathered(all.values);
  const known =
    serverNamed(provider) ?? (/^gitlab$/i.test(provider) ? { issuer: 'https://gitlab.com' } : undefined);
  for (const [name, value] of list) {
    const kind = named.exec(name)?.[3];
    if (kind === 'ID') gathered.put('clientId', value, name);
    else if (kind === 'SECRET') gathered.put('clientSecret', value, name);
    else if (kind === 'ISSUER') gathered.put('issuer', value.replace(/(?<!\/)\/$/, ''), name);
    else gathered.put('issuer', `https://login.microsoftonline.com/${value}/v2.0`, name);
  }
  const [[first] = ['']] = list;
  const beginning = `${named.exec(first)?.[1] ?? ''}${provider}_`;
  if (gathered.get('issuer') === undefined)
    for (const [{ part }, value] of all.addresses.get(beginning.slice(0, -1).toLowerCase()) ?? [])
      gathered.put(part, value);
  if (gathered.get('issuer') === undefined)
    givePublicServer(gathered, provider, { list: all.list, beginning, server: known });
  if (gathered.problems.length > 0) return [...gathered.problems];
  gathered.put('grant', 'authorization_code');
  gathered.put('clientAuthentication', gathered.get('clientSecret') === undefined ? 'none' : 'basic');
  const id = provider.toLowerCase().replaceAll('_', '-');
  gathered.notes.push(
    `The application comes back to ${all.site.slice(0, 100)}/api/auth/callback/${id}; register http://127.0.0.1/callback too.`,
  );
  return [gathered.finish(provider.toLowerCase().replaceAll('_', ' '))];
}
