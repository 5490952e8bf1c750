import * as vscode from 'vscode';
import { grantOf } from '../../core/grants/all.ts';
import { parseProfile } from '../../core/profile/parseProfile.ts';
import type { DemoClient } from '../../demo/clients.ts';
import type { DemoServers } from '../../demo/demoServers.ts';
import { demoProfile, issuerOf } from '../../demo/workspace.ts';
import { member } from '../../shared/json.ts';
import { views } from '../../shared/trees.ts';
import { dialogs } from '../dialogs.ts';
import type { Services } from '../services.ts';
import { agreeToOrigin } from '../usedOrigins.ts';
import { addProfiles, runningDemo } from './demoCommands.ts';

/**
 * Gets a token in one of the ways that the demo server offers; starts the server if need be, and adds the profile of that
 * client.
 *
 * @param argument `{ "client": "demo-device" }`; without it the user is asked
 */
export async function tryDemo(
  services: Pick<Services, 'demo' | 'globalState' | 'profiles' | 'run' | 'secrets'>,
  argument: unknown,
): Promise<void> {
  const demo = await runningDemo(services);
  const client = demo && (await clientOf(demo, member(argument, 'client')));
  if (!client) return;
  const value = { ...demoProfile(demo.issuer, client), ...(await subjectIn(services, demo, client)) };
  const [profile] = await addProfiles(services, demo, [value]);
  await vscode.commands.executeCommand(`${views.profiles}.focus`);
  if (client.page !== undefined)
    await vscode.env.openExternal(vscode.Uri.parse(`${demo.issuer}${client.page}`, true));
  await services.run('getToken', { profile });
}

async function clientOf({ clients }: DemoServers, wanted: unknown): Promise<DemoClient | undefined> {
  const { machinePost, local, ...others } = clients;
  void [machinePost, local];
  const all: readonly DemoClient[] = Object.values(others);
  const found = all.find(({ clientId }) => clientId === wanted);
  if (found) return found;
  const items = all.map((client) => ({
    ...{ label: client.name.replace('Demo: ', ''), description: grantOf(client).label, client },
  }));
  const title = vscode.l10n.t('Try another way to get a token');
  return (await dialogs.showQuickPick(items, { title }))?.client;
}

/** The id, in these settings, of the profile whose token it starts from, with the secret of this demo. */
async function subjectIn(
  services: Pick<Services, 'globalState' | 'profiles' | 'secrets'>,
  demo: DemoServers,
  client: DemoClient,
): Promise<Readonly<Record<string, string>>> {
  const all: readonly DemoClient[] = Object.values(demo.clients);
  const subject = all.find(({ clientId }) => clientId === client.fields?.['subjectProfile']);
  if (subject === undefined) return {};
  const value = demoProfile(demo.issuer, subject);
  const [id = subject.clientId] = await addProfiles(services, demo, [value]);
  // Whoever tries it agrees that the demo's other server is told who signed in.
  const added = parseProfile({ ...value, id });
  const other = issuerOf(demo.issuer, client);
  if ('profile' in added && other !== demo.issuer)
    await agreeToOrigin(services.globalState, added.profile, new URL(other).origin);
  return { subjectProfile: id };
}
