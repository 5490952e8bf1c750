import { systemClock } from '../adapters/clock.ts';
import type { Verdict } from '../core/checks/check.ts';
import type { ChecksReport, CheckResult } from '../core/checks/report.ts';
import { contractFile, type ProfileContract } from '../core/contract/contract.ts';
import { holdContract, type Held } from '../core/contract/holdContract.ts';
import { longestContract, parseContract } from '../core/contract/parseContract.ts';
import { promisesOf } from '../core/contract/promisesOf.ts';
import { quoted } from '../core/profile/problem.ts';
import type { Arguments } from './command.ts';
import { Refusal } from './exit.ts';
import { readUtf8File } from './readInput.ts';
import type { Terminal } from './terminal.ts';

/** What a run comes to: by its contract, where that says something of a check, else by its verdict. */
export interface Judged {
  fails: (result: CheckResult) => boolean;
  isExcused: (result: CheckResult) => boolean;
  /** What became of each promise; empty without a contract. */
  readonly held: readonly Held[];
}

/** The contract's name, if one is to be kept. */
export function contractPath(args: Arguments): string | undefined {
  return args.value('contract-file') ?? (args.has('contract') ? contractFile : undefined);
}

/** What the contract promises under these names (a profile's id, a server's URL), the first before the others; absent where none is to be kept. @throws Refusal for one that cannot be read */
export async function readContract(
  names: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<ProfileContract | undefined> {
  const file = contractPath(args);
  if (file === undefined) return undefined;
  const { contract, problems } = parseContract(await readUtf8File(terminal, file, longestContract));
  if (problems.length > 0) {
    const said = problems.slice(0, 5).map(({ line, message }) => `Line ${line}: ${message}`);
    throw new Refusal(`${quoted(file)} cannot be held. ${said.join(' ')}`);
  }
  const found = promisesOf(contract, names);
  if (found !== undefined || args.has('all')) return found;
  throw new Refusal(
    `${quoted(file)} promises nothing of ${names.map((name) => quoted(name)).join(' or ')}. Write it with --write-contract.`,
  );
}

/** Judges a run. */
export function judge(
  report: ChecksReport,
  contract: ProfileContract | undefined,
  failing: ReadonlySet<Verdict>,
): Judged {
  const held = contract === undefined ? [] : holdContract(contract, report, systemClock.now());
  const byId = new Map(held.map((one) => [one.id, one.keeping]));
  return {
    held,
    isExcused: ({ id }) => byId.get(id) === 'excused',
    fails: ({ id, verdict }) => {
      const keeping = byId.get(id);
      if (keeping === undefined) return failing.has(verdict);
      return keeping === 'broken' || (keeping === 'open' && failing.has('not_determined'));
    },
  };
}

/** What became of the promises, for people: what is not simply kept, and how many are. */
export function heldLines(held: readonly Held[]): readonly string[] {
  if (held.length === 0) return [];
  const kept = held.filter(({ keeping }) => keeping === 'kept').length;
  const others = held.filter(({ keeping }) => keeping !== 'kept');
  return [
    `Contract: ${kept} of ${held.length} promises are kept as they stand.`,
    ...others.map(({ keeping, sentence }) => `- ${keeping}: ${sentence}`),
  ];
}
