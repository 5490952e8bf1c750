import type { AuthorizationServer } from 'oauth4webapi';

/** Which well-known document described a server. @see OpenID Connect Discovery 1.0 section 4, RFC 8414 section 3 */
export type DiscoveryKind = 'openid' | 'rfc8414';

/** A server's metadata as it published it. */
export interface Discovered {
  readonly kind: DiscoveryKind;
  readonly server: AuthorizationServer;
}

const lifetime = 5 * 60 * 1000;

/** Server metadata by issuer, kept for five minutes; whoever owns it decides which flows share it. */
export class MetadataCache {
  readonly #entries = new Map<string, { discovered: Discovered; until: number }>();

  /** @param now milliseconds since the epoch */
  get(issuer: string, now: number): Discovered | undefined {
    const entry = this.#entries.get(issuer);
    return entry !== undefined && now < entry.until ? entry.discovered : undefined;
  }

  /** What was published last, however long ago: enough to know what to offer, not to act on. */
  last(issuer: string | undefined): Discovered['server'] | undefined {
    return issuer === undefined ? undefined : this.#entries.get(issuer)?.discovered.server;
  }

  /** @param now milliseconds since the epoch */
  set(issuer: string, discovered: Discovered, now: number): void {
    this.#entries.set(issuer, { discovered, until: now + lifetime });
  }

  /** Forgets one issuer, or all of them. */
  clear(issuer?: string): void {
    if (issuer === undefined) this.#entries.clear();
    else this.#entries.delete(issuer);
  }
}
