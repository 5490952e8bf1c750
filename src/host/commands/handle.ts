import * as vscode from 'vscode';
import { defectText } from '../../core/record/defectText.ts';
import type { OperationName } from '../../core/grants/possibleOperations.ts';
import { FailureError } from '../../core/record/failure.ts';
import { member } from '../../shared/json.ts';
import { commands, serverCommands, type CommandName } from '../../shared/commands.ts';
import type { Services } from '../services.ts';
import { SettingsWriteError } from '../profileSettings.ts';
import { tellNotWritten } from '../tellNotWritten.ts';
import { dialogs } from '../dialogs.ts';

type Handler = (services: Services, argument: unknown, ...rest: unknown[]) => unknown;

/** The handler of an operation with a token at its server. */
function operation(name: OperationName): () => Promise<Handler> {
  return async () => {
    const { operate } = await import('./operationCommands.ts');
    return (services, argument) => operate(services, argument, name);
  };
}

/** The operations with a token at its server, by command. */
const operations = Object.fromEntries(
  Object.entries(serverCommands).map(([name, command]) => [command, operation(name as OperationName)]),
) as Record<(typeof serverCommands)[OperationName], () => Promise<Handler>>;

/** The handler of every command, loaded on first use. */
const handlers: Record<CommandName, () => Promise<Handler>> = {
  ...operations,
  addProfile: async () => (await import('./profileCommands.ts')).addProfile,
  registerClient: async () => (await import('./registerClient.ts')).registerClient,
  manageRegistration: async () => (await import('./manageRegistration.ts')).manageRegistration,
  clientDocument: async () => (await import('./clientDocument.ts')).clientDocument,
  editProfile: async () => (await import('./profileCommands.ts')).editProfile,
  deleteProfile: async () => (await import('./profileCommands.ts')).deleteProfile,
  renameProfile: async () => (await import('./profileCommands.ts')).renameProfile,
  duplicateProfile: async () => (await import('./profileCommands.ts')).duplicateProfile,
  setActiveProfile: async () => (await import('./profileCommands.ts')).setActiveProfile,
  activateProfile: async () => (await import('./profileCommands.ts')).activateProfile,
  arrangeProfiles: async () => (await import('./arrangeProfiles.ts')).arrangeProfilesCommand,
  switchEnvironment: async () => (await import('./switchEnvironment.ts')).switchEnvironment,
  findInProfiles: async () => (await import('./viewCommands.ts')).findInProfiles,
  profileMenu: async () => (await import('./profileMenu.ts')).profileMenu,
  setSecret: async () => (await import('./profileCommands.ts')).setSecret,
  copySecretHash: async () => (await import('./profileCommands.ts')).copySecretHash,
  copyPublicKey: async () => (await import('./copyPublicKey.ts')).copyPublicKey,
  savePublicKey: async () => (await import('./copyPublicKey.ts')).savePublicKey,
  rotateKey: async () => (await import('./copyPublicKey.ts')).rotateKey,
  getToken: async () => (await import('./tokenCommands.ts')).getToken,
  refreshToken: async () => (await import('./tokenCommands.ts')).refreshToken,
  showToken: async () => (await import('./tokenCommands.ts')).showToken,
  copyToken: async () => (await import('./tokenCommands.ts')).copyToken,
  accessToken: async () => (await import('./tokenCommands.ts')).accessToken,
  openTerminal: async () => (await import('./openTerminal.ts')).openTerminal,
  manageAccess: async () => (await import('./manageAccess.ts')).manageAccess,
  removeLeftovers: async () => (await import('./removeLeftovers.ts')).removeLeftovers,
  showFlow: async () => (await import('./flowCommands.ts')).showFlow,
  showFailure: async () => (await import('./flowCommands.ts')).showFailure,
  runFlowAgain: async () => (await import('./flowCommands.ts')).runFlowAgain,
  deleteFlow: async () => (await import('./flowCommands.ts')).deleteFlow,
  clearFlows: async () => (await import('./flowCommands.ts')).clearFlows,
  pasteRedirect: async () => (await import('./flowCommands.ts')).pasteRedirect,
  copySignInUrl: async () => (await import('./flowCommands.ts')).copySignInUrl,
  copyUserCode: async () => (await import('./flowCommands.ts')).copyUserCode,
  cancelFlow: async () => (await import('./flowCommands.ts')).cancelFlow,
  importProfiles: async () => (await import('./importProfiles.ts')).importProfiles,
  exportProfiles: async () => (await import('./exportProfiles.ts')).exportProfiles,
  callApi: async () => (await import('./apiCommands.ts')).callApi,
  findScopes: async () => (await import('./scopeCommands.ts')).findScopes,
  startDemoServer: async () => (await import('./demoCommands.ts')).startDemoServer,
  tryDemo: async () => (await import('./tryDemo.ts')).tryDemo,
  stopDemoServer: async () => (await import('./demoCommands.ts')).stopDemoServer,
  compareFlows: async () => (await import('./compareFlows.ts')).compareFlows,
  moveSecret: async () => (await import('./moveSecret.ts')).moveSecret,
  insertBearer: async () => (await import('./editorCommands.ts')).insertBearer,
  compareTokens: async () => (await import('./compareTokens.ts')).compareTokens,
  decodeToken: async () => (await import('./viewCommands.ts')).decodeToken,
  showOutput: async () => (await import('./viewCommands.ts')).showOutput,
  openProfileSettings: async () => (await import('./viewCommands.ts')).openProfileSettings,
  exploreMcpServer: async () => (await import('./checkCommands.ts')).exploreMcpServer,
  checkMcpServer: async () => (await import('./checkCommands.ts')).checkMcpServer,
  checkApi: async () => (await import('./checkCommands.ts')).checkApi,
  writeContract: async () => (await import('./writeContract.ts')).writeContract,
  showEvidence: async () => (await import('./showEvidence.ts')).showEvidence,
  runChecks: async () => (await import('./checkCommands.ts')).runChecks,
  exportFlow: async () => (await import('./exportFlow.ts')).exportFlow,
};

