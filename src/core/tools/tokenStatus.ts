import { mask } from '../http/mask.ts';
import { describeTokenState, tokenState } from '../session/tokenState.ts';
import { decodeToken } from '../token/decode.ts';
import { compareScopes } from '../token/scopes.ts';
import { bounded, jsonLines } from './jsonLines.ts';
import type { Tool } from './tool.ts';

/** `oauth_token_status`: claims, scopes and times of a profile's token, never the token. */
export const tokenStatus: Tool = {
  inputs: ['profile'],
  plan: (input, ports) => ({ doing: `Reading the token of “${input.profile(ports).name}”` }),
  run: async (input, ports) => {
    const profile = input.profile(ports);
    const tokens = await ports.tokens(profile);
    const now = ports.clock.now();
    const state = describeTokenState(tokenState(tokens, now), now);
    if (tokens === undefined)
      return jsonLines({
        ...{ profile: profile.id, state },
        next: 'oauth_call_api gets a token when it needs one; the user can get one with “OAuth Explorer: Get Token”.',
      });
    const access = decodeToken(tokens.access_token);
    const scopes = compareScopes({
      requested: tokens.requested_scopes,
      response: {
        ...(tokens.scope === undefined ? {} : { scope: tokens.scope }),
        refreshToken: tokens.refresh_token !== undefined,
        idToken: tokens.id_token !== undefined,
      },
      ...(access.payload?.json && { claims: access.payload.json }),
      grant: profile.grant,
    });
    return jsonLines({
      ...{ profile: profile.id, state, now: time(now) },
      received_at: time(tokens.received_at),
      expires_at: tokens.expires_at === undefined ? 'unknown' : time(tokens.expires_at),
      token_type: tokens.token_type.slice(0, 40),
      token_end: mask(tokens.access_token),
      refresh_token: tokens.refresh_token === undefined ? 'none' : 'there is one',
      scopes: bounded(
        scopes.map(({ scope, asked, granted, inToken, verdict }) => ({
          scope,
          asked,
          granted,
          inToken,
          verdict,
        })),
      ),
      access_token: readToken(tokens.access_token),
      ...(tokens.id_token === undefined ? {} : { id_token: readToken(tokens.id_token) }),
      verified: 'The signatures were not checked for this answer.',
    });
  },
};

function readToken(token: string) {
  const { kind, header, payload, problems } = decodeToken(token);
  return {
    kind: kind === 'opaque' ? 'opaque: only the server can read it' : kind,
    ...(header?.json && { header: bounded(header.json) }),
    ...(payload?.json && { claims: bounded(payload.json) }),
    ...(problems.length > 0 && { problems: bounded(problems.map((one) => one.message)) }),
  };
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
