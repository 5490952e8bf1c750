import type { ProfileFormModel } from '../../shared/views/profileForm.ts';
import type { Clock } from '../ports.ts';
import type { Profile, SecretPlace } from '../profile/profile.ts';
import type { KeptSecret } from '../profile/traits.ts';
import type { ServerFacts } from './serverFacts.ts';
import type { ProfileFormContext, SaveTarget, SettingsEntry } from './state.ts';

/** What the profile editor needs from outside. */
export interface ProfileFormPorts {
  readonly clock: Clock;
  readonly context: () => ProfileFormContext;
  /** A profile as the settings have it now. */
  readonly entry: (id: string) => SettingsEntry;
  /** Closes the form: its profile is gone. */
  readonly end: () => void;
  /** Draws the form. */
  readonly show: (model: ProfileFormModel) => void;
  /**
   * Reads the server's metadata.
   *
   * @throws FailureError
   */
  readonly discover: (request: DiscoverRequest) => Promise<ServerFacts>;
  readonly hasSecret: (at: SecretPlace) => Promise<boolean>;
  readonly storeSecret: (at: SecretPlace, secret: string) => Promise<void>;
  /** Asks the user in VS Code's own password box; `undefined` when that was left with Escape. */
  readonly askSecret: (question: {
    readonly name: string;
    readonly origin: string;
    /** What it is; a client secret unless told. */
    readonly kept?: KeptSecret;
    /** What a key that is made here is to sign with. */
    readonly algorithm?: string;
  }) => Promise<string | undefined>;
  /**
   * Shows the certificate of `url` to the user, who may trust it.
   *
   * @returns its SHA-256 fingerprint, or `undefined` when it is not to be trusted.
   */
  readonly askToTrust: (url: string) => Promise<string | undefined>;
  readonly saveProfile: (profile: Profile, target: SaveTarget) => Promise<void>;
  readonly getToken: (profileId: string) => Promise<void>;
  readonly copy: (text: string) => Promise<void>;
  readonly openLink: (url: string) => Promise<void>;
  /** A port nobody listens on now. */
  readonly freePort: () => Promise<number>;
}

export interface DiscoverRequest {
  readonly issuer: string;
  readonly trustedCertificate?: string;
  readonly signal: AbortSignal;
}
