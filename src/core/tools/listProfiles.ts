import { grantOf } from '../grants/all.ts';
import { describeTokenState, tokenState } from '../session/tokenState.ts';
import { jsonLines } from './jsonLines.ts';
import type { Tool } from './tool.ts';

/** Most profiles that are listed. */
const most = 100;

/** `oauth_list_profiles`: what clients the user has set up, and whether they have a token. */
export const listProfiles: Tool = {
  inputs: [],
  plan: () => ({ doing: 'Listing the OAuth profiles' }),
  run: async (_, ports) => {
    const now = ports.clock.now();
    const all = ports.profiles();
    const profiles = await Promise.all(
      all.slice(0, most).map(async (profile) => ({
        id: profile.id,
        name: profile.name,
        grant: profile.grant,
        actsFor: grantOf(profile).actsForUser ? 'a user' : 'the client itself',
        server: profile.issuer ?? profile.tokenEndpoint,
        clientId: profile.clientId,
        scopes: profile.scopes.slice(0, 50),
        audience: profile.audience,
        token: describeTokenState(tokenState(await ports.tokens(profile), now), now),
      })),
    );
    if (all.length === 0)
      return 'There is no profile. The user can add one with the command “OAuth Explorer: Add Profile”.';
    return jsonLines({ profiles, ...(all.length > most ? { left_out: all.length - most } : {}) });
  },
};
