import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Verdict } from '../core/checks/check.ts';
import type { ChecksReport } from '../core/checks/report.ts';
import { reportJunit } from '../core/checks/reportJunit.ts';
import { reportSarif } from '../core/checks/reportSarif.ts';
import { quoted } from '../core/profile/problem.ts';
import type { Arguments } from './command.ts';
import { Refusal } from './exit.ts';
import { reasonOf } from './readInput.ts';
import type { Subject } from './subject.ts';
import type { Terminal } from './terminal.ts';

/** Looks whether the files can be written, before anything is sent. @throws Refusal */
export async function requireWritable(args: Arguments, { folder }: Terminal): Promise<void> {
  for (const file of [args.value('sarif'), args.value('junit')]) {
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

/** Writes the report in the forms and to the files that were asked for. @throws Refusal */
export async function writeReports(
  report: ChecksReport,
  { place }: Pick<Subject, 'place'>,
  failing: ReadonlySet<Verdict>,
  args: Arguments,
  terminal: Terminal,
): Promise<void> {
  const version = terminal.version;
  const [sarif, junit] = [args.value('sarif'), args.value('junit')];
  const file = inFolder(place.file, terminal.folder);
  if (sarif !== undefined) await write(sarif, reportSarif(report, version, { ...place, file }), terminal);
  if (junit !== undefined) await write(junit, reportJunit(report, failing), terminal);
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
