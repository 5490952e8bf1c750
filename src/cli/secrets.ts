import { join } from 'node:path';
import { Keychain, loadKeychain } from '../adapters/keychain.ts';
import { authenticationOf } from '../core/authentication/all.ts';
import { FailureError } from '../core/flow/failure.ts';
import { quoted } from '../core/profile/problem.ts';
import { secretOrigin, secretPlace, type Profile } from '../core/profile/profile.ts';
import { SplitVault } from '../core/vault/splitVault.ts';
import { secretKey, vaultService } from '../core/vault/vaultKeys.ts';
import type { Arguments } from './command.ts';
import { Refusal } from './exit.ts';
import { readStandardInput } from './readInput.ts';
import type { Terminal } from './terminal.ts';

/** The variable that holds the secret unless `--secret-env` names another. */
const secretVariable = 'OAUTH_EXPLORER_SECRET';
/** Bytes of a secret on standard input. */
const longest = 64 * 1024;

/** A secret, and where it was found; or why the keychain could not be asked. */
interface Found {
  readonly secret?: string;
  readonly trouble?: string;
}

/**
 * The client secret of a profile: from standard input or the variable that was named, else from `OAUTH_EXPLORER_SECRET`, else
 * from the keychain, where the extension keeps it. `undefined` when the client proves itself without one.
 *
 * @throws Refusal when there is none, with every way to give it
 */
export async function clientSecret(
  profile: Profile,
  args: Arguments,
  terminal: Terminal,
): Promise<string | undefined> {
  if (authenticationOf(profile).needs !== 'password') return undefined;
  const given = await givenSecret(args, terminal);
  if (given !== undefined) return given;
  const { secret, trouble } = await fromKeychain(profile, terminal);
  if (secret !== undefined) return secret;
  throw new Refusal(
    `The client secret of ${quoted(profile.name)} is missing: ${secretVariable} is not set, and ` +
      `${trouble ?? `the keychain has no entry ${vaultService}, ${secretKey(secretPlace(profile))}`}. ` +
      'Set it in VS Code (“Set Client Secret”), name a variable with --secret-env, or pass it with --secret-stdin. ' +
      `It is sent to ${secretOrigin(profile)} only.`,
  );
}

/** The secret of another profile of the same run, which nobody was asked for: the keychain's, if it has one. */
export async function storedSecret(profile: Profile, terminal: Terminal): Promise<string | undefined> {
  return (await fromKeychain(profile, terminal)).secret;
}

/** The environment variables a secret may stand in. */
export function secretVariables(args: Arguments): readonly string[] {
  return [secretVariable, ...args.values('secret-env')];
}

async function givenSecret(args: Arguments, terminal: Terminal): Promise<string | undefined> {
  const name = args.value('secret-env');
  if (args.has('secret-stdin')) {
    if (name !== undefined) throw new Refusal('--secret-env and --secret-stdin exclude each other.');
    const text = await readStandardInput(terminal, longest, 'the client secret');
    const secret = text.replace(/\r?\n$/, '');
    if (secret === '') throw new Refusal('--secret-stdin was given, but standard input is empty.');
    return secret;
  }
  const value = terminal.environment[name ?? secretVariable];
  if (value !== undefined && value !== '') return value;
  if (name === undefined) return undefined;
  throw new Refusal(`The environment variable ${quoted(name)} of --secret-env is not set.`);
}

async function fromKeychain(profile: Profile, { home }: Terminal): Promise<Found> {
  let keychain;
  try {
    keychain = new Keychain(loadKeychain(join(home, 'keychains', platform(), 'keytar.node')));
  } catch {
    // On Linux it needs libsecret; a machine without one, such as a container, has no keychain.
    return { trouble: 'this machine has no keychain that could be asked' };
  }
  try {
    const secret = await new SplitVault(keychain).get(secretKey(secretPlace(profile)));
    return secret === undefined ? {} : { secret };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    return { trouble: thrown.failure.message.replace(/^The/, 'the').replace(/\.$/, '') };
  }
}

/** As keytar calls the platforms it has a binary for. */
function platform(): string {
  const report = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  const musl = process.platform === 'linux' && report.header.glibcVersionRuntime === undefined;
  return `${process.platform}${musl ? 'musl' : ''}-${process.arch}`;
}
