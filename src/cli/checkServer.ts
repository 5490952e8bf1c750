import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { workloadAssertion } from '../adapters/workloadAssertion.ts';
import { profileFetch, programFetch } from '../adapters/network.ts';
import { benchServer } from '../core/checks/benchServer.ts';
import type { Verdict } from '../core/checks/check.ts';
import { chooseChecks } from '../core/checks/chooseChecks.ts';
import { needsSignIn, signsIn, type PlanItem } from '../core/checks/plan.ts';
import type { ChecksReport } from '../core/checks/report.ts';
import { reportJson } from '../core/checks/reportJson.ts';
import { reportMarkdown } from '../core/checks/reportMarkdown.ts';
import { runChecks } from '../core/checks/runChecks.ts';
import { loadCatalogue } from '../core/diagnose/catalogue.ts';
import { dialectFor } from '../core/diagnose/recognise.ts';
import type { ProfileContract } from '../core/contract/contract.ts';
import { oneLine } from '../core/http/plainText.ts';
import { unknownName } from '../core/profile/problem.ts';
import { sayHello } from '../core/http/tlsHello.ts';
import { MetadataCache } from '../core/oauth/metadataCache.ts';
import { visibleText } from '../shared/visibleText.ts';
import { askWhatIsShown, canAnswer } from './askWhatIsShown.ts';
import { browserOf } from './browser.ts';
import { checksText } from './checksText.ts';
import type { Arguments } from './command.ts';
import type { ClientSecret } from '../core/ports.ts';
import { Refusal, refusalIn, type ExitCode } from './exit.ts';
import { heldLines, judge, readContract, type Judged } from './judge.ts';
import { fromKeychain } from './keychainSecrets.ts';
import { milliseconds, oneService, someoneThere } from './options.ts';
import { clientSecret, forSeveral, requireOwnSecrets, secretVariables } from './secrets.ts';
import { subjectsOf, type Subject } from './subject.ts';
import type { Terminal } from './terminal.ts';
import { progressTeller } from './tellProgress.ts';
import { unexpected } from './unexpected.ts';
import { requireOutputs, writeReports, type JudgedRun } from './writeReports.ts';

/** Runs the checks of profiles, one after the other, and reports what they found. */
export async function checkServer(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  if (args.has('markdown') && args.has('json'))
    throw new Refusal('--markdown and --json exclude each other: both are printed.');
  if (args.has('write-contract') && (args.has('contract') || args.has('client-id')))
    throw new Refusal('--write-contract goes with neither --contract nor --client-id.');
  await requireOutputs(args, terminal);
  const { subjects, unusable } = await subjectsOf(args, terminal);
  if (forSeveral(args))
    requireOwnSecrets(
      subjects.map(({ profile }) => profile),
      args,
      terminal,
    );
  const planned = [];
  for (const subject of subjects) planned.push(await plan(subject, args, terminal));
  for (const sentence of unusable) terminal.tell(oneLine(sentence));
  const codes = new Set<ExitCode>(unusable.map(() => 2));
  const runs: JudgedRun[] = [];
  for (const one of planned) {
    if (terminal.signal.aborted) break;
    if (runs.length > 0 && !args.has('json')) await terminal.print('\n');
    const { code, run } = await checkOne(one, args, terminal);
    codes.add(code);
    if (run !== undefined) runs.push(run);
  }
  if (args.has('json')) await printJson(runs, args, terminal);
  await writeReports(runs, args, terminal);
  if (terminal.signal.aborted) return 130;
  return ([130, 1, 2] as const).find((code) => codes.has(code)) ?? 0;
}

/** What is decided before anything is sent. */
interface Planned {
  readonly subject: Subject;
  readonly items: readonly PlanItem[];
  readonly contract: ProfileContract | undefined;
  readonly signIn: boolean;
}

/** Without `--only` those that are chosen to begin with in the extension, too. @throws Refusal for a name that is none */
async function plan(subject: Subject, args: Arguments, terminal: Terminal): Promise<Planned> {
  const { profile, others } = subject;
  const chosen = chooseChecks(args.values('only'), { profile, hasOtherClient: others.length > 0 });
  if (chosen.kind !== 'chosen')
    throw new Refusal(`There is no check ${unknownName(chosen.name)}. ${chosen.known}`);
  return {
    subject,
    contract: args.has('write-contract') ? undefined : await readContract([profile.id], args, terminal),
    items: chosen.items,
    signIn: someoneThere(args, terminal),
  };
}

