import { systemClock } from '../adapters/clock.ts';
import { profileFetch, programFetch } from '../adapters/network.ts';
import { initializeRequest } from '../core/checks/apiBench.ts';
import type { Verdict } from '../core/checks/check.ts';
import { reportJson } from '../core/checks/reportJson.ts';
import { reportSarif } from '../core/checks/reportSarif.ts';
import { planApiChecks, runApiChecks } from '../core/checks/runApiChecks.ts';
import { serverKey } from '../core/contract/contract.ts';
import { oneLine } from '../core/http/plainText.ts';
import { checksText } from './checksText.ts';
import type { Arguments } from './command.ts';
import { Refusal, type ExitCode } from './exit.ts';
import { addressOf } from './exploreMcp.ts';
import { heldLines, judge, readContract } from './judge.ts';
import { mcpTokens } from './mcpTokens.ts';
import { milliseconds } from './options.ts';
import { writeWhole } from './outputFiles.ts';
import type { Terminal } from './terminal.ts';
import { progressTeller } from './tellProgress.ts';
import { isPartial, requireOutputs, writePromises } from './writeReports.ts';

/** Runs the checks of an MCP server and prints what they found. */
export async function checkMcp(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const mcp = addressOf(args.operand ?? '');
  const key = serverKey(mcp.href);
  const { signal, tell, version } = terminal;
  const failing = failingVerdicts(args.value('fail-on'));
  if (args.has('write-contract') && args.has('contract'))
    throw new Refusal('--write-contract goes without --contract.');
  await requireOutputs(args, terminal);
  const contract = args.has('write-contract')
    ? undefined
    : await readContract(
        [key, args.value('profile')].filter((name) => name !== undefined),
        args,
        terminal,
      );
  const { profile, options } = await mcpTokens(args, terminal);
  const items = planApiChecks(true, options.tokens !== undefined).filter(
    ({ check, chosen, notApplicable: why }) =>
      chosen || why !== undefined || (args.has('register') && check.area === 'mcp'),
  );
  const timeout = milliseconds(args, 'timeout', 30);
  const plain = programFetch(terminal.environment);
  const report = await runApiChecks(
    {
      ...{ version, mcp, signal, timeout, clock: systemClock },
      fetch: profile ? profileFetch(profile, plain) : plain,
      request: initializeRequest(mcp, version),
      ...options,
    },
    {
      id: key,
      name: `MCP: ${mcp.host}`,
      clientId: args.value('client-id') ?? profile?.clientId ?? 'no client',
    },
    { items },
    progressTeller(items, tell),
  );
  const judged = judge(report, contract, failing);
  const lines = heldLines(judged.held).map((line) => oneLine(line));
  if (args.has('json')) for (const line of lines) tell(line);
  const text = args.has('json')
    ? reportJson(report)
    : [checksText(report, terminal.colours), ...lines.map((line) => `${line}\n`)].join('');
  await terminal.print(text);
  const sarif = args.value('sarif');
  if (!isPartial([{ report }], [sarif], terminal) && sarif !== undefined)
    await writeWhole(sarif, reportSarif(report, terminal.version), terminal);
  await writePromises([report], args, terminal);
  if (report.cancelled) return 130;
  if (report.results.some((result) => judged.fails(result))) return 1;
  if (report.results.some(({ verdict }) => verdict === 'pass' || verdict === 'weakness')) return 0;
  // To say that all is well it takes something that was seen.
  tell('Nothing could be determined.');
  return 2;
}

function failingVerdicts(from = 'fail'): ReadonlySet<Verdict> {
  if (from !== 'fail' && from !== 'weakness')
    throw new Refusal('With --check, --fail-on is fail or weakness.');
  return new Set(from === 'fail' ? ['fail'] : ['fail', 'weakness']);
}
