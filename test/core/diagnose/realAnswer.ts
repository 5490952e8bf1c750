import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { explainAnswer } from '../../../src/core/diagnose/explainAnswer.ts';
import type { Explanation } from '../../../src/core/diagnose/explanation.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import { catalogue, causeIds, explained, run } from './play.ts';
import { authorizationCode, clientCredentials, without } from './support.ts';
import { contradicted } from './truth/contradicted.ts';
import { Trace } from './truth/trace.ts';
import { truths } from './truth/truths.ts';

/** The request that is answered: that of client credentials, of a code, a refresh, or the browser's, by a redirect. */
export type Step = 'token' | 'code' | 'refresh' | 'redirect';

/** What an answer has besides status and body (`{host}` in a header is what was asked), and the profile that it answers. */
export interface More {
  /** Path and query of the token endpoint. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly profile?: Partial<Profile>;
}

const secret = 's3cr3t-of-client';

/** What a flow comes to whose token request gets this answer. */
export async function answered(
  step: Step,
  status: number,
  body: string | object,
  more: More = {},
): Promise<FlowReport> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
      const back = `${searchParams.get('redirect_uri') ?? ''}?code=c0de-0123456789&state=${searchParams.get('state') ?? ''}`;
      const said = new URLSearchParams({ ...(body as object), state: searchParams.get('state') ?? '' });
      const refused = `${searchParams.get('redirect_uri') ?? ''}?${said.toString()}`;
      if (pathname === '/auth')
        return response.writeHead(302, { location: step === 'redirect' ? refused : back }).end();
      const host = encodeURIComponent(request.headers.host ?? '');
      for (const [name, value] of Object.entries(more.headers ?? {}))
        response.setHeader(name, typeof value === 'string' ? value.replaceAll('{host}', host) : value);
      const raw = typeof body === 'string' || Buffer.isBuffer(body);
      if (!raw) response.setHeader('content-type', 'application/json');
      return response.writeHead(status).end(raw ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const change = { tokenEndpoint: `${origin}${more.path ?? '/token'}`, ...more.profile };
  const profile =
    step === 'token'
      ? clientCredentials(change)
      : authorizationCode({ ...change, authorizationEndpoint: `${origin}/auth` });
  const previous: TokenSet = {
    ...{ access_token: 'a', token_type: 'Bearer', refresh_token: 'rt-0123456789', received_at: 0 },
    ...{ requested_scopes: ['read'], extra: {} },
  };
  try {
    const typed = without(profile, 'issuer') as Profile;
    const kind = step === 'refresh' ? 'refresh_token' : profile.grant;
    return await run(kind, typed, secret, step === 'refresh' ? previous : undefined);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** What a cause is called where only the words are known, and not what was sent. */
const wordsOnly: Readonly<Record<string, string>> = {
  'redirect-uri-refused-at-token-endpoint': 'redirect-uri-refused',
  'code-refused': 'code-not-taken',
  'pkce-mismatch': 'pkce-refused',
  'pkce-wanted': 'pkce-refused',
  'refresh-token-rotated': 'refresh-token-not-taken',
  'api-in-its-place': 'assertion-refused',
};

/** What words say of a user, where the grant of the profile acts for none. */
const ofUsers: ReadonlySet<string> = new Set(['users-account', 'session-ended']);

/** The causes of the same answer where it is pasted without a profile. */
function explainedAlone({ outcome, exchanges }: FlowReport): readonly string[] {
  if (outcome.kind !== 'failure') return [];
  const { failure } = outcome;
  const exchange = exchanges.find(({ id }) => id === failure.exchange);
  if (exchange?.response === undefined) return [];
  const { response, request, leg } = exchange;
  const fields = response.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const answer =
    leg === 'loopback'
      ? explainAnswer(request.url, { now: 0, from: 'redirect' }, undefined, catalogue)
      : explainAnswer(
          `HTTP/1.1 ${response.status} Refused\r\n${fields}\r\n${response.body}`,
          { now: 0, from: 'token' },
          undefined,
          catalogue,
        );
  if (answer.kind !== 'explained') return [];
  const { causes } = answer.explanation;
  assert.deepEqual(
    causes.flatMap(({ fixes }) => fixes),
    [],
    'There is no profile to change.',
  );
  return causes.map(({ id }) => id);
}

/** The explanation of a report: with this first cause, nothing the trace contradicts, something to do, and no secret. */
export function rightlyExplained(report: FlowReport, cause: string): Explanation {
  const explanation = explained(report);
  assert.equal(causeIds(explanation)[0], cause, causeIds(explanation).join());
  const trace = new Trace(report, explanation);
  for (const found of explanation.causes) {
    const truth = found.id.includes('/') || truths.some(([id, is]) => id.test(found.id) && is(trace, found));
    assert.ok(truth, `${found.id} is contradicted: ${found.title} ${found.evidence.join(' ')}`);
    assert.ok(found.steps.length > 0, `${found.id} says nothing to do.`);
  }
  assert.equal(contradicted(trace), undefined);
  const alone = explainedAlone(report);
  const ids = causeIds(explanation);
  const known = new Set([...ids, ...ids.map((id) => wordsOnly[id] ?? id), ...ofUsers]);
  // A provider's own are said for every grant.
  const first = alone.find((id) => !id.includes('/') || known.has(id));
  assert.ok(alone.length === 0 || known.has(first ?? ''), `Without its profile it is ${alone.join()}.`);
  const told = JSON.stringify(explanation);
  for (const hidden of [secret, 'c0de-0123456789', 'rt-0123456789'])
    assert.ok(!told.includes(hidden), hidden);
  return explanation;
}
