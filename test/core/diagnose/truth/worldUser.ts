import { User } from '../../oauth/support/user.ts';
import type { World } from './world.ts';
import type { WorldServer } from './worldServer.ts';

/** The person at the browser of a world, and what the server sends them back with. */
export class WorldUser {
  readonly browser: User;

  constructor({ redirect, flow, signed }: World, server: WorldServer) {
    this.browser = new User(async (url) => {
      const asked = new URLSearchParams([...new URL(url).searchParams, ...server.pushed]);
      server.nonce = asked.get('nonce') ?? undefined;
      const uri = asked.get('redirect_uri') ?? asked.get('post_logout_redirect_uri');
      const state = asked.get('state');
      if (redirect === undefined || uri === null || state === null) return;
      const query = new URLSearchParams({ ...redirect });
      if (query.get('state') === 'STATE') query.set('state', state);
      if (flow !== 'signed_response' || !signed) return void (await fetch(`${uri}?${query}`));
      const { iss: _, ...members } = Object.fromEntries(query);
      await fetch(`${uri}?response=${await server.jwt(members)}`);
    });
  }
}