/** One profile's checks; what keeps them from being run is told, and the others go on. @throws Refusal where there is no other */
async function checkOne(
  planned: Planned,
  args: Arguments,
  terminal: Terminal,
): Promise<{ readonly code: ExitCode; readonly run?: JudgedRun }> {
  const { subject, items, contract, signIn } = planned;
  const { profile, standing, place } = subject;
  const several = forSeveral(args);
  if (several) terminal.tell(oneLine(`${profile.name} (${profile.id})`));
  try {
    const secret = await clientSecret(profile, standing, args, terminal);
    const report = await run(planned, secret, args, terminal);
    const judged = judge(report, contract, failingVerdicts(args.value('fail-on')));
    if (!signIn && signsIn(profile)) tellSkipped(items, report, terminal);
    if (!args.has('json')) await terminal.print(printed(report, judged, args, terminal));
    return { code: exitCode(report, judged, terminal), run: { report, place, judged } };
  } catch (thrown) {
    if (!several || terminal.signal.aborted) throw thrown;
    const refusal = refusalIn(thrown);
    if (refusal === undefined) return { code: unexpected(thrown, terminal) };
    terminal.tell(refusal.message);
    return { code: refusal.exitCode };
  }
}

/** One profile's report as it is; those of several in a list. */
async function printJson(runs: readonly JudgedRun[], args: Arguments, terminal: Terminal): Promise<void> {
  for (const { judged } of runs) for (const line of heldLines(judged.held)) terminal.tell(oneLine(line));
  const reports = runs.map(({ report }) => reportJson(report));
  const [first] = reports;
  if (forSeveral(args)) await terminal.print(`[\n${reports.map((text) => text.trimEnd()).join(',\n')}\n]\n`);
  else if (first !== undefined) await terminal.print(first);
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
      `${skipped.length} ${skipped.length === 1 ? 'check was' : 'checks were'} not determined: nobody was there to sign in (use --sign-in to change that).`,
    );
}

async function run(
  { subject, items, signIn }: Planned,
  secret: ClientSecret,
  args: Arguments,
  terminal: Terminal,
): Promise<ChecksReport> {
  const { profile, standing, others } = subject;
  const { signal, tell } = terminal;
  const asked = askWhatIsShown(terminal);
  const told = progressTeller(items, tell);
  const timeout = milliseconds(args, 'timeout', 30);
  const network = {
    fetch: profileFetch(profile, programFetch(terminal.environment)),
    clock: systemClock,
    signal,
    timeout,
  };
  const catalogue = await loadCatalogue(join(terminal.home, 'providers'));
  const dialect = dialectFor(catalogue, profile);
  const isOneService = oneService(args, catalogue);
  const server = await benchServer(profile, { ...network, metadata: new MetadataCache(), isOneService });
  return runChecks(
    {
      ...network,
      hello: sayHello,
      ...{ profile, server },
      ...(dialect === undefined ? {} : { dialect }),
      others: others.map((other) => ({
        profile: other,
        secret: quietly(fromKeychain(other, standing, terminal)),
      })),
      browser: browserOf(terminal.environment, secretVariables(args, terminal)),
      signInTimeout: milliseconds(args, 'sign-in-timeout', 300),
      unattended: !canAnswer(terminal),
      material: (kind) => workloadAssertion(profile, kind, standing, { signal }),
      secret,
      progress: (event) => {
        told(event);
        if (event.kind === 'code') tell(event.text);
        asked(event);
      },
    },
    { items, signIn },
  );
}

/** Another client's secret is used where the keychain has it; nobody was asked for it, so that nobody is told otherwise. */
function quietly(secret: ClientSecret): ClientSecret {
  return (...where) => secret(...where).catch(() => undefined);
}

function printed(report: ChecksReport, { held }: Judged, args: Arguments, { colours }: Terminal): string {
  const lines = heldLines(held).map((line) => oneLine(line));
  const text = args.has('markdown') ? visibleText(reportMarkdown(report)) : checksText(report, colours);
  return lines.length === 0 ? text : `${text}\n${lines.join('\n')}\n`;
}

function exitCode({ results, cancelled }: ChecksReport, judged: Judged, { tell }: Terminal): ExitCode {
  if (cancelled) {
    tell('Interrupted.');
    return 130;
  }
  if (results.some((result) => judged.fails(result))) return 1;
  if (judged.held.some(({ keeping }) => keeping === 'broken')) return 1;
  if (results.some(({ verdict }) => verdict !== 'not_determined' && verdict !== 'not_applicable')) return 0;
  // To say that all is well it takes something that was seen.
  tell('Nothing could be determined.');
  return 2;
}
