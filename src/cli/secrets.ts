import { authenticationOf } from '../core/authentication/all.ts';
import type { MaterialKind } from '../core/authentication/authentication.ts';
import { FailureError } from '../core/record/failure.ts';
import type { ClientSecret } from '../core/ports.ts';
import { inputsOf } from '../core/grants/all.ts';
import { ownSecret } from '../core/profile/kept.ts';
import { isWordy, quoted } from '../core/profile/problem.ts';
import { secretOrigin, secretPlace, type Profile } from '../core/profile/profile.ts';
import type { GrantInput, KeptSecret } from '../core/profile/traits.ts';
import type { Standing } from '../core/vault/secretBinding.ts';
import { secretKey, vaultService } from '../core/vault/vaultKeys.ts';
import type { Arguments } from './command.ts';
import { Refusal } from './exit.ts';
import { readStandardInput } from './readInput.ts';
import type { Terminal } from './terminal.ts';
import { fromKeychain } from './keychainSecrets.ts';

/** The variable that holds the secret unless `--secret-env` names another. */
const secretVariable = 'OAUTH_EXPLORER_SECRET';
/** Bytes of a secret on standard input. */
const longest = 64 * 1024;

/**
 * Finds the client secret of a profile: on standard input or in the variable that was named, else in `OAUTH_EXPLORER_SECRET`,
 * else in the keychain, where the extension keeps it.
 *
 * @throws Refusal when there is none, with every way to give it
 */
export async function clientSecret(
  profile: Profile,
  standing: Standing,
  args: Arguments,
  terminal: Terminal,
): Promise<ClientSecret> {
  if (!isText.has(authenticationOf(profile).needs)) return () => Promise.resolve(undefined);
  const kept = ownSecret(profile);
  const given = await givenSecret(profile, args, terminal);
  if (given !== undefined) {
    const secret = await readAs(kept, given, terminal);
    return () => Promise.resolve(secret);
  }
  const keychain = fromKeychain(profile, standing, terminal);
  try {
    const stored = await keychain();
    if (stored !== undefined) return keychain;
  } catch (thrown) {
    if (thrown instanceof FailureError) throw missing(profile, asClause(thrown.failure.message), args);
    throw thrown;
  }
  throw missing(
    profile,
    `the keychain has no entry ${vaultService}, ${secretKey(secretPlace(profile, undefined, ownSecret(profile)))}`,
    args,
  );
}

/** What a client can prove itself with that is one text. */
const isText: ReadonlySet<MaterialKind> = new Set<MaterialKind>(['password', 'key', 'certificate']);

/** A secret in the form in which the keychain would have it. @throws Refusal */
async function readAs(kept: KeptSecret, text: string, { tell }: Pick<Terminal, 'tell'>): Promise<string> {
  const found = await kept.read?.(text, undefined, Date.now());
  if (found === undefined) return text;
  if (found.kind === 'read') {
    if (found.told !== undefined) tell(found.told);
    return found.text;
  }
  throw new Refusal(
    found.kind === 'problem'
      ? found.problem
      : `The ${kept.noun} is encrypted. Decrypt it first, or keep it in VS Code.`,
  );
}

function missing(profile: Profile, why: string, args: Arguments): Refusal {
  const several = forSeveral(args);
  return new Refusal(
    `The ${ownSecret(profile).noun} of ${quoted(profile.name)} is missing: ${several ? variableOf(profile) : secretVariable} is not set, and ${why}. ` +
      (several
        ? 'Set it in VS Code (“Set Client Secret”), or set that variable. '
        : 'Set it in VS Code (“Set Client Secret”), name a variable with --secret-env, or pass it with --secret-stdin. ') +
      `It is sent to ${secretOrigin(profile)} only.`,
  );
}

/** A sentence within a sentence. */
function asClause(sentence: string): string {
  return (sentence.charAt(0).toLowerCase() + sentence.slice(1)).replace(/\.$/, '');
}

/** The environment variables a secret may stand in. */
export function secretVariables(
  args: Arguments,
  { environment }: Pick<Terminal, 'environment'>,
): readonly string[] {
  const own = Object.keys(environment).filter((name) => name.toUpperCase().startsWith(secretVariable));
  return [
    ...own,
    ...['secret-env', 'token-env', 'input-env', ...inputOptions.values()].flatMap((option) =>
      args.values(option),
    ),
  ];
}

