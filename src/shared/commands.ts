/** Every command's id, in one place, so that a misspelt one does not compile. */
export const commands = {
  addProfile: 'oauthExplorer.addProfile',
  registerClient: 'oauthExplorer.registerClient',
  manageRegistration: 'oauthExplorer.manageRegistration',
  clientDocument: 'oauthExplorer.clientDocument',
  editProfile: 'oauthExplorer.editProfile',
  deleteProfile: 'oauthExplorer.deleteProfile',
  renameProfile: 'oauthExplorer.renameProfile',
  duplicateProfile: 'oauthExplorer.duplicateProfile',
  importProfiles: 'oauthExplorer.importProfiles',
  exportProfiles: 'oauthExplorer.exportProfiles',
  setActiveProfile: 'oauthExplorer.setActiveProfile',
  activateProfile: 'oauthExplorer.activateProfile',
  arrangeProfiles: 'oauthExplorer.arrangeProfiles',
  switchEnvironment: 'oauthExplorer.switchEnvironment',
  findInProfiles: 'oauthExplorer.findInProfiles',
  profileMenu: 'oauthExplorer.profileMenu',
  setSecret: 'oauthExplorer.setSecret',
  copyPublicKey: 'oauthExplorer.copyPublicKey',
  savePublicKey: 'oauthExplorer.savePublicKey',
  rotateKey: 'oauthExplorer.rotateKey',
  copySecretHash: 'oauthExplorer.copySecretHash',
  getToken: 'oauthExplorer.getToken',
  refreshToken: 'oauthExplorer.refreshToken',
  showToken: 'oauthExplorer.showToken',
  copyToken: 'oauthExplorer.copyToken',
  introspectToken: 'oauthExplorer.introspectToken',
  userInfo: 'oauthExplorer.userInfo',
  revokeToken: 'oauthExplorer.revokeToken',
  signOut: 'oauthExplorer.signOut',
  accessToken: 'oauthExplorer.accessToken',
  openTerminal: 'oauthExplorer.openTerminal',
  manageAccess: 'oauthExplorer.manageAccess',
  removeLeftovers: 'oauthExplorer.removeLeftovers',
  insertBearer: 'oauthExplorer.insertBearer',
  moveSecret: 'oauthExplorer.moveSecret',
  showFlow: 'oauthExplorer.showFlow',
  showFailure: 'oauthExplorer.showFailure',
  compareFlows: 'oauthExplorer.compareFlows',
  exportFlow: 'oauthExplorer.exportFlow',
  runFlowAgain: 'oauthExplorer.runFlowAgain',
  deleteFlow: 'oauthExplorer.deleteFlow',
  clearFlows: 'oauthExplorer.clearFlows',
  pasteRedirect: 'oauthExplorer.pasteRedirect',
  copySignInUrl: 'oauthExplorer.copySignInUrl',
  copyUserCode: 'oauthExplorer.copyUserCode',
  cancelFlow: 'oauthExplorer.cancelFlow',
  compareTokens: 'oauthExplorer.compareTokens',
  decodeToken: 'oauthExplorer.decodeToken',
  findScopes: 'oauthExplorer.findScopes',
  callApi: 'oauthExplorer.callApi',
  runChecks: 'oauthExplorer.runChecks',
  writeContract: 'oauthExplorer.writeContract',
  showEvidence: 'oauthExplorer.showEvidence',
  exploreMcpServer: 'oauthExplorer.exploreMcpServer',
  checkMcpServer: 'oauthExplorer.checkMcpServer',
  checkApi: 'oauthExplorer.checkApi',
  startDemoServer: 'oauthExplorer.startDemoServer',
  tryDemo: 'oauthExplorer.tryDemo',
  stopDemoServer: 'oauthExplorer.stopDemoServer',
  openProfileSettings: 'oauthExplorer.openProfileSettings',
  showOutput: 'oauthExplorer.showOutput',
} as const;

export type CommandName = keyof typeof commands;

/** What can be done with a token at its server, and the command that does it. */
export const serverCommands = {
  introspection: 'introspectToken',
  userinfo: 'userInfo',
  revocation: 'revokeToken',
  signOut: 'signOut',
} as const satisfies Readonly<Record<string, CommandName>>;

/** The argument every profile command takes from keybindings, tasks and other extensions; without it, it asks. */
interface ProfileArgument {
  readonly profile?: string;
}

/** Points to a request in an `.http` file or a Markdown document; without it, the one under the cursor is meant. */
export interface RequestArgument extends ProfileArgument {
  /** The document's URI as text. */
  readonly uri?: string;
  /** Zero-based line in the request. */
  readonly line?: number;
  /** Get a new token although the last one is still good. */
  readonly renew?: boolean;
}

/** Points to a token or a secret in a document. */
export interface PlaceArgument {
  /** The document's URI as text. */
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
  /** Zero-based, in UTF-16 units. */
  readonly character: number;
}

/** Points to a secret in a document, and says what becomes of it. */
export interface LeakArgument extends PlaceArgument {
  readonly to: 'environment' | 'keychain' | 'ignore';
}

/** What `getToken` returns: no secret, no whole token. */
export type GetTokenResult =
  | {
      readonly profile: string;
      readonly outcome: 'token';
      /** The flow it came from (`FlowReport.id`); absent when a token still good was used. */
      readonly flow?: string;
      readonly token_type: string;
      /** The last 6 characters. */
      readonly token_end: string;
      /** ISO 8601; absent when unknown. */
      readonly expires_at?: string;
      readonly requested_scopes: readonly string[];
      readonly granted_scopes: readonly string[];
    }
  | {
      readonly profile: string;
      readonly outcome: 'failure';
      readonly flow?: string;
      readonly kind: string;
      readonly message: string;
      readonly advice: string;
    };
