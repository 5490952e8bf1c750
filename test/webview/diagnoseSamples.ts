import { apiView } from '../../src/core/api/apiView.ts';
import type { ApiCall } from '../../src/core/api/callApi.ts';
import { explainReport } from '../../src/core/diagnose/explainFailure.ts';
import { failureView } from '../../src/core/diagnose/failureView.ts';
import { tokenFacts } from '../../src/core/diagnose/tokenFacts.ts';
import type { Failure } from '../../src/core/record/failure.ts';
import type { FlowReport, TokenSet } from '../../src/core/record/report.ts';
import { planScopes, type ScopeMatrix } from '../../src/core/scopes/findScopes.ts';
import { scopesView, type ScopesState } from '../../src/core/scopes/scopesView.ts';
import type { Exchange } from '../../src/core/record/exchange.ts';
import { catalogue } from '../core/diagnose/play.ts';
import { clientCredentials } from '../core/diagnose/support.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const profile = clientCredentials({
  ...{ name: 'Contoso integration', provider: 'salesforce', scopes: ['full', 'refresh_token'] },
  ...{ issuer: 'https://contoso.my.salesforce.com', clientAuthentication: 'client_secret_post' },
});

const exchange = (status: number, body: string, change: Partial<Exchange> = {}): Exchange => ({
  ...{ id: 1, purpose: 'token', leg: 'extension', startedAt: now - 180, endedAt: now, deviations: [] },
  request: {
    ...{ method: 'POST', url: 'https://contoso.my.salesforce.com/services/oauth2/token' },
    headers: [['content-type', 'application/x-www-form-urlencoded']],
    body: 'grant_type=client_credentials&client_id=3MVG9&client_secret=s3cr3t-value&scope=full+refresh_token',
  },
  response: { status, statusText: 'Bad Request', headers: [['content-type', 'application/json']], body },
  ...change,
});

const report = (failure: Failure, exchanges: readonly Exchange[]): FlowReport => ({
  ...{ id: 'f1', kind: 'client_credentials', profile, startedAt: now - 200, endedAt: now, exchanges },
  outcome: { kind: 'failure', failure },
});

/** The failure view of a Salesforce answer, or of what a hostile server says. */
export function failureModel(error = 'invalid_grant', description = 'no valid scopes defined', uri?: string) {
  const body = { error, error_description: description, ...(uri === undefined ? {} : { error_uri: uri }) };
  const failure: Failure = {
    ...{ kind: 'oauth_error', step: 'token', status: 400, body, exchange: 1 },
    message: `contoso.my.salesforce.com refused the token request with ${error} (${description}).`,
    advice: 'Run the sign-in again.',
  };
  const run = report(failure, [exchange(400, JSON.stringify(body))]);
  const explanation = explainReport(run, catalogue);
  if (!explanation) throw new Error('no explanation');
  return failureView(explanation, run, { busy: false });
}

/** The failure view when a page came in the place of a token. */
export function pageModel(body: string) {
  const failure: Failure = {
    ...{ kind: 'http_error', step: 'token', status: 502, contentType: 'text/html', exchange: 1 },
    message: 'contoso.my.salesforce.com answered the token request with status 502 and an HTML page.',
    advice: 'Try again later.',
  };
  const run = report(failure, [exchange(502, body)]);
  const explanation = explainReport(run, catalogue);
  if (!explanation) throw new Error('no explanation');
  return failureView(explanation, run, {
    busy: false,
    notice: { text: 'Remove scopes full: the profile was changed.', done: true },
  });
}

const tokens: TokenSet = {
  ...{ access_token: 'opaque-access-token-abc123', token_type: 'Bearer', scope: 'orders.read profile' },
  ...{ received_at: now, requested_scopes: ['orders.read'], extra: {} },
};

const spent: Failure = {
  ...{ kind: 'oauth_error', step: 'refresh', status: 400, body: { error: 'invalid_grant' } },
  message: 'contoso.my.salesforce.com refused the refresh token with invalid_grant.',
  advice: 'Sign in again.',
};

/** A renewal that failed with a flow of its own. */
export const failedRenewal: ApiCall['renewal'] = {
  ...{ kind: 'failure', failure: spent, report: report(spent, []) },
};

/** The API view of an answer. */
export function apiModel(
  status = 200,
  body = '{"value":[{"Number":"C-1","Name":"Ada Ltd."}]}',
  challenge?: string,
  renewal: NonNullable<ApiCall['renewal']> = { kind: 'token', tokens },
) {
  const answered = exchange(status, body, {
    purpose: 'api',
    request: {
      ...{ method: 'GET', url: 'https://api.example.com/orders?$top=10' },
      headers: [['authorization', `Bearer ${tokens.access_token}`]],
    },
    response: {
      ...{ status, statusText: status === 200 ? 'OK' : 'Forbidden', body },
      headers: [
        ['content-type', 'application/json'],
        ...(challenge === undefined ? [] : [['www-authenticate', challenge] as const]),
      ],
    },
  });
  const failure: Failure = {
    ...{ kind: 'http_error', step: 'api', status, exchange: 1, advice: '' },
    message: `api.example.com answered the request with status ${status}.`,
  };
  const outcome: FlowReport['outcome'] =
    status < 300 ? { kind: 'token', tokens } : { kind: 'failure', failure };
  const run: FlowReport = { ...report(failure, [answered]), kind: 'api_call', outcome };
  const call: ApiCall = {
    ...{
      request: { method: 'GET', url: 'https://api.example.com/orders?$top=10', headers: [] },
      report: run,
      tokens,
    },
    ...{ url: 'https://api.example.com/orders?$top=10', renewal },
  };
  return apiView(call, explainReport(run, catalogue, { token: tokenFacts(tokens) }), { busy: false });
}

/** The scopes view in one of its states. */
export function scopesModel(state: ScopesState['state']) {
  const client = clientCredentials({ ...profile, scopes: ['api'] });
  const plan = planScopes(client, ['api', 'full', 'refresh_token', 'web', 'openid']);
  const matrix: ScopeMatrix = {
    rows: [
      { scope: 'api', alone: 'granted', together: 'granted' },
      {
        scope: 'full',
        alone: 'refused',
        together: 'dropped',
        reason: 'invalid_grant: no valid scopes defined',
      },
      {
        scope: 'refresh_token',
        alone: 'refused',
        together: 'dropped',
        reason: 'invalid_grant: no valid scopes defined',
      },
      { scope: 'web', alone: 'granted', together: 'granted' },
      { scope: 'openid', alone: 'dropped', together: 'dropped' },
    ],
    ...{ asked: state === 'done' ? 6 : 3, added: state === 'done' ? ['id'] : [] },
  };
  return scopesView({ plan, state, ...(state === 'plan' ? {} : { matrix }) });
}
