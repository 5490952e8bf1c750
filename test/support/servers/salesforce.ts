import { randomBytes } from 'node:crypto';
import {
  bearerOf,
  formOf,
  startStandIn,
  type Answer,
  type SeenRequest,
  type StandIn,
  type StandInOptions,
} from './standIn.ts';

/** A connected app with the client credentials flow switched on. */
export interface ConnectedApp {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** Its selected OAuth scopes: used when a request names none. */
  readonly selectedScopes: readonly string[];
  readonly runAsUser?: string;
}

export interface SalesforceServer extends StandIn {
  readonly apps: Map<string, ConnectedApp>;
  /** Ends every session, so that the API answers 401. */
  expireTokens: () => void;
}

/** What the client credentials flow does not support, as the document lists it. */
const unsupported = ['full', 'refresh_token', 'offline_access'];

/** Starts a Salesforce org (Winter ’26) and its REST API as the document describes them. */
export async function startSalesforce(
  apps: readonly ConnectedApp[],
  options: StandInOptions = {},
): Promise<SalesforceServer> {
  const known = new Map(apps.map((app) => [app.consumerKey, app]));
  const sessions = new Set<string>();

  const token = (request: SeenRequest, origin: string): Answer => {
    const form = formOf(request);
    if (form?.get('grant_type') !== 'client_credentials')
      return failure('unsupported_grant_type', 'grant type not supported');
    const { id, secret } = credentials(request, form);
    const app = known.get(id);
    if (!app) return failure('invalid_client_id', 'client identifier invalid');
    if (app.consumerSecret !== secret) return failure('invalid_client', 'invalid client credentials');
    if (app.runAsUser === undefined) return failure('invalid_grant', 'no client credentials user enabled');
    const requested = form.get('scope')?.split(' ').filter(Boolean) ?? [];
    const effective = requested.length > 0 ? requested : app.selectedScopes;
    const scopes = effective.filter(
      (scope) => !unsupported.includes(scope) && app.selectedScopes.includes(scope),
    );
    // None left is an error since Winter ’26; some left, and the others are dropped without a word.
    if (scopes.length === 0) return failure('invalid_grant', 'no valid scopes defined');
    const session = `00D5g00000TEST!${randomBytes(24).toString('base64url')}`;
    sessions.add(session);
    return {
      status: 200,
      body: {
        access_token: session,
        signature: randomBytes(24).toString('base64'),
        scope: scopes.join(' '),
        instance_url: origin,
        id: `${origin}/id/00D5g00000TEST/0055g00000TEST`,
        token_type: 'Bearer',
        issued_at: String(Date.now()),
      },
    };
  };

  const api = (request: SeenRequest): Answer =>
    sessions.has(bearerOf(request) ?? '')
      ? { status: 200, body: { totalSize: 1, records: [{ Name: 'Acme' }] } }
      : { status: 401, body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }] };

  const standIn = await startStandIn((request, origin) => {
    if (request.method === 'POST' && request.path === '/services/oauth2/token') return token(request, origin);
    if (request.path.startsWith('/services/data/')) return api(request);
    return { status: 404, body: 'Not found' };
  }, options);
  return { ...standIn, apps: known, expireTokens: () => sessions.clear() };
}

function credentials({ headers }: SeenRequest, form: URLSearchParams): { id: string; secret: string } {
  const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (basic === undefined)
    return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', secret = ''] = Buffer.from(basic, 'base64')
    .toString('utf8')
    .split(':')
    .map(decodeURIComponent);
  return { id, secret };
}

function failure(error: string, error_description: string): Answer {
  return { status: 400, body: { error, error_description } };
}
