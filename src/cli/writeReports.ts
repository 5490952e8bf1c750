import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
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
import { reasonOf, readTextFile } from './readInput.ts';
import type { Subject } from './subject.ts';
import type { Terminal } from './terminal.ts';

/** Looks whether the files can be written, before anything is sent. @throws Refusal */
export async function requireWritable(args: Arguments, { folder }: Terminal): Promise<void> {
  for (const file of [args.value('sarif'), args.value('junit'), writtenContract(args)]) {
    if (file === undefined) continue;
    try {
      const parent = dirname(resolve(folder, file));
      // With the slash it must be a folder.
      await access(join(parent, '/'), constants.W_OK);
    } catch (thrown) {
      throw notWritten(file, thrown);
    }
  }
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
  if (sarif !== undefined) {
    const logged = runs.map(({ report, place, judged }) =>
      sarifRun(report, version, {
        place: { ...place, file: inFolder(place.file, folder) },
        isExcused: (result) => judged.isExcused(result),
      }),
    );
    await write(sarif, sarifLog(logged), terminal);
  }
  await writePromises(
    runs.map(({ report }) => report),
    args,
    terminal,
  );
  if (junit !== undefined) {
    const suites = runs.map(({ report, judged }) => ({
      report,
      fails: (result: CheckResult) => judged.fails(result),
    }));
    await write(junit, reportJunitOf(suites), terminal);
  }
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
    terminal.tell(`What was interrupted is not promised: ${quoted(contract)} says nothing new of it.`);
  const before = await textOf(contract, terminal);
  const now = systemClock.now();
  const text = whole.reduce<string | undefined>(
    (written, report) => writeContract(written, report, now),
    before,
  );
  if (text !== undefined && text !== before) await write(contract, text, terminal);
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
  const text = await readTextFile(terminal, file, longestContract);
  const [problem] = text.trim() === '' ? [] : parseContract(text).problems;
  if (problem === undefined) return text;
  throw new Refusal(`${quoted(file)} was left as it is. Line ${problem.line}: ${problem.message}`);
}

/** A file as code scanning names it: from the root of what was checked out, where the program runs. */
function inFolder(file: string, folder: string): string {
  const path = relative(folder, resolve(folder, file)).replaceAll('\\', '/');
  return path.startsWith('../') || isAbsolute(path) ? '.vscode/settings.json' : path;
}

async function write(file: string, text: string, { folder }: Terminal): Promise<void> {
  try {
    await writeFile(resolve(folder, file), text);
  } catch (thrown) {
    throw notWritten(file, thrown);
  }
}

function notWritten(file: string, thrown: unknown): Refusal {
  return new Refusal(`${quoted(file)} cannot be written: ${reasonOf(thrown)}.`);
}
