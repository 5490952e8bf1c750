import { randomBytes } from 'node:crypto';
import type { DemoClient } from '../clients.ts';
import type { Fault, FaultRequest, FaultResponse } from './fault.ts';
import {
  authenticatedAs,
  authorizationResponse,
  clientOf,
  isAuthorization,
  members,
  withQuery,
} from './messages.ts';
import { s256 } from '../s256.ts';

interface Asked {
  readonly client: DemoClient;
  readonly redirectUri: string;
  readonly verifier: string;
}

/** Asks the strict server for a code, redeems it itself, and answers with the token. */
export const implicitEnabled: Fault = {
  id: 'implicit-enabled',
  title: 'Offers the implicit grant.',
  layer: ({ clients }) => {
    const asked = new Map<string, Asked>();
    return async (request, next) => {
      const client = clientOf(request, clients);
      if (!isAuthorization(request) || request.query.get('response_type') !== 'token' || client === undefined)
        return withToken(await next(request), asked, next);
      const verifier = randomBytes(32).toString('base64url');
      const redirectUri = request.query.get('redirect_uri') ?? '';
      asked.set(request.query.get('state') ?? '', { client, redirectUri, verifier });
      const pkce = { code_challenge: s256(verifier), code_challenge_method: 'S256' };
      return withToken(await next(withQuery(request, { response_type: 'code', ...pkce })), asked, next);
    };
  },
};

/** The answer with a token in the fragment where it has a code for a request that asked for one. */
async function withToken(
  response: FaultResponse,
  asked: ReadonlyMap<string, Asked>,
  next: (request: FaultRequest) => Promise<FaultResponse>,
): Promise<FaultResponse> {
  const parameters = authorizationResponse(response)?.searchParams;
  const state = parameters?.get('state') ?? '';
  const kept = asked.get(state);
  const code = parameters?.get('code');
  if (kept === undefined || typeof code !== 'string') return response;
  const token = String(members(await next(redemption(kept, code)))['access_token']);
  const fragment = new URLSearchParams({ access_token: token, token_type: 'Bearer', state });
  const location = `${kept.redirectUri}#${fragment.toString()}`;
  return { ...response, headers: { ...response.headers, location } };
}

function redemption({ client, redirectUri, verifier }: Asked, code: string): FaultRequest {
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return authenticatedAs(
    {
      method: 'POST',
      path: '/token',
      query: new URLSearchParams(),
      headers,
      form: new URLSearchParams(form),
    },
    client,
  );
}
