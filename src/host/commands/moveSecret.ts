import * as vscode from 'vscode';
import { isUsableToken } from '../../core/httpFile/insertBearer.ts';
import { leakEdits } from '../../core/leaks/leakEdits.ts';
import { unwrapped } from '../../core/leaks/wrapped.ts';
import { findLeaks, type Leak } from '../../core/leaks/findLeaks.ts';
import { leakFileOf, type LeakFile } from '../../core/leaks/leakReference.ts';
import { ownSecret } from '../../core/profile/kept.ts';
import { grantNamed } from '../../core/productLists.ts';
import { secretDestinations, secretPlace, type Profile } from '../../core/profile/profile.ts';
import type { KeptSecret } from '../../core/profile/traits.ts';
import type { LeakArgument } from '../../shared/commands.ts';
import { member } from '../../shared/json.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { readPlace } from '../decodeToken.ts';
import { dialogs } from '../dialogs.ts';
import { applyToDocument } from '../editor/applyToDocument.ts';
import { writeEnvironment } from '../editor/environmentFiles.ts';
import { newNameFor, placeFor } from '../editor/freeNames.ts';
import { addToGitIgnore, gitState } from '../editor/gitIgnore.ts';
import { askUser } from '../editor/questions.ts';
import type { Services } from '../services.ts';

/** A secret in a document, with the kind of file. */
interface FoundSecret {
  readonly document: vscode.TextDocument;
  readonly file: LeakFile;
  readonly leak: Leak;
  readonly value: string;
}

/** Moves a secret out of its file, to the environment file or the keychain; or has git ignore the file. */
export async function moveSecret(
  services: ToChoose & Pick<Services, 'secrets'>,
  rawArgument: unknown,
): Promise<void> {
  const argument = readArgument(rawArgument);
  const found = argument && (await secretAt(argument));
  if (!found) {
    void dialogs.showInformationMessage(vscode.l10n.t('There is no secret here any more.'));
    return;
  }
  switch (argument.to) {
    case 'environment':
      return toEnvironment(found);
    case 'keychain':
      return toKeychain(services, found);
    case 'ignore':
      return ignore(found);
  }
}

function readArgument(argument: unknown): LeakArgument | undefined {
  const place = readPlace(argument);
  const to = (['environment', 'keychain', 'ignore'] as const).find((one) => one === member(argument, 'to'));
  return place && to && { ...place, to };
}

async function secretAt({ uri, line, character }: LeakArgument): Promise<FoundSecret | undefined> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const file = leakFileOf(document.uri.path, document.languageId);
  const offset = document.offsetAt(new vscode.Position(Math.max(0, line), Math.max(0, character)));
  const text = document.getText();
  const leak = findLeaks(text).find(({ start, end }) => offset >= start && offset <= end);
  if (!file || !leak) return undefined;
  const value = text.slice(leak.start, leak.end);
  return { document, file, leak, value: leak.kind === 'jwt' ? unwrapped(value) : value };
}

async function toEnvironment({ document, file, leak, value }: FoundSecret): Promise<void> {
  const place = await placeFor(document, file);
  if (!place) {
    void dialogs.showInformationMessage(
      vscode.l10n.t('Save the file first: its environment file needs a folder.'),
    );
    return;
  }
  if (place.kind === '.env' && !isUsableToken(value)) {
    void dialogs.showErrorMessage(
      vscode.l10n.t('The secret has characters with a special meaning in .env files. Move it yourself.'),
    );
    return;
  }
  const named = await newNameFor(document, file, place, { leak, value });
  if (!(await writeEnvironment(place, named, value, askUser))) return;
  await replace({ document, file, leak }, named.reference ?? '');
}

async function toKeychain(
  services: ToChoose & Pick<Services, 'secrets'>,
  { document, file, leak, value }: FoundSecret,
): Promise<void> {
  const profile = await chooseProfile(services, undefined, {
    title: vscode.l10n.t('Move the secret to the keychain for'),
    fits: (one) => keptFor(one, leak) !== undefined,
  });
  if (!profile) return;
  const kept = keptFor(profile, leak);
  if (!kept) {
    void dialogs.showInformationMessage(
      vscode.l10n.t(
        '“{0}” has no use for it: it neither starts from a refresh token nor has a client secret of this kind.',
        profile.name,
      ),
    );
    return;
  }
  const place = secretPlace(profile, undefined, kept);
  const keep = vscode.l10n.t('Move to the Keychain');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t('Keep this {0} for “{1}”?', kept.noun, profile.name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'It is sent to {0} only. In the file a reference replaces it; a secret that was stored before is overwritten.',
        secretDestinations(place).join(vscode.l10n.t(' and ')),
      ),
    },
    keep,
  );
  if (answer !== keep) return;
  await services.secrets.set(place, value);
  const named = await newNameFor(document, file, await placeFor(document, file), { leak, value });
  await replace({ document, file, leak }, named.reference ?? '');
}

/** The profile's kind of secret that it is kept as; undefined when the profile has no use for it. */
function keptFor(profile: Profile, { kind }: Leak): KeptSecret | undefined {
  if (kind === 'client_secret') {
    const own = ownSecret(profile);
    return own.read === undefined ? own : undefined;
  }
  const { input } = grantNamed(profile.grant);
  return input?.what === 'refresh_token' ? input : undefined;
}

async function replace(
  { document, file, leak }: Pick<FoundSecret, 'document' | 'file' | 'leak'>,
  text: string,
): Promise<void> {
  if (await applyToDocument(document, leakEdits(document.getText(), leak, file, text))) return;
  const name = vscode.workspace.asRelativePath(document.uri);
  void dialogs.showErrorMessage(
    vscode.l10n.t('{0} cannot be changed: it is read-only. The secret is still in it.', name),
  );
}

async function ignore({ document: { uri } }: FoundSecret): Promise<void> {
  const name = vscode.workspace.asRelativePath(uri);
  if ((await gitState(uri)) === 'tracked') {
    void dialogs.showWarningMessage(
      vscode.l10n.t(
        'Git tracks {0} already, so ignoring it changes nothing. Remove it with git rm --cached, and replace the secret: it is in the history.',
        name,
      ),
    );
    return;
  }
  await addToGitIgnore(uri);
}
