import type { VariablePart } from './fields.ts';
import { Gathered } from './gathered.ts';
import { giveServers, isClient, isComplete } from './givenServers.ts';
import { givePublicServer, serverNamed } from './knownServers.ts';
import type { Found, VariableList, Variables } from './imported.ts';
import { otherSecretsIn, refreshTokensIn, takeRefreshing, takeWithoutSecret } from './otherSecrets.ts';
import { placeholderIn } from './placeholder.ts';
import type { Places } from './places.ts';
import { withPathsOfQuarkus } from './quarkus.ts';
import { isRequestParameter, parametersIn } from './requestParameters.ts';
import { partInside, partOf, partOfPair, valueOf } from './variableParts.ts';

/** Variables of the same beginning and end, between which parts of a profile stand. */
interface Group {
  readonly name: string;
  readonly gathered: Gathered;
  /** Whether one of its names is only of libraries that sign users in. */
  signsIn: boolean;
}

/**
 * What Authlib, and with it Streamlit, calls the discovery document; what Kubernetes, its `oidc-login` and Pomerium, and
 * express-openid-connect call the issuer; all that oauth2-proxy and Grafana’s own sign-in take from the environment.
 *
 * @see https://docs.streamlit.io/develop/api-reference/user/st.login
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#configuring-kubectl
 */
const ofSignIn =
  /^(?:oauth2_proxy|gf_auth)_|server_?metadata_?url$|(?:^|_)idp[_-](?:issuer|provider)[_-]url$|oidc[_-]issuer[_-]url$|(?:^|_)issuer_?base_?url$/i;

/** An issuer that is called OpenID Connect’s: those are for users. A client of `oidc-client`, a service of Quarkus’, and what is called a machine’s, gets tokens for itself. */
const ofOpenId =
  /^(?!.*(?:oidc[._-]?client|quarkus|m2m|machine|daemon|service[._-]?account|client[._-]?credentials))(?:.*[._-])?(?:oidc|openid)[._-]/i;

/** A section that is called so, as charts, appsettings and gateways have it. */
const openIdSection = /(?:^|[._:-])(?:oidc|openid(?:[_-]?connect)?)$/i;

/** Of a gateway that signs nobody in. @see https://apisix.apache.org/docs/apisix/plugins/openid-connect/ */
const isOfTokensOnly = ([name, value]: readonly [string, string]) =>
  /^bearer_?only$/i.test(name) && value === 'true';

/** What libraries hand on as they are, and what is in another object that is not written there. */
const handedOn =
  /^(?:\.{3}\w.*|client_?kwargs|(?:auth(?:orize|orization)?|token|access_?token|extra|additional)_?(?:params|parameters|options))$/i;

function sayHandedOn(list: VariableList, gathered: Gathered | undefined): void {
  const left =
    gathered === undefined ? [] : list.filter(([name, value]) => handedOn.test(name) && /\w/.test(value));
  if (left.length > 0)
    gathered?.notes.push(`Not taken over: ${left.map(([name]) => `“${name}”`).join(', ')}.`);
}

/**
 * Profiles out of loose variables: those with the same beginning belong together, as in `ORDERS_CLIENT_ID` and
 * `ORDERS_TOKEN_URL` (or httpYac's `orders_clientId`), and those with the same end, as in `CLIENT_ID_DEV`. A name with two values
 * makes its group none: which belongs to which cannot be known.
 */
