import * as vscode from 'vscode';
import { standInForMcp } from '../../core/checks/apiTarget.ts';
import { evidenceFlow } from '../../core/checks/evidence.ts';
import { isServerKey } from '../../core/contract/contract.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { member, textMember } from '../../shared/json.ts';
import { dialogs } from '../dialogs.ts';
import type { Services } from '../services.ts';

/** Opens what was sent and received for a test in the Test Explorer, or for its message. */
export async function showEvidence(
  services: Pick<Services, 'checks' | 'flows' | 'profiles' | 'run'>,
  argument: unknown,
): Promise<void> {
  const item = member(argument, 'test') ?? argument;
  const profileId = textMember(member(item, 'parent'), 'id') ?? '';
  const profile = checked(services, profileId);
  const result =
    profile &&
    services.checks.get(profile.id)?.results.find(({ id }) => `${profileId}/${id}` === member(item, 'id'));
  if (profile === undefined || result === undefined) {
    void dialogs.showInformationMessage(
      vscode.l10n.t('Nothing has been sent for this since the window was opened. Run it again.'),
    );
    return;
  }
  const flow = evidenceFlow(result, profile);
  services.flows.put({ state: 'ended', flow });
  await services.run('showFlow', { flow: flow.id });
}

/** The profile under whose id the report is kept, also for an MCP server. */
function checked({ profiles }: Pick<Services, 'profiles'>, id: string): Profile | undefined {
  if (!isServerKey(id)) return profiles.get(id)?.profile;
  const all = profiles.usable();
  return URL.canParse(id) ? standInForMcp(all, new URL(id)) : undefined;
}
