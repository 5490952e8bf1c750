import type { Configuration, Grant } from 'oidc-provider';
import type Provider from 'oidc-provider';

/**
 * What users have allowed clients, as real servers remember it: revoking a grant ends its tokens and not the user's
 * consent, so nobody is asked twice.
 */
export class Consents {
  readonly #resources: readonly string[];
  readonly #scopes = new Map<string, Set<string>>();

  constructor(resources: readonly string[]) {
    this.#resources = resources;
  }

  /** Finds the grant of the browser's session, or makes a new one of what the user has allowed this client before. */
  readonly loadGrant: NonNullable<Configuration['loadExistingGrant']> = async ({ oidc }) => {
    const { client, provider, session, account, result } = oidc;
    if (client === undefined || account === undefined) return undefined;
    const { accountId } = account;
    const { clientId } = client;
    const grantId = result?.consent?.grantId ?? session?.grantIdFor(clientId);
    const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
    if (known !== undefined) return known;
    const allowed = this.#scopes.get(keyOf(accountId, clientId));
    if (allowed === undefined) return undefined;
    const grant = new provider.Grant({ accountId, clientId });
    await this.#save(grant, [...allowed]);
    return grant;
  };

  /**
   * Keeps that a user allowed a client these scopes, and single claims and details for once, in the grant `grantId` if it still exists;
   * the grant's id.
   */
  async allow(
    provider: Provider,
    user: { readonly accountId: string; readonly clientId: string; readonly grantId?: string },
    scopes: readonly string[],
    { details = [], claims = [] }: { readonly details?: readonly object[]; readonly claims?: string[] } = {},
  ): Promise<string> {
    const { accountId, clientId, grantId } = user;
    const key = keyOf(accountId, clientId);
    this.#scopes.set(key, new Set([...(this.#scopes.get(key) ?? []), ...scopes]));
    const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
    const grant = known ?? new provider.Grant({ accountId, clientId });
    for (const detail of details) grant.addRar(detail as Parameters<Grant['addRar']>[0]);
    grant.addOIDCClaims(claims);
    return this.#save(grant, scopes);
  }

  #save(grant: Grant, scopes: readonly string[]): Promise<string> {
    const scope = scopes.join(' ');
    grant.addOIDCScope(scope);
    for (const resource of this.#resources) grant.addResourceScope(resource, scope);
    return grant.save();
  }
}

function keyOf(accountId: string, clientId: string): string {
  return JSON.stringify([accountId, clientId]);
}
