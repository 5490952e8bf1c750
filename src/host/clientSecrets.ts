import * as vscode from 'vscode';
import { secretDestinations, secretPlace, type Profile } from '../core/profile/profile.ts';
import type { GrantInput, KeptSecret } from '../core/profile/traits.ts';
import { ownSecret } from '../core/profile/kept.ts';
import { capital } from '../shared/capital.ts';
import type { SecretStore } from '../core/vault/secretStore.ts';
import { askToSend } from './askToSend.ts';
import { dialogs } from './dialogs.ts';
import { secretFile } from './secretFile.ts';

/** Details of a question for a secret, and the signal that withdraws it when the flow is cancelled. */
export interface Asking {
  readonly signal?: AbortSignal | undefined;
  readonly tokenEndpoint?: string | undefined;
  readonly elsewhere?: readonly string[] | undefined;
  /** Which secret; the client's own unless given. */
  readonly kept?: (KeptSecret & Partial<Pick<GrantInput, 'once'>>) | undefined;
}

/**
 * A secret of a profile (its client's own unless told) from the vault, else typed by the user and then kept; `undefined` when
 * the user declined. One that was entered for another server, or that is for the user's own profile when a workspace's profile
 * asks, is used only after the user has agreed.
 */
export async function secretOrAsk(
  profile: Profile,
  secrets: SecretStore,
  asking: Asking = {},
): Promise<string | undefined> {
  const place = placeOf(profile, asking);
  const found = await secrets.find(place);
  if (found.kind === 'stored') return secrets.use(place);
  if (found.kind === 'none') return askAndKeepSecret(profile, secrets, asking);
  const answer = await askToSend(profile.name, place, found, asking.signal);
  if (answer === 'use') return secrets.agree(place);
  return answer === 'other' ? askAndKeepSecret(profile, secrets, asking) : undefined;
}

/** The input that a flow starts from: like a secret, but a short-lived one is asked for in every flow. */
export async function inputOrAsk(
  profile: Profile,
  input: GrantInput,
  secrets: SecretStore,
  asking: Omit<Asking, 'kept'>,
): Promise<string | undefined> {
  const asked = { ...asking, kept: input };
  return input.once === true ? askFor(profile, asked) : secretOrAsk(profile, secrets, asked);
}

/** Asks for a secret in VS Code's password box and keeps it for exactly this profile and server. */
export async function askAndKeepSecret(
  profile: Profile,
  secrets: SecretStore,
  asking: Asking,
): Promise<string | undefined> {
  const secret = await askFor(profile, asking);
  if (secret !== undefined) await secrets.set(placeOf(profile, asking), secret);
  return secret;
}

const placeOf = (profile: Profile, { tokenEndpoint, elsewhere, kept = ownSecret(profile) }: Asking) =>
  secretPlace(profile, tokenEndpoint, kept, elsewhere);

function askFor(profile: Profile, asking: Asking): Promise<string | undefined> {
  const { signal, kept = ownSecret(profile) } = asking;
  const origin = secretDestinations(placeOf(profile, asking)).join(vscode.l10n.t(' and '));
  return askSecret({ name: profile.name, origin, kept, algorithm: profile.signingAlgorithm }, signal);
}

/** A question for a secret: which one, and for whom. */
export interface SecretQuestion {
  readonly name: string;
  readonly origin: string;
  /** Which kind; a client secret unless given. */
  readonly kept?: KeptSecret & Pick<GrantInput, 'once'>;
  /** The algorithm of a key that is generated here. */
  readonly algorithm?: string | undefined;
}

/**
 * Asks for a secret in VS Code's own password box, or for a long one also with a file; it goes nowhere else. The question
 * closes when `signal` is aborted.
 */
