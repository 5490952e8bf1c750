import * as vscode from 'vscode';
import type { Bearer } from '../../core/httpFile/insertBearer.ts';
import { bearerPlace } from '../../core/httpFile/place.ts';
import { requestAt } from '../../core/httpFile/request.ts';
import { type EnvironmentPlace, environmentPlace } from './environmentFiles.ts';
import { setting, writeSetting } from '../settings.ts';
import { ownerOf, variableNames } from './ownership.ts';
import type { Questions, Way } from './questions.ts';
import { analyse, type Target } from './target.ts';
import type { TokenProfile, TokenSource } from './tokenSource.ts';
import { dialogs } from '../dialogs.ts';

/** How a profile's token gets into a request. */
export interface Plan {
  readonly way: Way;
  readonly names: { readonly name: string; readonly dotenv: string };
  /** Where the environment way puts it. */
  readonly place?: EnvironmentPlace;
}

/** The way the request has the profile's token already, else the setting's, else the one the user chooses. */
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
  const way = inUse?.way ?? (await chosenWay(target.document, place, questions));
  if (way !== 'environment') return way && { way, names };
  if (place) return { way, names, place };
  void dialogs.showInformationMessage(
    vscode.l10n.t('Save the file first: a token in an environment file needs a folder to be in.'),
  );
  return undefined;
}

/** Where the request has the profile's token already. */
async function placeInUse(target: Target, profile: TokenProfile, source: TokenSource) {
  const { text, file, offset } = analyse(target);
  const found = requestAt(file, offset);
  const place = found && bearerPlace(text, found.block, found.request);
  if (!place || place.way === 'none' || place.way === 'others') return undefined;
  const owned = await ownerOf(place, source);
  return owned?.profile.id === profile.id ? place : undefined;
}

async function chosenWay(
  document: vscode.TextDocument,
  place: EnvironmentPlace | undefined,
  questions: Questions,
): Promise<Way | undefined> {
  const set = setting('insertBearerAs', document);
  if (set !== 'ask') return set;
  const way = await questions.way(place?.kind ?? 'http-client.private.env.json');
  if (way) await remember(way);
  return way;
}

/** An answer that cannot be remembered is asked for again, and no reason not to insert. */
async function remember(way: Way): Promise<void> {
  try {
    await writeSetting('insertBearerAs', way);
  } catch (thrown) {
    void dialogs.showWarningMessage(
      vscode.l10n.t(
        'The way of inserting could not be remembered in the user settings. VS Code says: {0}',
        thrown instanceof Error ? thrown.message : String(thrown),
      ),
    );
  }
}

/** What goes into the request. */
export function toBearer({ way, names, place }: Plan, token: string): Bearer {
  switch (way) {
    case 'literal':
      return { way, token };
    case 'fileVariable':
      return { way, token, name: names.name };
    case 'environment':
      return { way, name: place?.kind === '.env' ? `$dotenv ${names.dotenv}` : names.name };
  }
}
