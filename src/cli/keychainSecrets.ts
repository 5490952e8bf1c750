import { join } from 'node:path';
import { entryLimit, Keychain, loadKeychain } from '../adapters/keychain.ts';
import type { FlowDeps } from '../core/flow/runFlow.ts';
import { madeOnce } from '../core/madeOnce.ts';
import { FailureError } from '../core/record/failure.ts';
import type { ClientSecret } from '../core/ports.ts';
import { ownSecret } from '../core/profile/kept.ts';
import { quoted } from '../core/profile/problem.ts';
import { secretPlace, type Profile } from '../core/profile/profile.ts';
import type { KeptSecret } from '../core/profile/traits.ts';
import { AccountIndex } from '../core/vault/accountIndex.ts';
import { keptOrMade } from '../core/vault/keptOrMade.ts';
import { probe } from '../core/vault/probe.ts';
import type { Standing, Unbound } from '../core/vault/secretBinding.ts';
import { SecretStore } from '../core/vault/secretStore.ts';
import { SplitVault } from '../core/vault/splitVault.ts';
import type { Vault } from '../core/vault/vault.ts';
import { vaultFailure } from '../core/vault/vaultFailure.ts';
import { keychainProcess } from './keychainProcess.ts';
import type { Terminal } from './terminal.ts';

/**
 * The secret that the keychain has for a profile, as far as the extension would send it there without a question.
 *
 * @throws FailureError of kind `vault` when the keychain cannot be asked, or `secret_missing` when its secret is for another server
 */
export function fromKeychain(
  profile: Profile,
  standing: Standing,
  { home }: Terminal,
  kept: KeptSecret = ownSecret(profile),
): ClientSecret {
  let opened: { readonly vault: Vault; readonly store: SecretStore } | undefined;
  return async (tokenEndpoint, elsewhere) => {
    opened ??= openStore(home);
    const { vault, store } = opened;
    const found = await store.find({ ...secretPlace(profile, tokenEndpoint, kept, elsewhere), standing });
    if (found.kind === 'ask') throw notForThis(found.enteredFor.length === 0 ? 'earlier' : found.why);
    if (found.kind === 'none') await requireUnlocked(vault);
    return found.kind === 'stored' ? found.secret : undefined;
  };
}

/** The Secret Service of Linux shows no entry while it is locked, which is not to be called having none. @throws FailureError */
async function requireUnlocked(vault: Vault): Promise<void> {
  if (process.platform !== 'linux') return;
  try {
    await probe(vault);
  } catch (thrown) {
    const words = thrown instanceof FailureError && thrown.cause instanceof Error ? thrown.cause.message : '';
    if (words === '') throw thrown;
    const why = `The system keychain shows no entry and takes none, as when it is locked: it says ${quoted(words)}.`;
    throw vaultFailure('failed', why, `Unlock it. ${otherWays}`, thrown);
  }
}

/** Keeps what replaces a secret that a server has made useless, such as a refresh token it has rotated. @throws FailureError */
export async function keepInKeychain(
  profile: Profile,
  standing: Standing,
  { home }: Terminal,
  kept: KeptSecret,
  text: string,
  tokenEndpoint?: string,
): Promise<void> {
  await openStore(home).store.set({ ...secretPlace(profile, tokenEndpoint, kept), standing }, text);
}

/** Gives what is made for a profile, such as the certificate at its redirect URI, as the extension keeps it; without a keychain for this run alone. */
export function madeInKeychain(standing: Standing, terminal: Terminal): NonNullable<FlowDeps['made']> {
  const here = madeOnce();
  return async (profile, what, make, isGood) => {
    const kept = { what, noun: 'key' };
    const made = () => here(what, make);
    const secrets: Parameters<typeof keptOrMade>[0] = {
      get: () => fromKeychain(profile, standing, terminal, kept)(),
      set: (_, text) => keepInKeychain(profile, standing, terminal, kept, text),
    };
    try {
      return await keptOrMade(secrets, profile, what, made, isGood);
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      return made();
    }
  };
}

function openStore(home: string): { readonly vault: Vault; readonly store: SecretStore } {
  try {
    const binary = join(home, 'keychains', platform(), 'keytar.node');
    // Whether it can be loaded at all is known at once.
    loadKeychain(binary);
    const vault = new SplitVault(new Keychain(keychainProcess(binary)), entryLimit);
    return { vault, store: new SecretStore(vault, new AccountIndex(vault)) };
  } catch (thrown) {
    // On Linux it needs libsecret, which a container hardly has.
    throw vaultFailure('failed', 'This machine has no keychain to read from.', otherWays, thrown);
  }
}

const otherWays = 'Pass the client secret in an environment variable or with --secret-stdin.';

const notForThisWords: Readonly<Record<Unbound | 'earlier', string>> = {
  server: 'The secret in the keychain was entered for another server than this profile has now.',
  workspace: 'The secret in the keychain was entered for your own profile, and this one is a workspace’s.',
  earlier:
    'The secret in the keychain does not say for which server of that host it was entered, and this profile is a workspace’s.',
};

function notForThis(why: Unbound | 'earlier'): FailureError {
  const message = notForThisWords[why];
  const advice =
    'Get a token once in VS Code, which asks whether it may be sent there, or pass it with --secret-stdin.';
  return new FailureError({ kind: 'secret_missing', what: 'stored', step: 'secret', message, advice });
}

/** As keytar calls the platforms it has a binary for. */
function platform(): string {
  const report = process.report.getReport() as {
    readonly header: { readonly glibcVersionRuntime?: string };
  };
  const musl = process.platform === 'linux' && report.header.glibcVersionRuntime === undefined;
  return `${process.platform}${musl ? 'musl' : ''}-${process.arch}`;
}