export function variableGroups(
  written: VariableList,
  fallbackName: string,
  places: Places = new Map(),
): Found[] {
  const list = withPathsOfQuarkus(written);
  const variables = new Map(list);
  const groups = new Map<string, Group>();
  const signsIn = openIdSection.test(fallbackName) && !list.some(isOfTokensOnly);
  for (const { name, value, found } of withoutApps(partsIn(list, fallbackName))) {
    const key = found.group.toLowerCase();
    // The first spelling of the beginning is the profile's name.
    const group = groups.get(key) ?? { name: found.group, gathered: new Gathered(variables), signsIn: false };
    groups.set(key, group);
    group.gathered.put(found.part, valueOf(found, name, value), name);
    const isOpenId = ofOpenId.test(name) || (found.group === '' && signsIn);
    group.signsIn ||= ofSignIn.test(name) || (found.part === 'issuer' && isOpenId);
  }
  for (const { gathered, signsIn: isOne } of groups.values())
    if (isOne) gathered.put('grant', 'authorization_code');
  sayHandedOn(list, groups.get('')?.gathered);
  for (const { group, name, value, request } of parametersIn(list))
    groups.get(group.toLowerCase())?.gathered.parameter(name, value, { request });
  giveServers(groups, list);
  takeWhatIsKnown(groups, list, fallbackName);
  for (const [key, { gathered }] of groups) leaveApart(key, gathered, { places, variables });
  const clients = [...groups.values()].filter(({ gathered }) => isClient(gathered));
  const isHost = fallbackName === unnamed || fallbackName === hostOf(list);
  const complete = new Set(clients.filter(({ gathered }) => isComplete(gathered)));
  // Halves are only worth a form when there is nothing whole.
  if (complete.size === 0) return clients.flatMap((one) => finish(one, fallbackName, isHost));
  return clients.flatMap((one) =>
    complete.has(one) ? finish(one, fallbackName, isHost) : halfOf(one, fallbackName),
  );
}

/** Of what a program says otherwise than by an assignment. */
const nowhere: ReadonlySet<number> = new Set([-1]);

/** Leaves what neither a name nor the place shows to be of the client. */
function leaveApart(
  key: string,
  gathered: Gathered,
  { places, variables }: { readonly places: Places; readonly variables: ReadonlyMap<string, string> },
): void {
  if (places.size === 0) return;
  const here = places.get(gathered.nameOf('clientId')) ?? nowhere;
  gathered.leave((name) => {
    // What no variable says follows from what others say.
    const there = places.get(name) ?? (variables.has(name) ? nowhere : here);
    const isNamed = key !== '' && partOf(name)?.group.toLowerCase() === key;
    return !isNamed && ![...here].every((place) => there.has(place));
  });
}

/** Takes what the names beside a client's own say of it, and what is known of its server. */
function takeWhatIsKnown(groups: ReadonlyMap<string, Group>, list: VariableList, fallbackName: string): void {
  const variables = new Map(list);
  const refreshTokens = refreshTokensIn(list);
  const otherSecrets = otherSecretsIn(list);
  for (const { name, gathered } of groups.values()) {
    takeWithoutSecret(name, gathered, otherSecrets.get(name.toLowerCase()));
    if (
      name === '' &&
      gathered.get('clientId') !== undefined &&
      variables.has('SECRET') &&
      gathered.get('clientSecret') === variables.get('SECRET')?.trim()
    )
      gathered.notes.push('“SECRET” was taken for the client’s secret.');
    takeKnownServer(name, name === '' ? fallbackName : name, gathered, list);
    sayRealm(name === '' ? fallbackName : name, gathered);
    sayTenant(name, gathered, variables);
    if (gathered.get('clientId') !== undefined && refreshTokens.has(name.toLowerCase()))
      takeRefreshing(gathered);
  }
}

interface Named {
  readonly name: string;
  readonly value: string;
  readonly found: VariablePart;
}

/**
 * Whether a mere `secret` signs the cookies of express-openid-connect or nextjs-auth0, in variables as in programs. Neither names a
 * token endpoint: beside one, it is a client's.
 *
 * @see https://github.com/auth0/express-openid-connect#getting-started, https://github.com/auth0/nextjs-auth0#3-create-the-auth0-sdk-client
 */
function isOfCookies(list: VariableList): boolean {
  const names = list.map(([name]) => name);
  return (
    names.some((name) => /^(?:(?:issuer|app)_?)?base_?url$/i.test(name)) &&
    !names.some((name) => partOf(name)?.part === 'tokenEndpoint')
  );
}

