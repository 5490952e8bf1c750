import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { checksText } from '../../../src/cli/checksText.ts';
import { checks } from '../../../src/core/checks/all.ts';
import { runOne } from '../../../src/core/checks/runOne.ts';
import { testOutcome } from '../../../src/core/contract/testOutcome.ts';
import { writeContract } from '../../../src/core/contract/writeContract.ts';
import { reportJson } from '../../../src/core/checks/reportJson.ts';
import { reportJunit } from '../../../src/core/checks/reportJunit.ts';
import { reportMarkdown } from '../../../src/core/checks/reportMarkdown.ts';
import { reportSarif } from '../../../src/core/checks/reportSarif.ts';
import type { ChecksReport } from '../../../src/core/checks/report.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { curl } from '../../../src/core/flowView/export/curl.ts';
import { har } from '../../../src/core/flowView/export/har.ts';
import { flowMarkdown } from '../../../src/core/flowView/export/markdown.ts';
import { flowText } from '../../../src/core/flowView/flowText.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { redactFlow } from '../../../src/core/flowView/redactFlow.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { userProfile } from '../../support/profiles.ts';

const percent = encodeURIComponent;
const form = (text: string) => new URLSearchParams({ s: text }).toString().slice(2);
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const html = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const bytes = (text: string, encoding: BufferEncoding) => Buffer.from(text, 'utf8').toString(encoding);

/** What a known secret may look like where it comes back. */
const encodings: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  percent,
  'percent twice': (secret) => percent(percent(secret)),
  form,
  hex: (secret) => bytes(secret, 'hex'),
  HEX: (secret) => bytes(secret, 'hex').toUpperCase(),
  base64: (secret) => bytes(secret, 'base64'),
  base64url: (secret) => bytes(secret, 'base64url'),
  'base64 of a form': (secret) => bytes(form(secret), 'base64'),
  'Basic credentials': (secret) => bytes(`client:${secret}`, 'base64'),
  'Basic credentials of forms': (secret) => bytes(`client:${form(secret)}`, 'base64'),
  'JSON string': json,
  'JSON in JSON': (secret) => json(json(secret)),
  HTML: html,
  'percent of JSON': (secret) => percent(json(secret)),
};

const base = 'https://as.example.com/token';
const request = { method: 'POST', url: base, headers: [] as [string, string][] };
const response = { status: 200, statusText: 'OK', headers: [] as [string, string][], body: '{}' };
type Plant = (text: string) => Partial<Exchange>;
const url =
  (write: (text: string) => string): Plant =>
  (text) => ({
    request: { ...request, url: write(text) },
  });
const sentHeader =
  (name: string, write = (text: string) => text): Plant =>
  (text) => ({
    request: { ...request, headers: [[name, write(text)]] },
  });
const gotHeader =
  (name: string, write = (text: string) => text): Plant =>
  (text) => ({
    response: { ...response, headers: [[name, write(text)]] },
  });
const sentBody =
  (type: string, write: (text: string) => string): Plant =>
  (text) => ({
    request: { ...request, headers: [['content-type', type]], body: write(text) },
  });
const gotBody =
  (type: string, write: (text: string) => string): Plant =>
  (text) => ({
    response: { ...response, headers: [['content-type', type]], body: write(text) },
  });

const bytes16 = (text: string) => Buffer.from(text, 'utf16le').toString('utf8');
const chunked = (text: string) => {
  const all = Buffer.from(text);
  const chunks = [all.subarray(0, 7), all.subarray(7, 18), all.subarray(18)].filter(
    ({ length }) => length > 0,
  );
  const framed = chunks.flatMap((chunk) => [`${chunk.length.toString(16)}\r\n`, chunk, '\r\n']);
  return Buffer.concat([...framed, '0\r\n\r\n'].map((part) => Buffer.from(part))).toString('utf8');
};

