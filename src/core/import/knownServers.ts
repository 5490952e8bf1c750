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
const ofProgram = /(?:redirect|callback|app|frontend)_?ur[il]$/i;

/** Addresses of the program, and of what there is to read; any other of GitHub or GitLab may be where their own server is. */
const elsewhere = /redirect|callback|webhook|app|front|home|docs?|repo|scope/i;

/** Whether a variable of this beginning names an address: the client may be one of a server of their own. */
function namesAddress(list: VariableList, beginning: string): boolean {
  const start = beginning.toLowerCase();
  const mayBeOwn = (value: string, name: string) =>
    /git/i.test(start) && /^\s*https?:\/\//i.test(value) && !elsewhere.test(name);
  return list
    .filter(
      ([name]) => name.toLowerCase().startsWith(start) || (start.includes('github') && ofGitHub.test(name)),
    )
    .some(
      ([name, value]) =>
        value.trim() !== '' && !ofProgram.test(name) && (ofServer.test(name) || mayBeOwn(value, name)),
    );
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