function partsIn(list: VariableList, fallbackName: string): readonly Named[] {
  const ofCookies = isOfCookies(list);
  const isThere = new Set(list.map(([name]) => name));
  const hasApps = isServerOfApp(list);
  return list.flatMap(([name, value]) => {
    const found =
      (ofCookies && /^secret$/i.test(name)) || isRequestParameter(name)
        ? undefined
        : ((hasApps ? partOfApp(name) : undefined) ??
          partOf(name) ??
          partOfPair(name, isThere) ??
          partInside(fallbackName, name, value));
    // Of Python and Ruby, and of a program that is read as something else; Firebase calls its applications so, which are not clients.
    const isNone =
      /^(?:None|nil)?$|^= ?["']/.test(value.trim()) || /^\d+:\d+:(?:web|android|ios):/.test(value);
    return found === undefined || isNone ? [] : [{ name, value, found }];
  });
}

/** Whether the only server is called `APP_TOKEN_URL` or the like. */
function isServerOfApp(list: VariableList): boolean {
  if (!list.some(([name]) => ofApp.test(name))) return false;
  const servers = list
    .map(([name]) => partOf(name))
    .filter((found) => found?.part === 'tokenEndpoint' || found?.part === 'issuer')
    .map((found) => found?.group ?? '');
  return servers.some((group) => /^app(?:_|$)/i.test(group)) && !servers.includes('');
}

const ofApp = /^(app)[_.-]?(?=client)/i;

/** `APP_CLIENT_ID`, elsewhere a way to say `CLIENT_ID`, where `APP_TOKEN_URL` is its server. */
function partOfApp(name: string): VariablePart | undefined {
  const [whole = '', app = ''] = ofApp.exec(name) ?? [];
  const found = whole === '' ? undefined : partOf(name.slice(whole.length));
  return found && { ...found, group: [app, found.group].filter(Boolean).join('_') };
}

const [appId, appSecret] = [/app(?:lication)?[^a-z0-9]?id/i, /app[^a-z0-9]?secret/i];

/**
 * Where a client has an id beside the application's (GitHub Apps, Slack, Zitadel), only that is its id; with a secret of the
 * application's, both may be. What is only called a secret, or the application's, is none beside that of the client.
 */
function withoutApps(all: readonly Named[]): readonly Named[] {
  const groupsOf = (test: (one: Named) => boolean) =>
    new Set(all.filter(test).map(({ found }) => found.group.toLowerCase()));
  const withId = groupsOf(({ found, name }) => found.part === 'clientId' && !appId.test(name));
  const ofApps = groupsOf(({ found, name }) => found.part === 'clientSecret' && appSecret.test(name));
  const appIds = groupsOf(({ found, name }) => found.part === 'clientId' && appId.test(name));
  const isAnybodys = (name: string) => appSecret.test(name) || /^secret$/i.test(name);
  const withSecret = groupsOf(({ found, name }) => found.part === 'clientSecret' && !isAnybodys(name));
  return all.filter(({ found, name }) => {
    const group = found.group.toLowerCase();
    // Symfony's, or that of an application's sessions.
    const isApps = appSecret.test(name) && withId.has(group) && !appIds.has(group);
    if (found.part === 'clientSecret' && isAnybodys(name)) return !withSecret.has(group) && !isApps;
    return found.part !== 'clientId' || !appId.test(name) || !withId.has(group) || ofApps.has(group);
  });
}

/** The server that the client is named after, unless the variables name any address of it. */
function takeKnownServer(group: string, name: string, gathered: Gathered, list: VariableList): void {
  const isNamed = (['issuer', 'tokenEndpoint', 'authorizationEndpoint', 'tenant', 'realm'] as const).some(
    (part) => gathered.get(part) !== undefined,
  );
  if (isNamed || gathered.get('clientId') === undefined || isComplete(gathered)) return;
  // As of oauth2-proxy: `provider = "github"`.
  const kind = group === '' ? 'provider' : `${group}_PROVIDER`;
  const provider = list.find(([one]) => one === kind)?.[1];
  const called = serverNamed(name) === undefined ? (provider ?? name) : name;
  if (givePublicServer(gathered, called, { list, beginning: group }))
    gathered.put('grant', 'authorization_code');
}

/** The same of an object or a section, which may say that it is switched off. */
export function groupsUnlessOff(list: VariableList, name: string, places?: Places): Found[] {
  const isOff = list.some(([key, value]) =>
    /^(?:true|1|yes)$/i.test(value)
      ? /^disabled$/i.test(key)
      : /^(?:enabled|active)$/i.test(key) && /^(?:false|0|no|off)$/i.test(value),
  );
  const found = variableGroups(list, name, places);
  return isOff && found.length > 0 ? [`“${name.slice(0, 100)}” is switched off; it was left out.`] : found;
}

/** What is said of a client beside whole ones, which has a secret but no server. */
function halfOf({ name, gathered }: Group, fallbackName: string): Found[] {
  return gathered.get('clientSecret') === undefined ? [] : [withoutServer(name === '' ? fallbackName : name)];
}

/** Secrets whose client stands elsewhere, as in a `.env.local` beside a `.env`. */
export function loneSecrets(list: VariableList): VariableList {
  const parts = partsIn(list, unnamed);
  const withId = new Set(
    parts.flatMap(({ found: { part, group } }) => (part === 'clientId' ? [group.toLowerCase()] : [])),
  );
  const isLone = ({ name, value, found: { part, group } }: Named) =>
    part === 'clientSecret' &&
    /client[^a-z0-9]?secret/i.test(name) &&
    !withId.has(group.toLowerCase()) &&
    // A text with blanks is one about a secret.
    !/\s/.test(value.trim()) &&
    placeholderIn(value) === undefined;
  return parts.filter(isLone).map(({ name, value }) => [name, value]);
}

/** @param name what the secret is called. */
export function withoutClient(name: string): string {
  return `“${name.slice(0, 100)}” ${lone}`;
}

/** Whether it is said of a secret that it has no client. */
export function isOfLone(sentence: string): boolean {
  return sentence.endsWith(lone);
}

const lone = 'is a secret without its client; it was left out.';

/** The clients in the variables of one environment, and what is said of secrets without one. */
export function clientsIn(list: VariableList, name: string): Found[] {
  const alone = loneSecrets(list).map(([secret]) => withoutClient(`${name}: ${secret}`));
  return [...variableGroups(list, name), ...alone];
}

/** @param name what the client is called. */
export function withoutServer(name: string): string {
  return `“${name.slice(0, 100)}” has a client and a secret, but no server; it was left out.`;
}

/** Keycloak's address alone is not an issuer: each realm is one. @see https://www.keycloak.org/securing-apps/oidc-layers */
function sayRealm(name: string, gathered: Gathered): void {
  const server = gathered.get('issuer')?.replace(/\/{1,9}$/, '') ?? '';
  const isWhole = /\/realms\/|\.well-known\//.test(server) || gathered.get('realm') !== undefined;
  const isOther = gathered.get('tokenEndpoint') !== undefined || !/^https?:/.test(server);
  if (!/keycloak/i.test(name) || isWhole || isOther) return;
  gathered.put('realm', '{realm}');
  gathered.notes.push(`The realm is not named: the issuer is ${server.slice(0, 200)}/realms/ and its name.`);
}

/** Whose tenant it is, only the name of its server would say. */
function sayTenant(name: string, gathered: Gathered, variables: Variables): void {
  const called = name === '' ? 'TENANT_ID' : `${name}_TENANT_ID`;
  const tenant = variables.get(called)?.trim() ?? '';
  if (isComplete(gathered) || !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(tenant)) return;
  gathered.notes.push(
    `${called.slice(0, 60)} was left out: if it is one of Microsoft Entra, the issuer is https://login.microsoftonline.com/${tenant}/v2.0.`,
  );
}

function finish({ name, gathered }: Group, fallbackName: string, isHost: boolean): Found[] {
  if (gathered.problems.length > 0) return [...gathered.problems];
  if (name !== '') return [gathered.finish(name)];
  if (!isHost) return [gathered.finish(fallbackName)];
  // A host that others of the variables name is not its own.
  const servers = ['tokenEndpoint', 'issuer', 'authorizationEndpoint'] as const;
  const own = hostOf(servers.map((part) => [part, gathered.get(part) ?? '']));
  return [gathered.finish(own === unnamed ? fallbackName : own)];
}

const unnamed = 'Imported';

/** The first host that variables name. */
export function hostOf(variables: VariableList): string {
  const url = variables
    .map(([, value]) => value)
    .find((value) => /^https?:/.test(value) && URL.canParse(value));
  return url === undefined ? unnamed : new URL(url).host;
}