/** Where it comes back: no name says there that it is a secret. */
const places: Readonly<Record<string, Plant>> = {
  query: url((text) => `${base}?ReturnUrl=${text}&z=1`),
  path: url((text) => `https://as.example.com/${text}/x`),
  fragment: url((text) => `${base}#x=${text}`),
  'URL userinfo': url((text) => `https://me:${percent(text)}@as.example.com/x`),
  'request header': sentHeader('X-What'),
  cookie: sentHeader('Cookie', (text) => `a=1; b=${text}`),
  referer: sentHeader('Referer', (text) => `https://a.example/?x=${text}`),
  'Basic header': sentHeader('Authorization', (text) => `Basic ${text}`),
  'Bearer header': sentHeader('authorization', (text) => `Bearer ${text}`),
  'response header': gotHeader('X-Debug', (text) => `a, ${text}; q=1`),
  'WWW-Authenticate': gotHeader(
    'WWW-Authenticate',
    (text) => `Bearer error="x", error_description="${text}"`,
  ),
  'set-cookie': gotHeader('Set-Cookie', (text) => `a=${text}; Path=/`),
  'cookie attribute': gotHeader('Set-Cookie', (text) => `a=b; Path=/${text}`),
  location: gotHeader('Location', (text) => `https://a.example/?next=${text}`),
  'request form': sentBody('application/x-www-form-urlencoded', (text) => `a=1&what=${text}`),
  'request JSON': sentBody('application/json', (text) => `{"a":[{"what":"x ${text}"}]}`),
  'request text': sentBody('text/plain', (text) => `what: ${text}\nb: 1`),
  'response form': gotBody('application/x-www-form-urlencoded', (text) => `a=1&what=${text}`),
  'response JSON': gotBody('application/json', (text) => `{"error_description":"no ${text} here"}`),
  'cut JSON': gotBody('application/json', (text) => `{"a":"${text}`),
  'response page': gotBody('text/html', (text) => `<p title="${text}">no ${text}</p>`),
  'response XML': gotBody('text/xml', (text) => `<a:b xmlns:a="x"><c>${text}</c></a:b>`),
  'response text': gotBody('text/plain', (text) => `no ${text}`),
  'a part': gotBody(
    'multipart/form-data; boundary=b',
    (text) => `--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n${text}\r\n--b--\r\n`,
  ),
  'UTF-16 taken for UTF-8': gotBody('text/plain', (text) => bytes16(`no ${text}`)),
  'UTF-16 that was asked for': sentBody('text/plain', (text) => bytes16(`{"what":"${text}"}`)),
  'a body that stayed compressed': gotBody('application/gzip', (text) => gzipSync(text).toString('utf8')),
  'a body in blocks that are stored': gotBody('application/gzip', (text) =>
    gzipSync(text, { level: 0 }).toString('utf8'),
  ),
  chunks: gotBody('text/plain', (text) => chunked(`no ${text}`)),
  'chunks of a quoted message': gotBody(
    'message/http',
    (text) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunked(text)}`,
  ),
  'a cell': gotBody('text/csv', (text) => `id;what\n1;"${text.replaceAll('"', '""')}"\n`),
  'a quoted cookie': gotBody('text/plain', (text) => `> Cookie: a=1; b=${text}`),
  'a quoted command': gotBody('text/plain', (text) => `curl -d 'x=${text}' https://as.example.com`),
  'status line': (text) => ({ response: { ...response, statusText: text } }),
  'error message': (text) => ({ error: { code: 'x', message: `no ${text}` } }),
  'ignored redirect': (text) => ({
    ignored: { expected: 'path /callback', received: `path /${text}` },
  }),
  deviation: (text) => ({ deviations: [{ code: 'x', message: `no ${text}`, source: 'RFC 6749' }] }),
};

/** Where it is known from: a place that has a name. */
const sources: Readonly<Record<string, (secret: string) => Partial<Exchange>>> = {
  'a form': (secret) =>
    sentBody('application/x-www-form-urlencoded', () => `client_secret=${form(secret)}`)(''),
  Basic: (secret) =>
    sentHeader('Authorization', () => `Basic ${bytes(`client:${form(secret)}`, 'base64')}`)(''),
  Bearer: (secret) => sentHeader('Authorization', () => `Bearer ${secret}`)(''),
  'an API key': (secret) => sentHeader('X-Api-Key', () => secret)(''),
  'a token response': (secret) =>
    gotBody('application/json', () => JSON.stringify({ access_token: secret }))(''),
  'a redirect': (secret) => url(() => `http://127.0.0.1:1/callback?code=${form(secret)}`)(''),
  'a part of a form': (secret) =>
    sentBody(
      'multipart/form-data; boundary=b',
      () => `--b\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${secret}\r\n--b--\r\n`,
    )(''),
  SOAP: (secret) => sentBody('text/xml', () => `<s:B><w:Password>${html(secret)}</w:Password></s:B>`)(''),
  'JSON in a form': (secret) =>
    sentBody(
      'application/x-www-form-urlencoded',
      () => `a=1&data=${form(JSON.stringify({ client_secret: secret }))}`,
    )(''),
  'a percent-encoded cookie': (secret) => gotHeader('Set-Cookie', () => `sid=${percent(secret)}; Path=/`)(''),
  'request JSON': (secret) => sentBody('application/json', () => JSON.stringify({ password: secret }))(''),
};

const made = (id: number, over: Partial<Exchange>): Exchange => ({
  ...{
    id,
    purpose: 'token',
    leg: 'extension',
    startedAt: id,
    endedAt: id + 1,
    request,
    response,
    deviations: [],
  },
  ...over,
});

