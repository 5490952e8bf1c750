import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bodyView } from '../../../src/core/api/bodyView.ts';
import type { CheckResult } from '../../../src/core/checks/report.ts';
import { reportJson } from '../../../src/core/checks/reportJson.ts';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import { failureView } from '../../../src/core/diagnose/failureView.ts';
import { readAnswer } from '../../../src/core/diagnose/readAnswer.ts';
import { loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { flowSummary } from '../../../src/core/flow/flowSummary.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { curl } from '../../../src/core/flowView/export/curl.ts';
import { har } from '../../../src/core/flowView/export/har.ts';
import { flowMarkdown } from '../../../src/core/flowView/export/markdown.ts';
import { flowText } from '../../../src/core/flowView/flowText.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { redactFlow } from '../../../src/core/flowView/redactFlow.ts';
import { environmentsOf, readEnvironment, setEnvironment } from '../../../src/core/httpFile/environment.ts';
import { importText } from '../../../src/core/import/importText.ts';
import { readYaml } from '../../../src/core/import/readYaml.ts';
import { rpcAnswer } from '../../../src/core/mcp/jsonRpc.ts';
import { readSettings } from '../../../src/core/profile/readSettings.ts';
import { parseProfiles } from '../../../src/core/profile/parseProfiles.ts';
import { readTokens } from '../../../src/core/token/reading.ts';
import { tokenView } from '../../../src/core/token/tokenView.ts';
import { formatTokens } from '../../../src/core/vault/storedTokens.ts';
import { machineProfile } from '../../support/profiles.ts';
import { providersDirectory } from '../diagnose/support.ts';
import { flowDeps } from '../oauth/support/deps.ts';
import { serveSeen } from '../oauth/support/serve.ts';

const depths = [4490, 20_000];
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const mixed = (depth: number) => `${'{"a":['.repeat(depth / 2)}1${']}'.repeat(depth / 2)}`;
const open = (depth: number) => '{"a":['.repeat(depth / 2);

/** All that is made of a run, and none of it may fail. */
async function madeOf(report: FlowReport): Promise<void> {
  const entry = { state: 'ended', flow: report } as const;
  const exchanges = redactFlow(report);
  JSON.stringify(flowView(entry));
  flowMarkdown(flowView(entry));
  JSON.stringify(har(exchanges, '1'));
  exchanges.map((one) => [curl(one, 'variables'), curl(one, 'plain')]);
  flowText(report, report);
  flowSummary(report);
  const explanation = explainReport(report, await loadCatalogue(providersDirectory));
  if (explanation) JSON.stringify(failureView(explanation, report, { busy: false }));
  const result: CheckResult = {
    ...{ id: 'x', area: 'code', title: 'X', tries: 'x', expects: 'y', sources: [], verdict: 'fail' },
    ...{ meaning: 'z', fixes: [], facts: {}, evidence: report.exchanges, startedAt: 0, endedAt: 9 },
  };
  reportJson({
    ...{ profileId: 'p', profileName: 'P', clientId: 'c', server: 's', startedAt: 0, endedAt: 9 },
    ...{ cancelled: false, results: [result] },
  });
  if (report.outcome.kind !== 'token') return;
  const { tokens } = report.outcome;
  JSON.parse(formatTokens(tokens, 'x'));
  const body = report.exchanges.at(-1)?.response?.body ?? '';
  const reading = readTokens({ kind: 'profile', profile: report.profile, tokens, responseBody: body });
  JSON.stringify(tokenView(reading, { now: 0, signatures: {} }));
}

describe('an answer that is nested without end', () => {
  for (const depth of depths)
    for (const [shape, write] of Object.entries({ objects, lists, mixed })) {
      it(`of ${depth} ${shape} beside a token: the token is there, and so is everything made of the run`, async (context) => {
        const body = `{"access_token":"tok-en-1","token_type":"Bearer","deep":${write(depth)},"expires_in":60}`;
        const { origin } = await serveSeen(context, (_, response) =>
          response.writeHead(200, { 'content-type': 'application/json' }).end(body),
        );
        const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token` });
        const report = await runFlow('client_credentials', profile, flowDeps());
        assert.equal(report.outcome.kind === 'token' && report.outcome.tokens.access_token, 'tok-en-1');
        await madeOf(report);
      });

      it(`of ${depth} ${shape} instead of one is a failure with a sentence`, async (context) => {
        for (const [status, body] of [
          [400, `{"error":"invalid_client","deep":${write(depth)}}`],
          [400, write(depth)],
          [200, write(depth)],
          [500, open(depth)],
        ] as const) {
          const { origin } = await serveSeen(context, (_, response) =>
            response.writeHead(status, { 'content-type': 'application/json' }).end(body),
          );
          const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token` });
          const report = await runFlow('client_credentials', profile, flowDeps());
          assert.ok(report.outcome.kind === 'failure');
          assert.notEqual(report.outcome.failure.kind, 'unexpected', report.outcome.failure.message);
          await madeOf(report);
        }
      });

      it(`of ${depth} ${shape} in the metadata is a failure with a sentence, or is left out`, async (context) => {
        for (const around of [(deep: string) => deep, (deep: string) => `{"issuer":"ORIGIN","x":${deep}}`]) {
          const { origin } = await serveSeen(context, (request, response) => {
            if (request.method === 'POST') response.writeHead(400).end('{}');
            else
              response
                .writeHead(200, { 'content-type': 'application/json' })
                .end(around(write(depth)).replace('ORIGIN', origin));
          });
          const report = await runFlow('client_credentials', machineProfile({ issuer: origin }), flowDeps());
          assert.ok(report.outcome.kind === 'failure');
          assert.notEqual(report.outcome.failure.kind, 'unexpected', report.outcome.failure.message);
          await madeOf(report);
        }
      });
    }
});

