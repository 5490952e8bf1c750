import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowReport } from '../../../src/core/record/report.ts';
import type { TokenFacts } from '../../../src/core/diagnose/tokenFacts.ts';
import { failureView } from '../../../src/core/diagnose/failureView.ts';
import { exchange, first, get, refused, why } from './evidence.ts';
import { causeIds, cause, explain } from './play.ts';
import { authorizationCode, clientCredentials } from './support.ts';

const sentAt = 1_000_000;
const fresh: TokenFacts = {
  ...{ scopes: ['orders.read'], audience: ['orders'], opaque: false, dpop: false },
  ...{ expiresAt: sentAt + 3_600_000, receivedAt: sentAt - 400, issuer: 'https://login.example.com' },
};

/** What an API at another host than the token's audience answers to a token that came a moment before. */
function refusal(description: string | undefined, token: TokenFacts = fresh, date?: string, status = 401) {
  const words = description === undefined ? '' : `, error_description="${description}"`;
  const called = exchange({
    ...{ purpose: 'api', url: 'https://api.example.com/orders', startedAt: sentAt, endedAt: sentAt + 10 },
    response: {
      ...{ status, statusText: '', body: '' },
      headers: [
        ['WWW-Authenticate', `Bearer error="invalid_token"${words}`],
        ...(date === undefined ? [] : [['Date', date] as const]),
      ],
    },
  });
  const failure = {
    ...({ kind: 'http_error', step: 'api', status, exchange: 1, message: '', advice: '' } as const),
  };
  return explain(clientCredentials(), { failure, exchanges: [called] }, { token });
}

describe('a token that was fetched in this very run', () => {
  const words = [
    undefined,
    'The access token provided is expired, revoked, malformed, or invalid for other reasons.',
    'The access token expired or is not for this audience',
    'The access token expired',
    'Token is invalid or has expired',
    'token expired/revoked',
    'jwt expired',
  ];
  const tokens: Readonly<Record<string, TokenFacts>> = {
    'of a named audience': fresh,
    'of an address elsewhere': { ...fresh, audience: ['https://other.example'] },
    'opaque, of no audience': { ...fresh, audience: [], opaque: true },
  };
  for (const [name, token] of Object.entries(tokens))
    it(`${name} is not called expired, whatever the API says of every token`, () => {
      for (const said of words) {
        const explanation = refusal(said, token);
        const ended = failureView(
          explanation,
          { profile: clientCredentials(), exchanges: [], endedAt: 0 },
          { busy: false },
        ).causes.find(({ id }) => id === 'token-expired');
        assert.equal(ended?.likelihood, 'possible', String(said));
        assert.equal(first(explanation).id, 'wrong-audience', String(said));
        assert.match(first(explanation).evidence.join(' '), /has just been issued/);
      }
    });

  it('is for another API, where the API says so, before all else', () => {
    const found = first(refusal('The audience is invalid'));
    assert.equal(found.id, 'wrong-audience');
    assert.ok(found.weight >= 80);
  });

  it('has expired where its own time had passed', () => {
    const found = first(refusal('Token expired', { ...fresh, expiresAt: sentAt - 1 }));
    assert.deepEqual([found.id, found.title], ['token-expired', 'The token has expired.']);
  });

  it('has ended by the clock of an API that is ahead, which is then the cause', () => {
    const found = first(refusal('Token expired', fresh, new Date(sentAt + 7_200_000).toUTCString()));
    assert.equal(found.id, 'clock-off');
    assert.match(found.evidence.join(' '), /By that clock the token has ended/);
    const near = refusal('Token expired', fresh, new Date(sentAt + 60_000).toUTCString());
    assert.ok(cause(near, 'clock-off').weight < 55);
  });

  it('and an older one is doubted less than what is known of its time', () => {
    const old = { ...fresh, receivedAt: sentAt - 3_000_000 };
    assert.ok(cause(refusal('Token expired', old), 'token-expired').weight < 80);
    assert.ok(!causeIds(refusal(undefined, old)).includes('wrong-audience'));
  });
});

describe('scopes that the token has, or was refused', () => {
  const forbidden = (scope: string, scopes: readonly string[]) => {
    const called = exchange({
      ...{ purpose: 'api', url: 'https://api.example.com/orders' },
      response: {
        ...{ status: 403, statusText: '', body: '' },
        headers: [['WWW-Authenticate', `Bearer error="insufficient_scope", scope="${scope}"`]],
      },
    });
    const failure = {
      ...({ kind: 'http_error', step: 'api', status: 403, exchange: 1, message: '', advice: '' } as const),
    };
    return cause(
      explain(clientCredentials({ scopes }), { failure, exchanges: [called] }, { token: fresh }),
      'insufficient-scope',
    );
  };

  it('are not asked for again', () => {
    const has = forbidden('orders.read', ['orders.read']);
    assert.match(has.title, /has the scopes that the API names/);
    assert.deepEqual(has.fixes, []);
    assert.doesNotMatch(has.steps.join(' '), /Ask for the scope/);
    const withheld = forbidden('orders.write', ['orders.read', 'orders.write']);
    assert.match(withheld.evidence.join(' '), /asks for “orders\.write”; it was not granted/);
    assert.doesNotMatch(withheld.steps.join(' '), /Ask for the scope/);
  });
});

describe('a code that came in this run', () => {
  const uri = 'http://127.0.0.1:51234/callback';
  const asked = get(
    'authorization',
    `https://login.example.com/authorize?client_id=app&redirect_uri=${encodeURIComponent(uri)}`,
    { id: 2, leg: 'browser' },
  );
  const came = get('redirect', `${uri}?code=c&state=s`, { id: 3, leg: 'loopback' });
  const token = (redirect = uri) =>
    exchange({ form: { code: 'c', redirect_uri: redirect, client_id: 'app' } });
  const metadata = { scopes_supported: ['openid'] };
  const rfc6749 =
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';

  it('shows that its redirect URI and scopes were taken, whatever the words of the standard name', () => {
    const ids = causeIds(
      why(authorizationCode({ scopes: ['odd'] }), refused('invalid_grant', rfc6749), {
        exchanges: [asked, came, token()],
        metadata,
      }),
    );
    assert.deepEqual(ids, ['code-refused']);
  });

  it('leaves the redirect URI in doubt where the server speaks of it alone', () => {
    const found = first(
      why(authorizationCode(), refused('invalid_grant', 'Incorrect redirect_uri'), {
        exchanges: [asked, came, token()],
      }),
    );
    assert.equal(found.id, 'redirect-uri-refused-at-token-endpoint');
    const other = why(authorizationCode(), refused('invalid_grant', 'Incorrect redirect_uri'), {
      exchanges: [asked, came, token('http://127.0.0.1:1/b')],
    });
    assert.equal(first(other).id, 'redirect-uri-changed');
  });

  it('in an earlier run speaks against a redirect URI that is not registered, when nobody comes back', () => {
    const profile = authorizationCode();
    const gone = {
      ...({ kind: 'timeout', step: 'redirect', seconds: 60, message: '', advice: '' } as const),
    };
    const earlier: FlowReport = {
      ...{ id: 'e', kind: profile.grant, profile, startedAt: 0, endedAt: 1, exchanges: [asked, came] },
      outcome: { kind: 'failure', failure: gone },
    };
    const ids = (before: readonly FlowReport[]) =>
      causeIds(why(profile, gone, { exchanges: [asked], earlier: before }));
    assert.ok(ids([]).includes('redirect-uri-not-registered'));
    assert.ok(!ids([earlier]).includes('redirect-uri-not-registered'));
  });
});
