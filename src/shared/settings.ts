/** Every setting's key below `oauthExplorer.`, with the type its value has after VS Code applied the default. */
export interface Settings {
  profiles: unknown;
  environments: unknown;
  /** The id of a profile, or empty. */
  activeProfile: string;
  /** Seconds. */
  requestTimeout: number;
  /** Seconds. */
  signInTimeout: number;
  insertBearerAs: 'ask' | 'literal' | 'fileVariable' | 'environment' | 'reference';
  codeLens: boolean;
  leakGuard: boolean;
  keepFlows: boolean;
  weaknessInTests: 'passes' | 'fails';
}

export type SettingKey = keyof Settings;

export const settingsSection = 'oauthExplorer';
