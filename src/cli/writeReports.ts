import { access } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import type { ChecksReport, CheckResult } from '../core/checks/report.ts';
import { reportJunitOf } from '../core/checks/reportJunit.ts';
import { sarifLog, sarifRun } from '../core/checks/reportSarif.ts';
import { contractFile } from '../core/contract/contract.ts';
import { longestContract, parseContract } from '../core/contract/parseContract.ts';
import { writeContract } from '../core/contract/writeContract.ts';
import { quoted } from '../core/profile/problem.ts';
import type { Arguments } from './command.ts';
import { Refusal } from './exit.ts';
import { contractPath, type Judged } from './judge.ts';
import { requireWritable, writeWhole } from './outputFiles.ts';
import { profileFiles } from './profiles.ts';
import { readUtf8File } from './readInput.ts';
import type { Subject } from './subject.ts';
import type { Terminal } from './terminal.ts';

/** Looks whether all that is to be written can be, before anything is sent. @throws Refusal */
export async function requireOutputs(args: Arguments, terminal: Terminal): Promise<void> {
  const contract = writtenContract(args);
  const files = [args.value('sarif'), args.value('junit'), contract].filter((file) => file !== undefined);
  const promised = contract === undefined ? contractPath(args) : undefined;
  const read = [...profileFiles(args), ...(promised === undefined ? [] : [promised])];
  await requireWritable(files, terminal, read);
  if (contract !== undefined) await textOf(contract, terminal);
}

/** A run, and what it came to. */
export interface JudgedRun {
  readonly report: ChecksReport;
  readonly place: Subject['place'];
  readonly judged: Judged;
}

/** Writes the reports in the forms and to the files that were asked for. @throws Refusal */
export async function writeReports(
  runs: readonly JudgedRun[],
  args: Arguments,
  terminal: Terminal,
): Promise<void> {
  const { folder, version } = terminal;
  const [sarif, junit] = [args.value('sarif'), args.value('junit')];
  const partial = isPartial(runs, [sarif, junit], terminal);
  if (sarif !== undefined && !partial) {
    const logged = runs.map(({ report, place, judged }) =>
      sarifRun(report, version, {
        place: { ...place, file: inFolder(place.file, folder) },
        isExcused: (result) => judged.isExcused(result),
      }),
    );
    await writeWhole(sarif, sarifLog(logged), terminal);
  }
  await writePromises(
    runs.map(({ report }) => report),
    args,
    terminal,
  );
  if (junit !== undefined && !partial) {
    const suites = runs.map(({ report, judged }) => ({
      report,
      fails: (result: CheckResult) => judged.fails(result),
    }));
    await writeWhole(junit, reportJunitOf(suites), terminal);
  }
}

/** Whether nothing is written: a reader would take what an interrupted run has not come to for what is in order now. */
export function isPartial(
  runs: readonly Pick<JudgedRun, 'report'>[],
  files: readonly (string | undefined)[],
  { signal, tell }: Terminal,
): boolean {
  if (!signal.aborted && runs.every(({ report }) => !report.cancelled)) return false;
  const named = files.filter((file) => file !== undefined).map((file) => quoted(file));
  if (named.length > 0)
    tell(
      `${named.join(' and ')} ${named.length === 1 ? 'was' : 'were'} not written: the run was interrupted.`,
    );
  return true;
}

/** Writes what runs found into the contract, where that was asked for. @throws Refusal */
export async function writePromises(
  reports: readonly ChecksReport[],
  args: Arguments,
  terminal: Terminal,
): Promise<void> {
  const contract = writtenContract(args);
  if (contract === undefined) return;
  const whole = reports.filter(({ cancelled }) => !cancelled);
  if (whole.length < reports.length)
    terminal.tell(`What was interrupted is left out of ${quoted(contract)}.`);
  const before = await textOf(contract, terminal);
  const now = systemClock.now();
  const text = whole.reduce<string | undefined>(
    (written, report) => writeContract(written, report, now),
    before,
  );
  if (text !== undefined && text !== before) await writeWhole(contract, text, terminal);
}

/** The contract that is to be written. */
function writtenContract(args: Arguments): string | undefined {
  return args.has('write-contract') ? (contractPath(args) ?? contractFile) : undefined;
}

/** The contract so far; absent when there is none. @throws Refusal for one that could not be added to */
async function textOf(file: string, terminal: Terminal): Promise<string | undefined> {
  const path = resolve(terminal.folder, file);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const text = await readUtf8File(terminal, file, longestContract);
  const [problem] = text.trim() === '' ? [] : parseContract(text).problems;
  if (problem === undefined) return text;
  throw new Refusal(`${quoted(file)} was left as it is. Line ${problem.line}: ${problem.message}`);
}

/** A file as code scanning names it: from the root of what was checked out, where the program runs. */
function inFolder(file: string, folder: string): string {
  const path = relative(folder, resolve(folder, file)).replaceAll('\\', '/');
  return path.startsWith('../') || isAbsolute(path) ? '.vscode/settings.json' : path;
}