/** All that a run or a report can be copied or saved as. */
async function exportsOf(exchanges: readonly Exchange[]): Promise<Readonly<Record<string, string>>> {
  const profile = userProfile();
  const flow: FlowReport = {
    ...{ id: 'f', kind: 'authorization_code', profile, startedAt: 0, endedAt: 9, exchanges },
    outcome: { kind: 'checked', title: 'x', verdict: 'pass', meaning: 'y' },
  };
  const redacted = { ...flow, exchanges: redactFlow(flow) };
  const [check] = checks;
  assert.ok(check);
  const said = exchanges.map(({ response: { body } = response }) => body).join(' ');
  const judgement = { verdict: 'fail', meaning: `It said ${said}.`, advice: said } as const;
  const item = { check: { ...check, run: () => Promise.resolve(judgement) }, chosen: true };
  const clock = { now: () => 0, sleep: () => Promise.resolve(), timeout: () => signal };
  const result = await runOne(item, { evidence: exchanges }, { clock, signal });
  assert.ok(result);
  const report: ChecksReport = {
    ...{ profileId: 'p', profileName: 'P', clientId: 'c', server: base, startedAt: 0, endedAt: 9 },
    cancelled: false,
    results: [result],
  };
  const options = { contract: undefined, weaknessFails: true, now: 0 };
  return {
    'the copy of an exchange': JSON.stringify(redacted.exchanges),
    HAR: JSON.stringify(har(redacted.exchanges, '1'), null, 2),
    curl: redacted.exchanges.map((one) => curl(one, 'variables')).join('\n\n'),
    Markdown: flowMarkdown(flowView({ state: 'ended', flow: redacted }, { plain: true })),
    'the flow view': JSON.stringify(flowView({ state: 'ended', flow })),
    'the text of a flow': flowText(flow, undefined),
    'the report as JSON': reportJson(report),
    'the report as Markdown': reportMarkdown(report),
    SARIF: reportSarif(report, '1'),
    JUnit: reportJunit(report, () => true),
    'the outcome of a test': JSON.stringify(
      testOutcome(result, { id: 'p', name: 'P', clientId: 'c' }, options),
    ),
    'the contract': writeContract(undefined, report, 0),
    'the command line': checksText(report, true),
  };
}

const secret = fc
  .tuple(
    fc.stringMatching(/^[A-Za-z0-9]{18}$/),
    fc.constantFrom('', '/', '+', '%', '"', '\\', '&', 'é', ' ', '=', "'", '<', '~'),
    fc.stringMatching(/^[A-Za-z0-9]{18}$/),
  )
  .map((parts) => parts.join(''));
const planted = fc.record({
  place: fc.constantFrom(...Object.keys(places)),
  encoding: fc.constantFrom(...Object.keys(encodings)),
});

const { signal } = new AbortController();

const perFlow = 10;
const flows = 100;

describe('no export holds a secret', () => {
  it(`of ${perFlow * flows} generated exchanges, in any place and any encoding`, async () => {
    let exchanges = 0;
    await fc.assert(
      fc.asyncProperty(
        secret,
        fc.constantFrom(...Object.keys(sources)),
        fc.array(planted, { minLength: perFlow - 1, maxLength: perFlow - 1 }),
        async (value, source, plants) => {
          const flow = [
            made(1, sources[source]?.(value) ?? {}),
            ...plants.map(({ place, encoding }, index) =>
              made(index + 2, places[place]?.(encodings[encoding]?.(value) ?? '') ?? {}),
            ),
          ];
          exchanges += flow.length;
          // Twelve characters from near its beginning: the last six may be shown.
          const pieces = Object.entries(encodings).map(([name, write]) => {
            const text = write(value);
            const from = name.startsWith('Basic') ? 12 : 0;
            return [name, text.slice(from, from + 12)] as const;
          });
          for (const [name, text] of Object.entries(await exportsOf(flow)))
            for (const [encoding, piece] of pieces)
              assert.ok(
                !text.includes(piece),
                `${name} holds ${piece} (${encoding} of ${value}):\n${around(text, piece)}`,
              );
        },
      ),
      { numRuns: flows, seed: 10 },
    );
    assert.ok(exchanges >= perFlow * flows);
  });
});

function around(text: string, piece: string): string {
  const at = text.indexOf(piece);
  return text.slice(Math.max(0, at - 200), at + 100);
}

it('a secret member of JSON in a form is masked, in a request and in a query', async () => {
  const data = new URLSearchParams({
    data: JSON.stringify({ a: [{ client_secret: 'q7Rk2vXb9LmN4pTs6wYz', n: 1 }] }),
  });
  const flow = [
    made(1, sentBody('application/x-www-form-urlencoded', () => `a=1&${data.toString()}`)('')),
    made(2, url(() => `${base}?${data.toString()}`)('')),
  ];
  for (const [name, text] of Object.entries(await exportsOf(flow)))
    assert.ok(!text.includes('q7Rk2vXb9LmN'), `${name}:\n${around(text, 'q7Rk2vXb9LmN')}`);
});
