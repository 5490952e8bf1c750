import * as vscode from 'vscode';
import { compareText } from '../../core/token/compareText.ts';
import { readTokens, type TokenReading } from '../../core/token/reading.ts';
import { textToDecode } from '../decodeToken.ts';
import { dialogs } from '../dialogs.ts';
import { profileIdOf } from '../profileArgument.ts';
import type { Services, Views } from '../services.ts';
import type { Item } from '../safeWindow.ts';

interface Choice extends Item {
  /** Absent: a text is asked for. */
  readonly side?: Side;
  readonly other?: true;
}

interface Side {
  readonly name: string;
  readonly text: string;
}

/** Shows two tokens in VS Code's own diff editor: headers and claims, but neither token nor signature. */
export async function compareTokens(
  services: Pick<Services, 'profiles' | 'tokens'> & { readonly views: Pick<Views, 'texts'> },
  argument: unknown,
): Promise<void> {
  const sides = await sidesOf(services);
  const given = profileIdOf(argument);
  const first =
    sides.find(({ id }) => id === given) ?? (await choose(sides, vscode.l10n.t('Compare a token')));
  if (!first) return;
  const others = sides.filter((side) => side !== first);
  const second = await choose(others, vscode.l10n.t('Compare “{0}” with', first.name));
  if (!second) return;
  const texts = await services.views.texts();
  const [left, right] = [first, second].map(({ name, text }) => texts.keep(`${name}.jsonc`, text));
  await vscode.commands.executeCommand('vscode.diff', left, right, `${first.name} ↔ ${second.name}`);
}

async function sidesOf({
  profiles,
  tokens,
}: Pick<Services, 'profiles' | 'tokens'>): Promise<readonly (Side & { readonly id: string })[]> {
  const all = profiles.usable();
  await tokens.warm(all);
  return all.flatMap((profile) => {
    const held = tokens.peek(profile);
    return held
      ? textsOf(readTokens({ kind: 'profile', profile, tokens: held }), profile.name).map((side) => ({
          ...side,
          id: profile.id,
        }))
      : [];
  });
}

function textsOf({ tokens: { access, id } }: TokenReading, name: string): readonly Side[] {
  return [
    ...(access ? [{ name, text: compareText(access) }] : []),
    ...(id ? [{ name: vscode.l10n.t('{0} (ID token)', name), text: compareText(id) }] : []),
  ];
}

async function choose(sides: readonly Side[], title: string): Promise<Side | undefined> {
  const items: readonly Choice[] = [
    ...sides.map((side) => ({ label: side.name, side })),
    { icon: 'clippy', label: vscode.l10n.t('Another token: selected, copied or typed'), other: true },
  ];
  const chosen = await dialogs.showQuickPick(items, { title });
  if (!chosen) return undefined;
  if (chosen.side) return chosen.side;
  const text = await textToDecode();
  const [side] = text ? textsOf(readTokens(text), vscode.l10n.t('Token from {0}', text.from)) : [];
  if (text && !side) void dialogs.showErrorMessage(vscode.l10n.t('There is no token in this text.'));
  return side;
}
