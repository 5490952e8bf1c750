import * as vscode from 'vscode';
import type { CodeRoute } from '../core/oauth/requireOneServer.ts';
import type { Profile } from '../core/profile/profile.ts';
import { dialogs } from './dialogs.ts';
import type { Services } from './services.ts';
import { agreeToOrigin, usedOrigins } from './usedOrigins.ts';

/** Asks, once for a profile and exactly these hosts, whether what one issues may be handed to the other. */
export async function confirmOneService(
  { globalState }: Pick<Services, 'globalState'>,
  profile: Profile,
  { from, to }: CodeRoute,
): Promise<boolean> {
  // No origin is written like that, so that no token goes anywhere by it.
  const route = `${from} > ${to}`;
  if (usedOrigins(globalState, profile).includes(route)) return true;
  const yes = vscode.l10n.t('They Belong Together');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t('Do {0} and {1} belong together?', from, to),
    {
      modal: true,
      detail: vscode.l10n.t(
        '“{0}” takes what {1} issues, such as the code of your sign-in, to {2}, and nothing says that both are one service’s. If they are not, whoever runs {2} can use it for your account at {1}.',
        profile.name,
        from,
        to,
      ),
    },
    yes,
  );
  if (answer !== yes) return false;
  await agreeToOrigin(globalState, profile, route);
  return true;
}