/** The variable that holds the secret of one profile only. */
function variableOf({ id }: Pick<Profile, 'id'>): string {
  return `${secretVariable}_${id.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/** Whether what is given once would be sent to the servers of several profiles. */
export function forSeveral(args: Arguments): boolean {
  return args.has('all') || args.operands.length > 1;
}

/** Looks that no secret is given for several servers. @throws Refusal */
export function requireOwnSecrets(
  profiles: readonly Profile[],
  args: Arguments,
  { environment }: Terminal,
): void {
  for (const name of ['secret-env', 'secret-stdin'])
    if (args.has(name))
      throw new Refusal(
        `--${name} goes with one profile only: a secret is for one server. With several, set variables such as ${variableOf({ id: 'orders' })}.`,
      );
  const owners = new Map<string, Profile>();
  for (const profile of profiles) {
    const name = variableOf(profile);
    const other = owners.get(name);
    if (other !== undefined && environment[name] !== undefined)
      throw new Refusal(
        `${quoted(other.id)} and ${quoted(profile.id)} would both take their secret from ${name}. Check them one at a time.`,
      );
    owners.set(name, profile);
  }
}

/** The options that name a variable for what a flow starts from, where it is not `--input-env`: by what it is. */
const inputOptions: ReadonlyMap<string, string> = new Map([
  ['actor_token', 'actor-env'],
  ['user_code', 'user-code-env'],
]);

/** What the flows of a profile start from, by what it is. */
export type GivenInputs = ReadonlyMap<string, string>;

/**
 * What the flows of a profile start from, out of the variables that `--input-env` and its kin name, in the form it is kept in.
 *
 * @throws Refusal when one is missing that is in no keychain, or is not for this grant
 */
export async function givenInputs(
  profile: Profile,
  args: Arguments,
  { environment, tell }: Terminal,
): Promise<GivenInputs> {
  const wanted = inputsOf(profile);
  const options = wanted.map(({ what }) => inputOptions.get(what) ?? 'input-env');
  for (const option of ['input-env', ...inputOptions.values()])
    if (args.has(option) && !options.includes(option)) throw unwantedInput(option, profile);
  const given = new Map<string, string>();
  for (const [index, one] of wanted.entries()) {
    const option = options[index] ?? '';
    const name = args.value(option);
    if (name !== undefined)
      given.set(one.what, await readAs(one, variableNamed(name, option, environment), { tell }));
    else if (one.once === true) throw startsFrom(profile, one, option);
  }
  return given;
}

function unwantedInput(option: string, { grant }: Profile): Refusal {
  const words: Readonly<Record<string, string>> = {
    'actor-env':
      '--actor-env is for profiles with actorProfile or actorTokenType, which say that somebody acts.',
    'user-code-env': '--user-code-env is for profiles with userCode, which says that the user has a code.',
  };
  return new Refusal(
    words[option] ?? `--input-env is for grants that start from something, which ${grant} does not.`,
  );
}

function startsFrom({ name, grant }: Profile, { noun }: GrantInput, option: string): Refusal {
  const article = /^[aeiou]/i.test(noun) ? 'an' : 'a';
  return new Refusal(
    `${quoted(name)} (${grant}) starts from ${article} ${noun}. Name the environment variable that holds it with “oauth-explorer token … --${option}”, or get the token in the editor.`,
  );
}

/** @throws Refusal when the variable is not set */
export function variableNamed(name: string, option: string, environment: Terminal['environment']): string {
  const value = environment[name];
  if (value !== undefined && value !== '') return value;
  throw new Refusal(
    `The environment variable ${isWordy(name) ? `${quoted(name)} ` : ''}of --${option} is not set.`,
  );
}

async function givenSecret(
  profile: Profile,
  args: Arguments,
  terminal: Terminal,
): Promise<string | undefined> {
  const name = args.value('secret-env');
  if (args.has('secret-stdin')) {
    if (name !== undefined) throw new Refusal('--secret-env and --secret-stdin exclude each other.');
    const text = await readStandardInput(terminal, longest, 'the client secret');
    const secret = text.replace(/\r?\n$/, '');
    if (secret === '') throw new Refusal('--secret-stdin was given, but standard input is empty.');
    return secret;
  }
  const { environment } = terminal;
  const own = environment[variableOf(profile)];
  if (name === undefined && own !== undefined && own !== '') return own;
  if (name === undefined && forSeveral(args)) return undefined;
  if (name !== undefined) return variableNamed(name, 'secret-env', environment);
  const standard = environment[secretVariable];
  return standard === '' ? undefined : standard;
}
