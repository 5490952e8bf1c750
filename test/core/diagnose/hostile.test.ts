import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { explanationMarkdown } from '../../../src/core/diagnose/explanationMarkdown.ts';
import { failureView } from '../../../src/core/diagnose/failureView.ts';
import { parseWwwAuthenticate } from '../../../src/core/diagnose/wwwAuthenticate.ts';
import { gatherFacts, textLimit } from '../../../src/core/diagnose/facts.ts';
import { wordsLimit } from '../../../src/core/diagnose/serverWords.ts';
import type { Failure } from '../../../src/core/record/failure.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { tolerantResponse } from '../../../src/core/oauth/tolerantResponse.ts';
import { catalogue, explain } from './play.ts';
import { authorizationCode, clientCredentials } from './support.ts';

const nasty = fc.constantFrom(
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '\u202Egnp.exe\u2066',
  '\u0000\u0007\u001b[31m',
  '$scope $1 $& $`',
  '{{constructor.constructor("x")()}}',
  '"}],"__proto__":{"polluted":true}',
  'AADSTS7000215',
  'a'.repeat(50_000),
  '(a+)+$'.repeat(500),
  ' '.repeat(20_000),
  'Invalid scope: ' + 'x'.repeat(9000),
);
const text = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(nasty, { maxLength: 4 }).map((list) => list.join('')),
);
const deep = (depth: number): unknown => (depth === 0 ? 'x' : { error: deep(depth - 1) });
const body = fc.oneof(
  text,
  text.map((words) => `<!doctype html><title>${words}</title><body onload=alert(1)>`),
  fc
    .record({ error: text, error_description: text, error_uri: text }, { requiredKeys: [] })
    .map((value) => JSON.stringify(value)),
  fc.json({ maxDepth: 6 }),
  fc.constant(JSON.stringify(deep(500))),
  fc.constant('['.repeat(100_000)),
  fc.record({ isSuccess: fc.boolean(), data: fc.anything() }).map((value) => JSON.stringify(value)),
);
const headers = fc.array(
  fc.tuple(
    fc.constantFrom('WWW-Authenticate', 'Content-Type', 'Location', 'Date', 'X-Auth0-RequestId'),
    text,
  ),
  { maxLength: 6 },
);
const step = fc.constantFrom<Failure['step']>(
  'token',
  'refresh',
  'api',
  'authorization',
  'redirect',
  'discovery',
);
const profile = fc.constantFrom(
  clientCredentials({ scopes: ['read', 'x'] }),
  authorizationCode(),
  ...catalogue.map(({ id }) => authorizationCode({ provider: id, clientAuthentication: 'none' })),
  ...catalogue.map(({ id }) => clientCredentials({ provider: id, scopes: ['offline_access', 'a,b'] })),
);

/** A server's answer as a flow takes it in: what it came to, and the exchange it came in. */
const answered = (
  at: Failure['step'],
  status: number,
  list: readonly (readonly [string, string])[],
  content: string,
) => {
  const exchange: Exchange = {
    ...{
      id: 1,
      purpose: at === 'api' ? 'api' : 'token',
      leg: 'extension',
      startedAt: 0,
      endedAt: 1,
      deviations: [],
    },
    request: {
      method: 'POST',
      url: 'https://login.example.com/token',
      headers: [],
      body: 'client_secret=s%20',
    },
    response: { status, statusText: content.slice(0, 500), headers: list, body: content },
  };
  const judged = tolerantResponse(
    { status, headers: {}, body: content },
    { host: 'login.example.com', step: at, exchange: 1, requestedScopes: [] },
  );
  const failure: Failure =
    judged.kind === 'failure'
      ? judged.failure
      : { kind: 'http_error', step: at, status, message: '', advice: '', exchange: 1 };
  return { failure, exchanges: [exchange] };
};

/** Control and bidi characters, but for the line breaks and tabs of a text. */
const invisible = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** Every URL that a provider file names. */
const ourUrls = new Set([...JSON.stringify(catalogue).matchAll(/"(https:[^"]+)"/g)].map(([, url]) => url));

/** The targets of links in a model: its members named `url`. */
function urlsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'url' && typeof inner === 'string' ? [inner] : urlsOf(inner),
  );
}

/** Markdown without its code blocks: what a viewer looks for markup in. */
function proseOf(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, '');
}

