import { unknownName } from '../core/profile/problem.ts';
import type { Command } from './command.ts';
import { Refusal, refusalIn, type ExitCode } from './exit.ts';
import { commandHelp, programHelp } from './help.ts';
import { parseArguments } from './parseArguments.ts';
import type { Terminal } from './terminal.ts';

/** Runs the program with these arguments; never rejects, and whatever went wrong is told in a sentence. */
export async function main(
  args: readonly string[],
  terminal: Terminal,
  commands: readonly Command[],
): Promise<ExitCode> {
  try {
    return await run(args, terminal, commands);
  } catch (thrown) {
    if (terminal.signal.aborted) {
      terminal.tell('Interrupted.');
      return 130;
    }
    const refusal = refusalIn(thrown);
    if (refusal !== undefined) {
      terminal.tell(refusal.message);
      return refusal.exitCode;
    }
    const { unexpected } = await import('./unexpected.ts');
    return unexpected(thrown, terminal);
  }
}

async function run(
  [name = '--help', ...rest]: readonly string[],
  terminal: Terminal,
  commands: readonly Command[],
): Promise<ExitCode> {
  if (name === '--version') {
    await terminal.print(`${terminal.version}\n`);
    return 0;
  }
  const wanted = name === 'help' ? rest[0] : name;
  const command = commands.find((one) => one.name === wanted);
  if (wanted === undefined || wanted === '--help' || wanted === '-h') {
    await terminal.print(programHelp(commands));
    return 0;
  }
  if (command === undefined && wanted.startsWith('-'))
    throw new Refusal(
      `oauth-explorer has no option ${unknownName(wanted)} before a command. See oauth-explorer --help.`,
    );
  if (command === undefined)
    throw new Refusal(
      `There is no command ${unknownName(wanted)}. The commands are ${commands.map((one) => one.name).join(', ')}.`,
    );
  if (name === 'help' || rest.includes('--help') || rest.includes('-h')) {
    await terminal.print(commandHelp(command));
    return 0;
  }
  return command.run(parseArguments(command, rest), terminal);
}