describe('a text that is nested without end', () => {
  const part = (text: string) => Buffer.from(text).toString('base64url');
  const readers: Readonly<Record<string, (deep: string) => unknown>> = {
    'is shown as the answer of an API': (deep) => bodyView(deep, 'application/json'),
    'is imported, or not, with a sentence': (deep) => [
      importText(deep),
      importText(`{"clientId":"c","web":${deep}}`),
      importText(`{"info":{"name":"x"},"item":${deep}}`),
      importText(`a:\n  - ${deep}`),
    ],
    'is no settings file': (deep) => [readSettings(deep), readSettings(`{"oauthExplorer.profiles":${deep}}`)],
    'is not an environment file': (deep) => [
      environmentsOf(deep),
      readEnvironment(`{"dev":${deep}}`, 'dev', 'a'),
      setEnvironment(`{"dev":${deep}}`, ['dev'], 'a', 'b'),
    ],
    'is not an answer of an MCP server': (deep) => [
      rpcAnswer(deep, 'application/json', 1),
      rpcAnswer(`{"jsonrpc":"2.0","id":1,"result":${deep}}`, 'application/json', 1),
      rpcAnswer(`data: ${deep}\n\n`, 'text/event-stream', 1),
    ],
    'is explained': (deep) => [
      readAnswer(deep, { now: 0 }),
      readAnswer(`{"error":"x","y":${deep}}`, { now: 0 }),
    ],
    'is decoded as a token': (deep) =>
      [
        deep,
        `${part('{"alg":"none"}')}.${part(`{"sub":"x","deep":${deep}}`)}.`,
        `${part(deep)}.${part(deep)}.x`,
      ].map((text) =>
        JSON.stringify(
          tokenView(readTokens({ kind: 'text', text, from: 'selection' }), { now: 0, signatures: {} }),
        ),
      ),
    'is no profile': (deep) => {
      // What VS Code would have parsed.
      const value: unknown = JSON.parse(deep);
      return parseProfiles([{ id: 'x', ...(value as object) }, value, { tokenParameters: value }], {
        scope: 'user',
      });
    },
  };
  for (const part of ['- ', '? ', '{a: ', '[', '{"a":[', '- {a: [', '&a [', '!x ['])
    it(`is refused as YAML with a sentence (${part})`, () => {
      for (const depth of depths)
        for (const end of ['', 'x', ']'.repeat(depth), ']}'.repeat(depth)]) {
          const read = readYaml(`client_id: c\na:\n  ${part.repeat(depth)}${end}`);
          assert.match('problem' in read ? read.problem : '', /nested more than 200 levels deep/);
        }
    });

  it('is refused as YAML when its lines are indented ever more', () => {
    const lines = Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n');
    const read = readYaml(lines);
    assert.match('problem' in read ? read.problem : '', /nested more than 200 levels deep/);
  });

  it('is read as ever up to 150 levels', () => {
    const read = readYaml(`a: ${'['.repeat(150)}${']'.repeat(150)}\nb: 1`);
    assert.equal('documents' in read && (read.documents[0] as { b: unknown }).b, 1);
  });

  for (const [what, read] of Object.entries(readers))
    for (const depth of depths)
      for (const write of [objects, lists, mixed])
        it(`${what} (${depth} ${write.name})`, () => {
          read(write(depth));
        });
});
