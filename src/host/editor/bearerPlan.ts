import * as vscode from 'vscode';
import type { TokenHeader } from '../../core/profile/tokenHeader.ts';
import type { Bearer } from '../../core/httpFile/insertBearer.ts';
import { bearerPlace } from '../../core/httpFile/place.ts';
import { requestAt } from '../../core/httpFile/request.ts';
import { type EnvironmentPlace, environmentPlace } from './environmentFiles.ts';
import { setting, writeSetting } from '../settings.ts';
import { ownerOf, variableNames } from './ownership.ts';
import { isOtherToolThere, knownDialect } from './requestDialect.ts';
import type { Questions, Way } from './questions.ts';
import { analyse, type Target } from './target.ts';
import type { TokenProfile, TokenSource } from './tokenSource.ts';
import { dialogs } from '../dialogs.ts';

/** How a profile's token gets into a request. */
export interface Plan {
  readonly way: Way;
  readonly names: { readonly name: string; readonly dotenv: string };
  /** Where the token is stored, when it goes into an environment file. */
  readonly place?: EnvironmentPlace;
  /** The reference in the header that the user's tool resolves. */
  readonly reference?: string;
  readonly header?: TokenHeader;
}

/**
 * Chooses how the token is inserted: as the request has the profile's token already, else as the setting says, else as the user
 * chooses.
 */
export async function makePlan(
  target: Target,
  profile: TokenProfile,
  source: TokenSource,
  questions: Questions,
): Promise<Plan | undefined> {
  const names = variableNames(profile, await source.profiles());
  const inUse = await placeInUse(target, profile, source);
  const place = await environmentPlace(
    target.document,
    inUse?.way === 'environment' ? inUse.name : undefined,
  );
  const reference = inUse?.way === 'reference' ? inUse.value : referenceFor(target, profile);
  const way = inUse?.way ?? (await chosenWay(target.document, place, reference, questions));
  const { header } = profile;
  const common = { names, ...(header && { header }) };
  if (way === 'reference') return reference === undefined ? undefined : { way, reference, ...common };
  if (way !== 'environment') return way && { way, ...common };
  if (place) return { way, place, ...common };
  void dialogs.showInformationMessage(
    vscode.l10n.t('Save the file first: a token in an environment file needs a folder to be in.'),
  );
  return undefined;
}

/** The place where the request already has the profile's token. */
async function placeInUse(target: Target, profile: TokenProfile, source: TokenSource) {
  const { text, file, offset } = analyse(target);
  const found = requestAt(file, offset);
  const place =
    found && bearerPlace(text, found.block, found.request, profile.header ? [profile.header] : []);
  if (!place || place.way === 'none' || place.way === 'others') return undefined;
  const owned = await ownerOf(place, source);
  return owned?.profile.id === profile.id ? place : undefined;
}

async function chosenWay(
  document: vscode.TextDocument,
  place: EnvironmentPlace | undefined,
  reference: string | undefined,
  questions: Questions,
): Promise<Way | undefined> {
  const set = setting('insertBearerAs', document);
  if (set !== 'ask' && !(set === 'reference' && reference === undefined)) return set;
  // A file that was never saved is in no repository, and has no folder for an environment file.
  if (document.isUntitled && reference === undefined) return 'literal';
  const way = await questions.way(place?.kind ?? 'http-client.private.env.json', reference);
  if (way && set === 'ask') await remember(way);
  return way;
}

/**
 * The reference that the file's own tool resolves to the token, or that of “Send with token” where there is none; undefined
 * where the tool gets no tokens itself.
 */
function referenceFor(target: Target, { references = {} }: TokenProfile): string | undefined {
  switch (knownDialect(analyse(target).text)) {
    case 'jetbrains':
    case 'kulala':
      return references.jetbrains;
    case 'httpyac':
      return references.httpyac;
    case undefined:
      return target.document.isUntitled || isOtherToolThere() ? undefined : references.jetbrains;
    default:
      return undefined;
  }
}

/** If the answer cannot be stored, it is asked for again; the token is inserted all the same. */
async function remember(way: Way): Promise<void> {
  try {
    await writeSetting('insertBearerAs', way);
  } catch (thrown) {
    void dialogs.showWarningMessage(
      vscode.l10n.t(
        'Your choice could not be saved in the user settings. VS Code says: {0}',
        thrown instanceof Error ? thrown.message : String(thrown),
      ),
    );
  }
}

/** The text that goes into the request. */
export function toBearer({ way, names, place, reference, header }: Plan, token: string): Bearer {
  const common = header && { header };
  switch (way) {
    case 'literal':
      return { ...common, way, token };
    case 'fileVariable':
      return { ...common, way, token, name: names.name };
    case 'environment':
      return { ...common, way, name: place?.kind === '.env' ? `$dotenv ${names.dotenv}` : names.name };
    case 'reference':
      return { ...common, way, value: reference ?? '' };
  }
}