/** Every string in a value. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

describe('whatever a server answers', () => {
  it('is explained: nothing thrown, and no more kept or looked at than the limits', () => {
    fc.assert(
      fc.property(
        step,
        fc.integer({ min: 200, max: 599 }),
        headers,
        body,
        profile,
        (at, status, list, content, who) => {
          const played = answered(at, status, list, content);
          const explanation = explain(who, played);
          assert.ok(explanation.title.length > 0 && explanation.title.length <= 200);
          assert.ok(explanation.meaning.text.length > 0);
          assert.ok(explanation.causes.length <= 8);
          for (const words of strings(explanation.server ?? {})) assert.ok(words.length <= wordsLimit);
          for (const ours of strings([explanation.causes, explanation.title, explanation.meaning]))
            assert.ok(ours.length <= 2000, 'our own sentences stay short');
          const facts = gatherFacts({ profile: who, ...played }, catalogue);
          assert.ok(facts.words.length <= textLimit);
          assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('no control or bidi character of it gets into our own sentences', () => {
    fc.assert(
      fc.property(step, body, profile, (at, content, who) => {
        const { causes, title } = explain(who, answered(at, 400, [], content));
        for (const ours of strings([
          title,
          causes.map((cause) => [cause.title, cause.steps, cause.evidence]),
        ]))
          assert.doesNotMatch(ours, invisible);
      }),
      { numRuns: 200 },
    );
  });

  it('becomes no markup and no link, neither in the failure view nor in what is copied', () => {
    fc.assert(
      fc.property(
        step,
        fc.constantFrom(200, 400, 401, 403),
        headers,
        body,
        profile,
        (at, status, list, content, who) => {
          const played = answered(at, status, list, content);
          const explanation = explain(who, played);
          const report = { profile: who, exchanges: played.exchanges, endedAt: 0 };
          const { server, message, ...ours } = failureView(explanation, report, { busy: false });
          for (const sentence of strings(ours)) assert.doesNotMatch(sentence, invisible);
          for (const url of urlsOf(ours))
            assert.ok(ourUrls.has(url) || /^https:\/\/(www\.rfc-editor\.org|openid\.net)\//.test(url), url);
          assert.deepEqual(
            Object.keys(server ?? {}).filter((name) => !['status', 'words', 'body', 'cut'].includes(name)),
            [],
          );
          const markdown = explanationMarkdown(explanation, { profile: who });
          assert.doesNotMatch(markdown, invisible);
          // Within a word an underscore emphasises nothing.
          const prose = proseOf(markdown).replace(/(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/gu, '');
          assert.doesNotMatch(prose, /(?<!\\)(?:\\\\)*[`*_[\]<>|!&]/, message);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('with an error code of blanks and control characters still has a title and visible words', () => {
    const explanation = explain(
      clientCredentials(),
      answered('token', 400, [], '{"error":"\\r","error_description":"a\\rb"}'),
    );
    assert.equal(explanation.title, 'An error without a name at the token endpoint');
    assert.match(explanationMarkdown(explanation, { profile: clientCredentials() }), /error: ⟨U\+000D⟩\n/);
  });

  it('a WWW-Authenticate of any form is taken apart or skipped', () => {
    fc.assert(
      fc.property(text, (field) => {
        for (const { scheme, parameters } of parseWwwAuthenticate(field))
          assert.ok(scheme !== '' && parameters instanceof Map);
      }),
    );
  });
});

describe('WWW-Authenticate', () => {
  it('is read as in RFC 6750 section 3 and RFC 9110 section 11.6.1', () => {
    const [bearer] = parseWwwAuthenticate(
      'Bearer realm="example", error="invalid_token", error_description="The access token \\"x\\" expired"',
    );
    assert.equal(bearer?.scheme, 'bearer');
    assert.deepEqual(Object.fromEntries(bearer.parameters), {
      realm: 'example',
      error: 'invalid_token',
      error_description: 'The access token "x" expired',
    });
    const list = parseWwwAuthenticate(
      'Basic realm="simple", DPoP algs="ES256 PS256", Newauth title="Login to \\"apps\\"", Negotiate abc==, Bearer',
    );
    assert.deepEqual(
      list.map(({ scheme }) => scheme),
      ['basic', 'dpop', 'newauth', 'negotiate', 'bearer'],
    );
    assert.equal(list[1]?.parameters.get('algs'), 'ES256 PS256');
  });

  it('takes a quoted text that nothing closes to the end, as a cut field leaves it', () => {
    for (const [field, expected] of [
      ['Bearer error="invalid_token', 'invalid_token'],
      ['Bearer error="invalid_\\', 'invalid_\\'],
      ['Bearer realm="a, b", error="x', 'x'],
    ] as const)
      assert.equal(parseWwwAuthenticate(field)[0]?.parameters.get('error'), expected, field);
  });
});
