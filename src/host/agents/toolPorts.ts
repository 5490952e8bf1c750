import * as vscode from 'vscode';
import { networkFetch } from '../../adapters/network.ts';
import { callApi, type ApiRequest } from '../../core/api/callApi.ts';
import { otherClients } from '../../core/checks/otherClients.ts';
import { defectText } from '../../core/record/defectText.ts';
import type { FlowReport } from '../../core/record/report.ts';
import { secretsIn } from '../../core/http/secrets.ts';
import { exploreMcpServer } from '../../core/mcp/explore.ts';
import { mcpContext } from '../../core/mcp/transport.ts';
import { keptOf } from '../../core/profile/kept.ts';
import { secretPlace, type Profile } from '../../core/profile/profile.ts';
import type { ToolPorts } from '../../core/tools/tool.ts';
import { ToolError } from '../../core/tools/toolError.ts';
import { mayHaveToken } from '../accessQuestion.ts';
import { confirmHost } from '../confirmHost.ts';
import { explainRun } from '../explainRun.ts';
import { tokensOf } from '../obtainToken.ts';
import { callParts } from '../sendRequest.ts';
import { runProfileChecks } from '../runProfileChecks.ts';
import type { Services } from '../services.ts';
import { requestTimeout } from '../settings.ts';
import { usedOrigins } from '../usedOrigins.ts';

type ToSend = Pick<Services, 'access' | 'clock' | 'flows' | 'globalState' | 'runner' | 'secrets' | 'session'>;

/** The services that the tools for language models use. */
export type ToServe = ToSend & Pick<Services, 'checks' | 'output' | 'profiles' | 'tokens' | 'version'>;

/** The ports of the tools for language models, made from the services. */
export function toolPorts(services: ToServe): ToolPorts {
  const { clock, flows, globalState, output, profiles, runner, tokens } = services;
  const all = () => profiles.usable();
  return {
    clock,
    profiles: all,
    tokens: (profile) => tokens.get(profile),
    runs: () => flows.ended(),
    catalogue: () => runner.catalogue(),
    explain: (run) => explainRun(services, run),
    agreed: (profile) => usedOrigins(globalState, profile),
    send: (profile, request, signal) => send(services, profile, request, signal),
    check: async (profile, items, signIn, signal) => {
      const previous = services.checks.get(profile.id);
      const choice = { items, signIn, ...(previous && { previous }) };
      const report = await runProfileChecks(services, profile, otherClients(profile, all()), choice, signal);
      services.checks.keep(report);
      return report;
    },
    explore: (url, signal) => {
      const network = { fetch: networkFetch, clock, signal, timeout: requestTimeout() };
      return exploreMcpServer(url, { version: services.version }, mcpContext(network));
    },
    unexpected: (thrown) => output.error(`A chat tool: ${defectText(thrown)}`),
    secrets: async () => {
      const held = await Promise.all(all().map((profile) => secretsOf(services, profile)));
      return [...held, ...flows.ended().map(secretsSeen)].flat();
    },
  };
}

/** Asks for the missing token, and the user about the host, then sends. */
async function send(
  services: ToSend,
  profile: Profile,
  request: ApiRequest,
  signal: AbortSignal,
): ReturnType<typeof callApi> {
  const { access, flows, globalState } = services;
  if (!(await mayHaveToken(access, 'agent', profile)))
    throw new ToolError(
      `The user does not let chat agents use the token of “${profile.name}”. Do not try again; the user can change that with “OAuth Explorer: Manage Access to Tokens…”.`,
    );
  const { origin } = new URL(request.url);
  if (!usedOrigins(globalState, profile).includes(origin)) {
    const why = vscode.l10n.t('A chat agent wants to call it.');
    if (!(await confirmHost(services, profile, { kind: 'ask', origin, why })))
      throw new ToolError(
        `The user did not let the token go to ${origin}. Ask the user which host is meant.`,
      );
  }
  const call = await callApi(profile, request, {
    ...callParts(services, profile, signal),
    tokens: await tokensOf(services, profile, signal),
    confirm: (verdict) => confirmHost(services, profile, verdict),
  });
  flows.put({ state: 'ended', flow: call.report });
  return call;
}

async function secretsOf(
  { secrets, tokens }: Pick<Services, 'secrets' | 'tokens'>,
  profile: Profile,
): Promise<readonly string[]> {
  const kept = await Promise.all(
    // A secret that the keychain does not give cannot be masked; nor is it in any answer of ours.
    keptOf(profile).map((one) => secrets.get(secretPlace(profile, undefined, one)).catch(() => undefined)),
  );
  const held = await tokens.get(profile);
  return [...kept, held?.access_token, held?.refresh_token, held?.id_token].filter(
    (one) => one !== undefined,
  );
}

/** Cached by run, which never changes once it has ended. */
const seen = new WeakMap<FlowReport, readonly string[]>();

function secretsSeen(run: FlowReport): readonly string[] {
  const known = seen.get(run) ?? [
    ...secretsIn(run.exchanges),
    ...(run.pkce === undefined ? [] : [run.pkce.code_verifier]),
  ];
  seen.set(run, known);
  return known;
}
