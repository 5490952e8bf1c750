import type { Gathered } from './gathered.ts';
import type { VariableList } from './imported.ts';

/** Clients and servers among variables, by what their names begin and end with, in lower case. */
type Groups = ReadonlyMap<string, { readonly gathered: Gathered }>;

/** Gives clients that name no server of their own the one that is named for them. */
export function giveServers(groups: Groups, list: VariableList): void {
  for (const [key, { gathered }] of groups) {
    giveServer(gathered, groups.get(clientOf(key))?.gathered);
    giveServer(groups.get(key.replace(/_(?:oidc|openid|oauth2?)$/, ''))?.gathered, gathered);
  }
  shareServer(groups, list);
}

/** Whose server a group without a client is: `PROXY_OIDC_ISSUER_URL` that of `PROXY`, `OIDC_OP_…` that of `OIDC_RP_…`. */
function clientOf(group: string): string {
  return /(?:^|_)op$/.test(group) ? group.replace(/op$/, 'rp') : group.replace(/(?:^|_)(?:oidc|openid)$/, '');
}

/** Gives a client that names no server of its own the one that is named for it. */
function giveServer(from: Gathered | undefined, to: Gathered | undefined): void {
  if (from === undefined || to === undefined || to === from || isClient(from) || isComplete(to)) return;
  for (const part of ['issuer', 'tokenEndpoint', 'authorizationEndpoint'] as const)
    if (to.get(part) === undefined) to.put(part, from.get(part), from.nameOf(part));
}

/** What stands before or behind the names of one environment's variables. */
const environment =
  /^(?:dev(?:elop(?:ment)?)?|test(?:ing)?|qa|uat|stag(?:e|ing)|(?:pre|non)?prod(?:uction)?|local|sandbox|int(?:egration)?|acc(?:eptance)?|live)$/;

/**
 * Gives the clients of several environments (`DEV_CLIENT_ID`, `PROD_CLIENT_ID`) the one server that is named for all of them, and what
 * is asked for there. What is called by any other word may be a client of another server.
 */
function shareServer(groups: Groups, list: VariableList): void {
  const byBase = new Map<string, InEnvironment[]>();
  for (const [key, { gathered }] of groups) {
    const words = key.split('_');
    const name = words.find((word) => environment.test(word));
    const others = words.filter((word) => !environment.test(word));
    if (name === undefined || others.length !== words.length - 1 || !isClient(gathered)) continue;
    const base = others.join('_');
    const siblings = byBase.get(base) ?? [];
    byBase.set(base, siblings);
    siblings.push({ name, gathered });
  }
  const hosts = byBase.size === 0 ? new Map<string, Hosts>() : hostsIn(list);
  for (const [base, siblings] of byBase) {
    const shared = groups.get(base)?.gathered;
    // Beside a server of one of them, the shared one may be another's.
    const hasOwn = siblings.some(({ gathered }) => isComplete(gathered));
    if (shared === undefined || siblings.length < 2 || hasOwn) continue;
    const named = siblings.map(({ name }) => hosts.get(name) ?? noHosts);
    if (isForAll(hostOf(shared), named)) for (const { gathered } of siblings) giveShared(shared, gathered);
  }
}

/** A client whose variables have an environment’s name before or behind them. */
interface InEnvironment {
  readonly name: string;
  readonly gathered: Gathered;
}

function giveShared(shared: Gathered, gathered: Gathered): void {
  giveServer(shared, gathered);
  for (const part of ['scope', 'audience'] as const)
    if (isComplete(gathered) && gathered.get(part) === undefined)
      gathered.put(part, shared.get(part), shared.nameOf(part));
}

/** Hosts that the variables of one environment name, and those of a server that signs in. */
interface Hosts {
  readonly all: Set<string>;
  readonly ofAuth: Set<string>;
}

const noHosts: Hosts = { all: new Set(), ofAuth: new Set() };

/** Whether no environment names a server of its own, nor only some of them the shared one. */
function isForAll(shared: string | undefined, environments: readonly Hosts[]): boolean {
  const naming = environments.filter(({ all }) => shared !== undefined && all.has(shared)).length;
  const isOwn = ({ ofAuth }: Hosts) => [...ofAuth].some((host) => host !== shared);
  return (naming === 0 || naming === environments.length) && !environments.some(isOwn);
}

function hostsIn(list: VariableList): ReadonlyMap<string, Hosts> {
  const hosts = new Map<string, Hosts>();
  for (const [name, value] of list) {
    const [, host] =
      /^(?:https?:\/\/)?([\w-]{1,99}(?:\.[\w-]{1,99}){1,9}(?::\d+)?)(?:\/|$)/.exec(value) ?? [];
    if (host === undefined) continue;
    const ofAuth =
      /auth|idp|sso|oidc|login|ident|token/i.test(name) && !/redirect|callback|logout/i.test(name);
    if (!ofAuth && !/^https?:/.test(value)) continue;
    const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
    for (const word of words.split(/[^a-z]+/)) {
      if (!environment.test(word)) continue;
      const known = hosts.get(word) ?? { all: new Set(), ofAuth: new Set() };
      hosts.set(word, known);
      known.all.add(host);
      if (ofAuth) known.ofAuth.add(host);
    }
  }
  return hosts;
}

function hostOf(gathered: Gathered): string | undefined {
  const server = gathered.get('tokenEndpoint') ?? gathered.get('issuer') ?? '';
  return URL.canParse(server) ? new URL(server).host : undefined;
}

/** Whether it has an id, or more than one. */
export function isClient(gathered: Gathered): boolean {
  return gathered.problems.length > 0 || gathered.get('clientId') !== undefined;
}

/** Whether it has a server, too. */
export function isComplete(gathered: Gathered): boolean {
  const server = gathered.get('tokenEndpoint') ?? gathered.get('issuer') ?? gathered.get('tenant');
  return gathered.problems.length > 0 || (gathered.get('clientId') !== undefined && server !== undefined);
}
