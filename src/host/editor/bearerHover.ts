import * as vscode from 'vscode';
import { authorizationsOf } from '../../core/httpFile/authorization.ts';
import { bearerPlace } from '../../core/httpFile/place.ts';
import { isSendable, requestAt } from '../../core/httpFile/request.ts';
import { describeEnd } from '../../core/session/tokenState.ts';
import { commands, type PlaceArgument, type RequestArgument } from '../../shared/commands.ts';
import { timeLeft } from '../../shared/duration.ts';
import { jwtIn } from '../decodeToken.ts';
import { byHand } from '../byHand.ts';
import { commandLink } from '../noticeText.ts';
import type { ParsedDocument } from './documents.ts';
import { readFromEnvironment } from './environmentFiles.ts';
import { ownerOf } from './ownership.ts';
import type { EditorServices } from './tokenSource.ts';

/** What the bearer token under the mouse says, or undefined when there is none. */
export async function bearerHover(
  document: vscode.TextDocument,
  parsed: ParsedDocument,
  position: vscode.Position,
  parts: () => Promise<EditorServices>,
): Promise<vscode.Hover | undefined> {
  const found = bearerAt(parsed, document.offsetAt(position));
  if (!found) return undefined;
  const { request, header, place } = found;
  const { source, describe } = await parts();
  const owned = await ownerOf(place, source, (name) => readFromEnvironment(document, name));
  const token = 'token' in place ? place.token : await lastOf();
  const summary = token === undefined ? undefined : await describe(token);
  if (!owned && !summary) return undefined;

  const contents = new vscode.MarkdownString();
  if (owned) contents.appendMarkdown('**').appendText(owned.profile.name).appendMarkdown('**\n\n');
  const expiresAt = owned?.expiresAt ?? summary?.expiresAt;
  // The expiry margin is a rule of ours, and does not apply to other tokens.
  const left = owned ? describeEnd : timeLeft;
  if (expiresAt !== undefined) contents.appendText(left(expiresAt, Date.now())).appendMarkdown('\n\n');
  for (const line of summary?.lines ?? []) contents.appendText(line).appendMarkdown('\n\n');
  const uri = document.uri.toString();
  const foreign = owned === undefined && jwtIn(document, position) !== undefined;
  const decode: PlaceArgument | undefined = foreign
    ? { uri, line: position.line, character: position.character }
    : undefined;
  appendLinks(contents, { uri, line: request.line, ...(owned && { profile: owned.profile.id }) }, decode);
  const range = new vscode.Range(
    document.positionAt(header.valueStart),
    document.positionAt(header.valueEnd),
  );
  return new vscode.Hover(contents, range);

  async function lastOf(): Promise<string | undefined> {
    return owned && (await source.last(owned.profile.id))?.token;
  }
}

/** The header whose value an offset is in, its request, and where its token is. */
function bearerAt({ text, file }: ParsedDocument, offset: number) {
  const found = requestAt(file, offset);
  if (!found || !isSendable(found.request)) return undefined;
  const { block, request } = found;
  const header = authorizationsOf(text, block, request).find(
    ({ valueStart, valueEnd }) => offset >= valueStart && offset <= valueEnd,
  );
  // When a variable holds the whole header, nothing is known of the token in it.
  if (!header || header.whole || header.option) return undefined;
  const place = bearerPlace(text, block, { ...request, authorizations: [header.start] });
  return place.way === 'none' || place.way === 'others' ? undefined : { request, header, place };
}

function appendLinks(
  contents: vscode.MarkdownString,
  argument: RequestArgument,
  decode: PlaceArgument | undefined,
): void {
  // A file's name may contain characters that would end the link.
  const link = (label: string, command: string, value: RequestArgument | PlaceArgument) =>
    commandLink({ label, command, argument: byHand(value) });
  const title =
    argument.profile === undefined ? vscode.l10n.t('Replace bearer token') : vscode.l10n.t('Renew in place');
  const links = [link(title, commands.insertBearer, { ...argument, renew: true })];
  if (argument.profile !== undefined)
    links.push(link(vscode.l10n.t('Show token'), commands.showToken, { profile: argument.profile }));
  if (decode) links.push(link(vscode.l10n.t('Decode token'), commands.decodeToken, decode));
  contents.isTrusted = { enabledCommands: [commands.insertBearer, commands.showToken, commands.decodeToken] };
  contents.appendMarkdown(links.join(' · '));
}