export async function askSecret(question: SecretQuestion, signal?: AbortSignal): Promise<string | undefined> {
  if (signal?.aborted) return undefined;
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = () => cancellation.cancel();
  signal?.addEventListener('abort', cancel);
  try {
    const { token } = cancellation;
    const given =
      question.kept?.long === true ? await longSecret(question, token) : await typed(question, token);
    const secret = typeof given === 'object' ? given.made : given && (await read(given, question, token));
    return secret === '' || signal?.aborted ? undefined : secret;
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}

function typed({ name, origin, kept }: SecretQuestion, token: vscode.CancellationToken) {
  const noun = kept?.noun ?? 'client secret';
  return dialogs.showInputBox(
    {
      title: vscode.l10n.t('{0} of “{1}”', capital(noun), name),
      prompt: whereItGoes(kept, origin),
      password: true,
      validateInput: (value) => checkSecret(value, kept),
    },
    token,
  );
}

function whereItGoes(kept: SecretQuestion['kept'], origin: string): string {
  if (kept?.once === true) return vscode.l10n.t('Sent to {0} only, and not stored.', origin);
  if (kept?.staysHere === true)
    return vscode.l10n.t('Kept in the keychain, and shown to your browser; its key is sent to nobody.');
  return kept?.what === undefined && kept?.read !== undefined
    ? vscode.l10n.t('Kept in the keychain, and sent to nobody: it signs what is sent to {0}.', origin)
    : vscode.l10n.t('Kept in the keychain, and sent to {0} only.', origin);
}

/** A secret that was pasted or read from a file, or one that was generated here. */
async function longSecret(
  question: SecretQuestion,
  token: vscode.CancellationToken,
): Promise<string | { readonly made: string } | undefined> {
  const noun = question.kept?.noun ?? '';
  const paste = { label: vscode.l10n.t('Paste It'), way: 'paste' };
  const file = { label: vscode.l10n.t('Choose a File…'), way: 'file' };
  const make = {
    label: vscode.l10n.t('Make One Here'),
    description: vscode.l10n.t('Its private half never leaves the keychain'),
    way: 'make',
  };
  const making = question.kept?.make?.bind(question.kept);
  const options = {
    title: vscode.l10n.t('{0} of “{1}”', capital(noun), question.name),
    ignoreFocusOut: true,
  };
  const chosen = await dialogs.showQuickPick([paste, file, ...(making ? [make] : [])], options, token);
  if (chosen === undefined) return undefined;
  if (chosen.way === 'make' && making) {
    const made = await making(Date.now(), question.algorithm);
    tellMade(question.name);
    return { made };
  }
  return chosen.way === 'file'
    ? secretFile(noun, longest, question.kept?.severalFiles === true)
    : typed(question, token);
}

/** Tells the user that a generated key has to be registered at the server first. */
function tellMade(name: string): void {
  void dialogs.showInformationMessage(
    vscode.l10n.t(
      'A key was made for “{0}”. Register its public half at the server: “Copy Public Key” in the profile’s menu.',
      name,
    ),
  );
}

/** Converts what was entered to the form that is kept; tells the user what is wrong with it. */
async function read(
  text: string,
  { name, kept }: SecretQuestion,
  token: vscode.CancellationToken,
): Promise<string | undefined> {
  if (kept?.read === undefined) return text;
  let result = await kept.read(text, undefined, Date.now());
  if (result.kind === 'encrypted') {
    const passphrase = await dialogs.showInputBox(
      {
        title: vscode.l10n.t('Passphrase of the {0} of “{1}”', kept.noun, name),
        prompt: vscode.l10n.t('Used once, to read the key; it is not stored.'),
        password: true,
      },
      token,
    );
    if (passphrase === undefined) return undefined;
    result = await kept.read(text, passphrase, Date.now());
  }
  if (result.kind === 'read') {
    if (result.told !== undefined) void dialogs.showInformationMessage(result.told);
    return result.text;
  }
  if (result.kind === 'problem') void dialogs.showErrorMessage(result.problem);
  return undefined;
}

/** Longest secret that may be entered, in characters. */
const longest = 64 * 1024;

/** What is wrong with the text in the box, while it can still be corrected there. */
async function checkSecret(
  value: string,
  kept: KeptSecret | undefined,
): Promise<vscode.InputBoxValidationMessage | undefined> {
  const { Error: severity } = vscode.InputBoxValidationSeverity;
  if (value.length > longest)
    return { message: vscode.l10n.t('It has at most {0} characters.', longest), severity };
  if (kept?.read !== undefined && value !== '') {
    const result = await kept.read(value, undefined, Date.now());
    return result.kind === 'problem' ? { message: result.problem, severity } : undefined;
  }
  // Some secrets do end in a space: mention it, and accept it.
  if (value.trim() !== value)
    return {
      message: vscode.l10n.t('It begins or ends with a space or a line break. Was that copied by mistake?'),
      severity: vscode.InputBoxValidationSeverity.Warning,
    };
  return undefined;
}
