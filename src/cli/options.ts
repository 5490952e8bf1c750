import type { Catalogue } from '../core/diagnose/catalogue.ts';
import { knowsOneService } from '../core/diagnose/oneService.ts';
import type { CodeRoute, IsOneService } from '../core/oauth/requireOneServer.ts';
import type { Arguments, Option } from './command.ts';
import { Refusal } from './exit.ts';

/** Where profiles come from. */
export const profileOptions: readonly Option[] = [
  {
    name: 'profiles',
    value: 'file',
    several: true,
    help: 'read profiles from this settings.json, .code-workspace or list instead of .vscode/settings.json',
  },
  {
    name: 'environment',
    value: 'name',
    help: 'the environment in oauthExplorer.environments that fills ${name} in profiles',
  },
];

/** The redirect URI of a client that stands in no settings. */
export const redirectUriOption: Option = {
  name: 'redirect-uri',
  value: 'uri',
  help: 'with --client-id: the registered redirect URI (default: http://127.0.0.1/callback)',
};

/** What describes, with an issuer, a client that stands in no settings; `--client-id` does not belong to them. */
export const clientOptions: readonly Option[] = [
  {
    name: 'grant',
    value: 'grant',
    choices: ['authorization_code', 'client_credentials', 'device_code'],
    help: 'with --client-id: how to get the token (default: authorization_code)',
  },
  { name: 'scope', value: 'scope', several: true, help: 'with --client-id: a scope to ask for' },
  { name: 'audience', value: 'audience', help: 'with --client-id: the audience of the token' },
  {
    name: 'resource',
    value: 'uri',
    several: true,
    help: 'with --client-id: the API the token is for (RFC 8707)',
  },
  {
    name: 'client-authentication',
    value: 'method',
    choices: ['none', 'client_secret_basic', 'client_secret_post'],
    help: 'with --client-id: how the client authenticates (default: client_secret_basic with client_credentials, otherwise none)',
  },
  redirectUriOption,
];

/** Where the client secret comes from. */
export const secretOptions: readonly Option[] = [
  {
    name: 'secret-env',
    value: 'name',
    help: 'take the client secret from this environment variable (otherwise OAUTH_EXPLORER_SECRET, then the keychain)',
  },
  { name: 'secret-stdin', help: 'take the client secret from standard input' },
];

/** How long to wait, and for whom. */
export const networkOptions: readonly Option[] = [
  { name: 'timeout', value: 'seconds', help: 'how long one request may take (default: 30)' },
];

export const signInOptions: readonly Option[] = [
  { name: 'sign-in', help: 'somebody is there to sign in, even without a terminal' },
  {
    name: 'one-service',
    value: 'hosts',
    several: true,
    help: 'two hosts that belong together although nothing else shows it, such as login.example.com,api.example.com',
  },
  { name: 'no-sign-in', help: 'ask nobody to sign in, even in a terminal' },
  {
    name: 'sign-in-timeout',
    value: 'seconds',
    help: 'how long the sign-in may take (default: 300)',
  },
];

/** The milliseconds an option names, whose seconds were checked as the arguments were read. @param standard seconds */
export function milliseconds(args: Arguments, name: string, standard: number): number {
  return Number(args.value(name) ?? standard) * 1000;
}

/** Whether somebody can be asked to sign in. @throws Refusal when both is said */
export function someoneThere(args: Arguments, { attended }: { readonly attended: boolean }): boolean {
  const [yes, no] = [args.has('sign-in'), args.has('no-sign-in')];
  if (yes && no) throw new Refusal('--sign-in and --no-sign-in exclude each other.');
  return yes || (attended && !no);
}

/** Whether the catalogue or `--one-service` names both hosts of a route. @throws Refusal for a value that does not name two */
export function oneService(args: Arguments, catalogue: Catalogue): IsOneService {
  const pairs = args.values('one-service').map((value) => value.toLowerCase().split(','));
  if (pairs.some(({ length }) => length !== 2))
    throw new Refusal('--one-service must name two hosts, such as login.example.com,api.example.com.');
  const isNamed = ({ from, to }: CodeRoute) =>
    pairs.some((pair) =>
      [from, to].every((origin) => pair.includes(origin) || pair.includes(new URL(origin).host)),
    );
  return (route) => Promise.resolve(knowsOneService(catalogue, route) || isNamed(route));
}
