import * as vscode from 'vscode';
import { authenticationOf } from '../../core/authentication/all.ts';
import { grantOf } from '../../core/grants/all.ts';
import type { SavedProfile } from '../../core/profile/editEntries.ts';
import { parseProfile } from '../../core/profile/parseProfile.ts';
import type { ProfileSource } from '../../core/profile/profileSource.ts';
import { secretPlace } from '../../core/profile/profile.ts';
import { freeId } from '../../core/profile/slug.ts';
import { TaskQueue } from '../../core/taskQueue.ts';
import type { DemoClient } from '../../demo/clients.ts';
import type { DemoServers } from '../../demo/demoServers.ts';
import {
  demoProfile,
  demoProfiles,
  demoRequests,
  issuerOf,
  isMadeByDemo,
  isOfDemo,
  isOfEarlierDemo,
} from '../../demo/workspace.ts';
import { member } from '../../shared/json.ts';
import { views } from '../../shared/trees.ts';
import type { Services } from '../services.ts';
import { runningDemos } from '../runningDemos.ts';
import { removeProfile } from '../removeProfile.ts';
import { dialogs } from '../dialogs.ts';

/** The walkthrough's id in package.json, behind that of the extension. */
const walkthrough = 'oauth-explorer.oauth-explorer#start';

/** Starts the demo authorization server and API in this window, with profiles, secrets and a request to try. */
export async function startDemoServer(
  services: Pick<Services, 'demo' | 'profiles' | 'run' | 'secrets'>,
): Promise<void> {
  const demo = await runningDemo(services);
  if (!demo) return;
  await vscode.commands.executeCommand(`${views.profiles}.focus`);
  const document = await vscode.workspace.openTextDocument({ language: 'http', content: demoRequests(demo) });
  await vscode.window.showTextDocument(document);
  void tellWhatIsNext(services, demo.issuer);
}

/** The demo servers; if they are not running, they are started and their first profiles added. Undefined when the user cancelled. */
export async function runningDemo(
  services: Pick<Services, 'demo' | 'profiles' | 'secrets'>,
): Promise<DemoServers | undefined> {
  const title = vscode.l10n.t('Starting the demo server');
  const demo = await dialogs.withProgress(title, (_report, signal) => services.demo.start(signal));
  if (demo) await addProfiles(services, demo);
  return demo;
}

/** Not awaited: the command is done when the servers run, not when the notification is closed. */
async function tellWhatIsNext({ run }: Pick<Services, 'run'>, issuer: string): Promise<void> {
  const get = vscode.l10n.t('Get Token');
  const tour = vscode.l10n.t('Show Walkthrough');
  const faults = vscode.l10n.t('Switch Faults');
  const answer = await dialogs.showInformationMessage(
    vscode.l10n.t(
      'The demo server runs at {0} until this window closes. Its profiles are ready: get a token.',
      issuer,
    ),
    get,
    tour,
    faults,
  );
  if (answer === get) await run('getToken');
  // The request file, just opened, covers the walkthrough.
  if (answer === tour) await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough);
  if (answer === faults) await vscode.env.openExternal(vscode.Uri.parse(`${issuer}/faults`, true));
}

/**
 * Stops the demo servers and the flows against them, and removes their profiles, secrets and tokens if the user wants that.
 *
 * @param argument `{ "remove": true }`: removes those of demo servers that no longer run, and stops none
 */
export async function stopDemoServer(
  services: Pick<Services, 'access' | 'demo' | 'flows' | 'globalState' | 'profiles' | 'session' | 'tokens'>,
  argument?: unknown,
): Promise<void> {
  if (member(argument, 'remove') === true) return removeDeadDemo(services);
  const demo = await services.demo.stop();
  if (!demo) return;
  // A browser would find nobody there, and the sign-in would wait until its time is over.
  const cutOff = services.flows.entries.filter(
    ({ state, flow }) => state === 'running' && isOfDemo(flow.profile, demo),
  );
  for (const { flow } of cutOff) services.session.cancel(flow.id);
  const stopped =
    cutOff.length > 0
      ? vscode.l10n.t('The demo server has stopped, and flows that were waiting for it have ended.')
      : vscode.l10n.t('The demo server has stopped.');
  const ours = services.profiles
    .list()
    .profiles.filter(({ profile, source }) => isUsers(source) && isOfDemo(profile, demo));
  if (ours.length === 0) {
    void dialogs.showInformationMessage(stopped);
    return;
  }
  const remove = vscode.l10n.t('Remove');
  const answer = await dialogs.showInformationMessage(
    vscode.l10n.t('{0} Remove its profiles too?', stopped),
    remove,
  );
  if (answer !== remove) return;
  for (const { profile } of ours) await removeProfile(services, profile);
}

