import { Trace } from '../core/flow/trace.ts';
import { recordingFetch } from '../core/http/recordingFetch.ts';
import { discover } from '../core/oauth/discovery.ts';
import type { Discovered } from '../core/oauth/metadataCache.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { DiscoverRequest } from '../core/profileForm/formPorts.ts';
import type { ServerFacts } from '../core/profileForm/serverFacts.ts';
import type { SaveTarget } from '../core/profileForm/state.ts';
import { networkFetch } from './network.ts';
import type { ProfilePanelDeps } from './panels/profilePanel.ts';
import type { Parts } from './parts.ts';
import { setting } from './settings.ts';

/** What the profile editor is given of the parts. */
export function profilePanelDeps(parts: Parts): ProfilePanelDeps {
  const { clock, profiles, secrets } = parts;
  return {
    extensionUri: parts.context.extensionUri,
    clock,
    catalogue: () => parts.runner.catalogue(),
    discover: (request) => readServer(parts, request),
    hasSecret: async (place) => (await secrets.get(place)) !== undefined,
    storeSecret: (place, secret) => secrets.set(place, secret),
    askToTrust: () => Promise.resolve(undefined),
    saveProfile: (profile, target) => save(parts, profile, target),
    getToken: async (profile) => {
      await parts.run('getToken', { profile });
    },
    profiles: {
      find: (id) => {
        const stored = profiles.get(id);
        return stored && { profile: stored.profile, target: targetOf(stored.source) };
      },
      ids: () => profiles.ids(),
      workspaceUnavailable: () => profiles.workspaceUnavailable(),
      onDidChange: profiles.onDidChange,
    },
  };
}

function targetOf({ scope }: { readonly scope: 'user' | 'workspace' | 'folder' }): SaveTarget {
  return scope === 'user' ? 'user' : 'workspace';
}

/** Saves where the user chose; a profile that stands in a folder's settings stays there. */
function save({ profiles }: Parts, profile: Profile, target: SaveTarget): Promise<void> {
  const old = profiles.get(profile.id);
  const place = old && targetOf(old.source) === target ? old.source : { scope: target };
  return profiles.save(profile, place, old?.profile.id);
}

/** Reads a server's metadata anew: whoever edits a profile may just have changed the server. */
async function readServer(
  { clock, runner }: Parts,
  { issuer, signal }: DiscoverRequest,
): Promise<ServerFacts> {
  const trace = new Trace();
  const timeout = setting('requestTimeout') * 1000;
  const fetch = recordingFetch({ fetch: networkFetch, clock, trace, signal, timeout });
  runner.metadata.clear(issuer);
  const discovered = await discover(issuer, { trace, fetch, clock, metadata: runner.metadata });
  return factsOf(discovered, trace.exchanges.at(-1)?.request.url ?? issuer);
}

function factsOf({ kind, server }: Discovered, document: string): ServerFacts {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;
  const facts = {
    tokenEndpoint: text(server.token_endpoint),
    authorizationEndpoint: text(server.authorization_endpoint),
    scopes: texts(server.scopes_supported),
    authenticationMethods: texts(server.token_endpoint_auth_methods_supported),
    grants: texts(server.grant_types_supported),
    challengeMethods: texts(server.code_challenge_methods_supported),
  };
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return { document, kind: kind === 'openid' ? 'openid' : 'oauth', issuer: server.issuer, ...known };
}
