import type { Command, Option } from './command.ts';

const program = 'oauth-explorer';
/** Characters of a line. */
const width = 80;

/** The program's own help: its commands, and how it ends. */
export function programHelp(commands: readonly Command[]): string {
  return lines([
    `Usage: ${program} <command> [options]`,
    '',
    'Get OAuth tokens, check a server, explain its answers.',
    '',
    'Commands:',
    ...table(commands.map(({ name, summary }) => [name, summary])),
    '',
    ...table([
      ['--help', `this help; ${program} <command> --help describes a command`],
      ['--version', 'the version'],
    ]),
    '',
    ...exitCodes,
  ]);
}

/** The help of one command. */
export function commandHelp({ name, summary, operand, details, options, examples }: Command): string {
  const what =
    operand === undefined ? '' : operand.several === true ? ` <${operand.name}> …` : ` <${operand.name}>`;
  return lines([
    `Usage: ${program} ${name}${what} [options]`,
    '',
    ...wrap(`${summary}.`, ''),
    ...details.flatMap((paragraph) => ['', ...wrap(paragraph, '')]),
    '',
    'Options:',
    ...table(options.map((option) => [optionName(option), optionHelp(option)])),
    '',
    'Examples:',
    ...examples.flatMap(exampleLines),
    '',
    ...exitCodes,
  ]);
}

const exitCodes = [
  'Exit codes:',
  ...table([
    ['0', 'success'],
    ['1', 'the server refused, a check failed, no token, or a failure was explained'],
    ['2', 'could not run: arguments, files, secrets, network, nobody to sign in'],
    ['130', 'interrupted (143 by SIGTERM)'],
  ]),
];

function optionName({ name, value }: Option): string {
  return value === undefined ? `--${name}` : `--${name} <${value}>`;
}

function optionHelp({ help, choices, several }: Option): string {
  const one = choices === undefined ? help : `${help}: ${choices.join(', ')}`;
  return several === true ? `${one} (may be repeated)` : one;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const column = Math.min(24, Math.max(...rows.map(([name]) => name.length)) + 4);
  return rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrap(text, ' '.repeat(column));
    const start = `  ${name}`;
    return start.length < column
      ? [start.padEnd(column) + first.trimStart(), ...rest]
      : [start, first, ...rest];
  });
}

/** The lines of a text, each with the indent before it. */
export function wrap(text: string, indent: string, most = width, between: string | RegExp = ' '): string[] {
  const result: string[] = [];
  let line = '';
  for (const word of text.split(between)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > most) {
      result.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...result, indent + line];
}

/** A line for a shell, which goes on in the next one where it is too long. */
function exampleLines(example: string): readonly string[] {
  // An option stays with its value, what is quoted together, and what follows a pipe with it.
  const [first = '', ...rest] = wrap(example, '', width - 6, / (?=(?:--|\| |https:)(?:[^"]*"[^"]*")*[^"]*$)/);
  return [first, ...rest.map((line) => `  ${line}`)].map(
    (line, index) => `  ${line}${index < rest.length ? ' \\' : ''}`,
  );
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}
