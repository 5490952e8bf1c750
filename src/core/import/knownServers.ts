import type { Gathered } from './gathered.ts';
import type { Json, VariableList } from './imported.ts';

const endpoints = (authorizationEndpoint: string, tokenEndpoint: string): Json => ({
  authorizationEndpoint,
  tokenEndpoint,
});

/** Servers of which there is one for everybody: libraries know them by name, so that files need not say where they are. */
const servers: Readonly<Record<string, Json>> = {
  google: { issuer: 'https://accounts.google.com' },
  linkedin: { issuer: 'https://www.linkedin.com/oauth' },
  slack: { issuer: 'https://slack.com' },
  twitch: { issuer: 'https://id.twitch.tv/oauth2' },
  github: endpoints(
    'https://github.com/login/oauth/authorize',
    'https://github.com/login/oauth/access_token',
  ),
  discord: endpoints('https://discord.com/api/oauth2/authorize', 'https://discord.com/api/oauth2/token'),
  spotify: endpoints('https://accounts.spotify.com/authorize', 'https://accounts.spotify.com/api/token'),
};

/** The server that a client's name means: `github`, `GOOGLE_OAUTH2`, `SOCIAL_AUTH_GITHUB`. */
export function serverNamed(name: string): Json | undefined {
  const word = name
    .toLowerCase()
    .replace(/[^a-z0-9]?oauth2?$/, '')
    .replace(/^.*[^a-z0-9]/, '');
  return Object.hasOwn(servers, word) ? servers[word] : undefined;
}

/** What GitHub's own tools take the host of an own server from. @see https://cli.github.com/manual/gh_help_environment */
const ofGitHub = /^G(?:H|HE|ITHUB)_/i;

/** What the name of a server's address ends in. */
const ofServer = /(?:ur[il]|host(?:_?name)?|domain|site|server|endpoint|instance|enterprise)$/i;

/** Of those, addresses of the program itself. */
const ofProgram = /(?:redirect|callback|app|frontend)[_-]?ur[il]$|(?:email|cookie|whitelist)[_-]domains?$/i;

/** Addresses of the program, and of what there is to read; any other of GitHub or GitLab may be where their own server is. */
const elsewhere = /redirect|callback|webhook|app|front|home|docs?|repo|scope/i;

/** Names of variables that hold an address, in lower case and in order. */
interface Addresses {
  readonly ofServers: readonly string[];
  /** What is an address by its value alone. */
  readonly others: readonly string[];
  /** Whether one of them is GitHub's own tools'. */
  readonly ofGitHub: boolean;
}

/** A list is asked for each of its clients: it is looked through once. */
const known = new WeakMap<VariableList, Addresses>();

function addressesIn(list: VariableList): Addresses {
  const before = known.get(list);
  if (before !== undefined) return before;
  const named = list.filter(([name, value]) => value.trim() !== '' && !ofProgram.test(name));
  const isOther = (name: string, value: string) => /^\s*https?:\/\//i.test(value) && !elsewhere.test(name);
  const ofServers = named.filter(([name]) => ofServer.test(name));
  const others = named.filter(([name, value]) => isOther(name, value));
  const inOrder = (all: VariableList) => all.map(([name]) => name.toLowerCase()).toSorted();
  const addresses = {
    ofServers: inOrder(ofServers),
    others: inOrder(others),
    ofGitHub: [...ofServers, ...others].some(([name]) => ofGitHub.test(name)),
  };
  known.set(list, addresses);
  return addresses;
}

/** Whether a variable of this beginning names an address: the client may be one of a server of their own. */
function namesAddress(list: VariableList, beginning: string): boolean {
  const start = beginning.toLowerCase();
  const { ofServers, others, ofGitHub: isThere } = addressesIn(list);
  if (start.includes('github') && isThere) return true;
  return hasBeginning(ofServers, start) || (start.includes('git') && hasBeginning(others, start));
}

/** Whether one of the sorted names begins so. */
function hasBeginning(names: readonly string[], start: string): boolean {
  let [from, to] = [0, names.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((names[middle] ?? '') < start) from = middle + 1;
    else to = middle;
  }
  return names[from]?.startsWith(start) === true;
}

/** Where a client's own variables stand. */
interface Surroundings {
  readonly list: VariableList;
  /** What the client's variables begin with. */
  readonly beginning: string;
}

/** Gives a client the one server there is of its name, and says so, unless an address is named beside it: whether it did. */
export function givePublicServer(
  gathered: Gathered,
  name: string,
  { list, beginning, server = serverNamed(name) }: Surroundings & { readonly server?: Json | undefined },
): boolean {
  if (server === undefined || namesAddress(list, beginning)) return false;
  gathered.putAll(server);
  gathered.notes.push(`No address is named: “${name.slice(0, 60)}” is taken to be the public one.`);
  return true;
}