/** Runs a command; an unexpected error is shown in one sentence and logged, never swallowed. */
export async function handle(
  services: Services,
  name: CommandName,
  args: readonly unknown[],
): Promise<unknown> {
  try {
    const handler = await handlers[name]();
    return await handler(services, meant(services, args[0]), ...args.slice(1));
  } catch (thrown) {
    if (name === 'accessToken') throw thrown;
    await tell(services, name, thrown);
    return undefined;
  }
}

/** Resolves `{ "active": true }` to the active profile, if there is one: a keybinding cannot know a profile's id. */
function meant({ activeProfile }: Pick<Services, 'activeProfile'>, argument: unknown): unknown {
  if (member(argument, 'active') !== true) return argument;
  const profile = activeProfile();
  return profile && { profile: profile.id };
}

async function tell(services: Pick<Services, 'output'>, name: CommandName, thrown: unknown): Promise<void> {
  if (thrown instanceof SettingsWriteError) {
    services.output.warn(`${name}: ${thrown.message}`);
    tellNotWritten(thrown);
    return;
  }
  if (thrown instanceof FailureError) {
    const { message, advice } = thrown.failure;
    services.output.warn(`${name}: ${message}`);
    void dialogs.showErrorMessage(`${message} ${advice}`);
    return;
  }
  services.output.error(`${name}: ${defectText(thrown)}`);
  const show = vscode.l10n.t('Show Output');
  const answer = await dialogs.showErrorMessage(
    vscode.l10n.t('OAuth Explorer could not run this command. This is a bug; the output says more.'),
    show,
  );
  if (answer === show) await vscode.commands.executeCommand(commands.showOutput);
}
