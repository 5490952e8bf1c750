import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { profileFetch } from '../adapters/network.ts';
import { benchServer } from '../core/checks/benchServer.ts';
import type { Verdict } from '../core/checks/check.ts';
import { needsSignIn, type PlanItem } from '../core/checks/plan.ts';
import type { ChecksReport } from '../core/checks/report.ts';
import { reportJson } from '../core/checks/reportJson.ts';
import { reportMarkdown } from '../core/checks/reportMarkdown.ts';
import { runChecks } from '../core/checks/runChecks.ts';
import { dialectOf, loadCatalogue, namesBothEndpoints } from '../core/diagnose/catalogue.ts';
import { recogniseProvider } from '../core/diagnose/recognise.ts';
import { MetadataCache } from '../core/oauth/metadataCache.ts';
import { visibleText } from '../shared/visibleText.ts';
import { browserOf } from './browser.ts';
import { checksText } from './checksText.ts';
import { chooseChecks } from './chooseChecks.ts';
import type { Arguments } from './command.ts';
import { Refusal, type ExitCode } from './exit.ts';
import { milliseconds, someoneThere } from './options.ts';
import { clientSecret, fromKeychain, secretVariables, type ClientSecret } from './secrets.ts';
import { subjectOf, type Subject } from './subject.ts';
import type { Terminal } from './terminal.ts';
import { requireWritable, writeReports } from './writeReports.ts';

/** Runs the checks of a profile and reports what they found. */
export async function checkServer(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  if (args.has('markdown') && args.has('json'))
    throw new Refusal('--markdown and --json exclude each other: both are printed.');
  await requireWritable(args, terminal);
  const subject = await subjectOf(args, terminal);
  const { profile, other } = subject;
  const items = chooseChecks(args.values('only'), { profile, hasOtherClient: other !== undefined });
  const signIn = someoneThere(args, terminal);
  const secret = await clientSecret(profile, subject.standing, args, terminal);
  const report = await run(subject, items, signIn, secret, args, terminal);
  const failing = failingVerdicts(args.value('fail-on'));
  if (!signIn) tellSkipped(items, report, terminal);
  await terminal.print(printed(report, args, terminal));
  await writeReports(report, subject, failing, args, terminal);
  return exitCode(report, failing, terminal);
}

/** The verdicts from `from` on, the worst first. */
function failingVerdicts(from = 'fail'): ReadonlySet<Verdict> {
  const order = ['fail', 'weakness', 'not_determined'] as const;
  return new Set<Verdict>(order.slice(0, order.findIndex((one) => one === from.replace('-', '_')) + 1));
}

/** Says which checks came to nothing because nobody was there to sign in. */
function tellSkipped(items: readonly PlanItem[], { results }: ChecksReport, { tell }: Terminal): void {
  const open = new Set(
    results.filter(({ verdict }) => verdict === 'not_determined').map((result) => result.id),
  );
  const skipped = items.filter(({ check }) => needsSignIn(check) && open.has(check.id));
  if (skipped.length > 0)
    tell(
      `Nobody was there to sign in (--sign-in changes that), so these were not determined: ${skipped.map(({ check }) => check.id).join(', ')}.`,
    );
}

async function run(
  { profile, standing, other }: Subject,
  items: readonly PlanItem[],
  signIn: boolean,
  secret: ClientSecret,
  args: Arguments,
  terminal: Terminal,
): Promise<ChecksReport> {
  const { signal, tell } = terminal;
  const timeout = milliseconds(args, 'timeout', 30);
  const network = { fetch: profileFetch(profile), clock: systemClock, signal, timeout };
  const catalogue = await loadCatalogue(join(terminal.home, 'providers'));
  const dialect = dialectOf(catalogue, profile, recogniseProvider(catalogue, profile).provider);
  const knownPair = namesBothEndpoints(catalogue, profile);
  const server = await benchServer(profile, { ...network, metadata: new MetadataCache(), knownPair });
  return runChecks(
    {
      ...network,
      ...{ profile, server },
      ...(dialect === undefined ? {} : { dialect }),
      ...(other === undefined
        ? {}
        : { other: { profile: other, secret: quietly(fromKeychain(other, standing, terminal)) } }),
      browser: browserOf(terminal.environment, secretVariables(args)),
      signInTimeout: milliseconds(args, 'sign-in-timeout', 300),
      secret: () => secret(server.tokenEndpoint),
      progress: (event) => {
        if (event.kind === 'started') tell(`${event.number}/${event.total} ${event.check.title}`);
      },
    },
    { items, signIn },
  );
}

/** The other client's secret is used where the keychain has it; nobody was asked for it, so that nobody is told otherwise. */
function quietly(secret: ClientSecret): () => Promise<string | undefined> {
  return () => secret().catch(() => undefined);
}

function printed(report: ChecksReport, args: Arguments, { colours }: Terminal): string {
  if (args.has('json')) return reportJson(report);
  return args.has('markdown') ? visibleText(reportMarkdown(report)) : checksText(report, colours);
}

function exitCode(
  { results, cancelled }: ChecksReport,
  failing: ReadonlySet<Verdict>,
  { tell }: Terminal,
): ExitCode {
  if (cancelled) {
    tell('Interrupted.');
    return 130;
  }
  if (results.some(({ verdict }) => failing.has(verdict))) return 1;
  if (results.some(({ verdict }) => verdict !== 'not_determined' && verdict !== 'not_applicable')) return 0;
  // To say that all is well it takes something that was seen.
  tell('Nothing could be determined.');
  return 2;
}
