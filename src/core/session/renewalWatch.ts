import type { TokenSet } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import { isRenewalDue } from './renewal.ts';
import type { Obtained } from './session.ts';

/** What renewing ahead of time needs from outside. */
export interface RenewalPorts {
  readonly profiles: () => readonly Profile[];
  /** The token that is held; asks nobody. */
  readonly peek: (profile: Profile) => TokenSet | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether the editor is in use. */
  readonly inUse: () => boolean;
  /** A new token without a sign-in; never rejects. */
  readonly refresh: (profile: Profile) => Promise<Obtained>;
  readonly failed: (profile: Profile, obtained: Extract<Obtained, { readonly kind: 'failure' }>) => void;
}

/** Renews tokens shortly before they end: of profiles that want it, while the editor is in use, once for each token. */
export class RenewalWatch {
  readonly #ports: RenewalPorts;
  readonly #tried = new Set<string>();

  constructor(ports: RenewalPorts) {
    this.#ports = ports;
  }

  /** Looks at every profile, and renews what is due. */
  async look(): Promise<void> {
    const { profiles, inUse } = this.#ports;
    if (inUse()) await Promise.all(profiles().map((profile) => this.#renew(profile)));
  }

  async #renew(profile: Profile): Promise<void> {
    const { peek, now, refresh, failed } = this.#ports;
    const tokens = peek(profile);
    if (!tokens || this.#tried.has(tokens.access_token) || !isRenewalDue(profile, tokens, now())) return;
    this.#tried.add(tokens.access_token);
    const obtained = await refresh(profile);
    if (obtained.kind === 'failure') failed(profile, obtained);
  }
}
