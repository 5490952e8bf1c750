import * as vscode from 'vscode';
import { bearerPlace } from '../../core/httpFile/place.ts';
import { isSendable, requestAt } from '../../core/httpFile/request.ts';
import { commands, type RequestArgument } from '../../shared/commands.ts';
import type { ParsedDocument } from './documents.ts';
import { readFromEnvironment } from './environmentFiles.ts';
import { otherHeaders, ownerOf, type Owned } from './ownership.ts';
import { quickFix } from './quickFix.ts';
import type { EditorServices, TokenSummary } from './tokenSource.ts';

/**
 * Quick fixes on a request line without an Authorization header, and on a header with a token; for an expired token, renewal
 * comes first.
 */
export async function bearerActions(
  document: vscode.TextDocument,
  { text, file }: ParsedDocument,
  range: vscode.Range,
  parts: () => Promise<EditorServices>,
): Promise<vscode.CodeAction[]> {
  const found = requestAt(file, document.offsetAt(range.start));
  if (!found || !isSendable(found.request)) return [];
  const { block, request } = found;
  const place = bearerPlace(text, block, request, await otherHeaders((await parts()).source));
  const argument: RequestArgument = { uri: document.uri.toString(), line: request.line };
  const { line } = range.start;

  if (place.way === 'none') {
    const profile = line === request.line ? await (await parts()).source.active() : undefined;
    if (!profile) return [];
    const title = vscode.l10n.t('Insert bearer token of “{0}”', profile.name);
    return [fix(title, { ...argument, profile: profile.id })];
  }
  if (place.way === 'others' || place.way === 'reference' || line !== place.line) return [];
  const { source, describe } = await parts();
  const owned = await ownerOf(place, source, (name) => readFromEnvironment(document, name));
  const over = await isOver(owned, async () =>
    place.way === 'environment' ? undefined : describe(place.token),
  );
  const title = over
    ? vscode.l10n.t('Renew expired token')
    : owned
      ? vscode.l10n.t('Renew in place')
      : vscode.l10n.t('Replace bearer token');
  const profile = owned && { profile: owned.profile.id };
  const renew = fix(title, { ...argument, ...profile, renew: owned?.current === true });
  if (over) renew.isPreferred = true;
  return profile ? [renew, quickFix(vscode.l10n.t('Show token'), commands.showToken, profile)] : [renew];
}

/** Whether a token has expired, or is an older one of its profile. @param describe what it says of itself */
async function isOver(
  owned: Owned | undefined,
  describe: () => Promise<TokenSummary | undefined>,
): Promise<boolean> {
  if (owned !== undefined && !owned.current) return true;
  const { expiresAt } = owned ?? (await describe()) ?? {};
  return expiresAt !== undefined && expiresAt <= Date.now();
}

function fix(title: string, argument: RequestArgument): vscode.CodeAction {
  return quickFix(title, commands.insertBearer, argument);
}