/** The parts of a demo that its profiles are made from. */
type DemoToAdd = Pick<DemoServers, 'issuer' | 'clients'> & Partial<Pick<DemoServers, 'refreshToken'>>;

/**
 * Stores the demo's secrets, which are new with every start, in the keychain, and then its profiles in the user settings, so
 * that these are usable as soon as they are seen.
 *
 * @param values the profiles as the settings want them; without them the ones a demo begins with, and those of an earlier demo
 * that were tried: its server is gone
 * @returns their ids
 */
export function addProfiles(
  services: Pick<Services, 'profiles' | 'secrets'>,
  demo: DemoToAdd,
  values?: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly string[]> {
  // If two calls overlap, the second finds what the first has added.
  return adding.run('', () => addNow(services, demo, values));
}

const adding = new TaskQueue();

async function addNow(
  { profiles, secrets }: Pick<Services, 'profiles' | 'secrets'>,
  demo: DemoToAdd,
  values: readonly Readonly<Record<string, unknown>>[] | undefined,
): Promise<readonly string[]> {
  const clients: readonly DemoClient[] = Object.values(demo.clients);
  const earlier = profiles
    .list()
    .profiles.filter(
      ({ profile, source }) => isUsers(source) && clients.some((one) => isOfEarlierDemo(profile, one)),
    );
  const elsewhere = earlier
    .flatMap(({ profile }) => profile.issuer ?? [])
    .filter((one) => clients.every((client) => one !== issuerOf(demo.issuer, client)));
  // The profiles of a demo in another window belong to that window.
  const inUse = await runningDemos(elsewhere);
  const known = earlier.filter(({ profile }) => !inUse.has(profile.issuer ?? ''));
  const taken = [...profiles.ids()];
  const saved: SavedProfile[] = [];
  for (const value of values ?? [...demoProfiles(demo), ...triedBefore()]) {
    const entry = parseProfile(value);
    const client = clients.find(({ clientId }) => clientId === value['clientId']);
    if (!('profile' in entry) || !client) throw new TypeError('A demo profile is invalid.');
    const stored = known.find((one) => isOfEarlierDemo(one.profile, client));
    // A profile of the user's own with the same id is kept.
    const id = stored?.profile.id ?? freeId(entry.profile.id, taken);
    taken.push(id);
    const profile = { ...entry.profile, id };
    saved.push({ profile, ...(stored !== undefined && { replaces: id }) });
    const own = client.clientSecret ?? client.key;
    if (own !== undefined && authenticationOf(profile).needs !== 'nothing')
      await secrets.set(secretPlace(profile), own);
    const input = client.startsFromRefreshToken ? await demo.refreshToken?.() : client.key;
    const kept = grantOf(profile).input;
    if (input !== undefined && kept !== undefined && kept.once !== true)
      await secrets.set(secretPlace(profile, undefined, kept), input);
  }
  await profiles.saveAll(saved, { scope: 'user' });
  return saved.map(({ profile }) => profile.id);

  function triedBefore(): readonly Readonly<Record<string, unknown>>[] {
    const first = demoProfiles(demo).map(({ id }) => id);
    return clients.flatMap((client) => {
      const tried = known.find(({ profile }) => isOfEarlierDemo(profile, client))?.profile;
      if (tried === undefined || first.includes(client.clientId)) return [];
      // It keeps exchanging the same profile's token.
      const field = grantOf(tried).input?.fromProfile ?? '';
      const subject = member(tried, field);
      return [{ ...demoProfile(demo.issuer, client), ...(subject !== undefined && { [field]: subject }) }];
    });
  }
}

/** Removes the profiles, secrets and tokens of every demo server that no longer runs, in this window or another. */
async function removeDeadDemo(
  services: Pick<Services, 'access' | 'globalState' | 'profiles' | 'session' | 'tokens'>,
): Promise<void> {
  const made = services.profiles
    .list()
    .profiles.filter(({ profile, source }) => isUsers(source) && isMadeByDemo(profile));
  const running = await runningDemos(made.flatMap(({ profile }) => profile.issuer ?? []));
  for (const { profile } of made)
    if (!running.has(profile.issuer ?? '')) await removeProfile(services, profile);
}

function isUsers({ scope }: ProfileSource): boolean {
  return scope === 'user';
}
