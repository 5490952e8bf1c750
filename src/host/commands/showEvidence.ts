import * as vscode from 'vscode';
import { evidenceFlow } from '../../core/checks/evidence.ts';
import { member } from '../../shared/json.ts';
import { dialogs } from '../dialogs.ts';
import type { Services } from '../services.ts';

/** Opens what was sent and received for a test of the Test Explorer, or for its message. */
export async function showEvidence(
  services: Pick<Services, 'checks' | 'flows' | 'profiles' | 'run'>,
  argument: unknown,
): Promise<void> {
  const item = member(argument, 'test') ?? argument;
  const [id, profileId] = [member(item, 'id'), member(member(item, 'parent'), 'id')];
  const profile = typeof profileId === 'string' ? services.profiles.get(profileId)?.profile : undefined;
  const result =
    profile && services.checks.get(profile.id)?.results.find((one) => `${profile.id}/${one.id}` === id);
  if (profile === undefined || result === undefined) {
    void dialogs.showInformationMessage(
      vscode.l10n.t('Nothing was sent for this since the window was opened. Run it again.'),
    );
    return;
  }
  const flow = evidenceFlow(result, profile);
  services.flows.put({ state: 'ended', flow });
  await services.run('showFlow', { flow: flow.id });
}
