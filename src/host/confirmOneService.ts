import * as vscode from 'vscode';
import type { CodeRoute } from '../core/oauth/requireOneServer.ts';
import type { Profile } from '../core/profile/profile.ts';
import { dialogs } from './dialogs.ts';
import type { Services } from './services.ts';
import { agreeToRoute, isUsedRoute } from './usedOrigins.ts';

/** Asks, once for a profile and exactly these two hosts, whether what one issues may be sent to the other. */
export async function confirmOneService(
  { globalState }: Pick<Services, 'globalState'>,
  profile: Profile,
  route: CodeRoute,
): Promise<boolean> {
  if (isUsedRoute(globalState, profile, route)) return true;
  const { from, to } = route;
  const yes = vscode.l10n.t('They Belong Together');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t('Do {0} and {1} belong together?', from, to),
    {
      modal: true,
      detail: vscode.l10n.t(
        '“{0}” sends what {1} issues, such as the code of your sign-in, to {2}, and nothing shows that both belong to one service. If they do not, whoever runs {2} can use it for your account at {1}.',
        profile.name,
        from,
        to,
      ),
    },
    yes,
  );
  if (answer !== yes) return false;
  await agreeToRoute(globalState, profile, route);
  return true;
}
