import { parseArgs } from 'node:util';
import { isSecretName } from '../core/secretNames.ts';
import { nearNames } from '../core/profile/names.ts';
import { oneOf, unknownName } from '../core/profile/problem.ts';
import type { Arguments, Command } from './command.ts';
import { Refusal } from './exit.ts';

/**
 * Reads the arguments of a command.
 *
 * @throws Refusal whose sentence never repeats a value: it may be a secret
 */
export function parseArguments(command: Command, args: readonly string[]): Arguments {
  const declared = [...command.options, { name: 'help' }];
  const options = Object.fromEntries(
    command.options.map(({ name, value }) => [
      name,
      value === undefined ? { type: 'boolean' as const } : { type: 'string' as const, multiple: true },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const operands: string[] = [];
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = declared.find(({ name }) => name === token.name);
    if (option === undefined) throw unknown(command, token.rawName);
    given.set(token.name, [...(given.get(token.name) ?? []), checkedValue(command, token)]);
  }
  checkOperands(command, operands, new Set(given.keys()));
  const [operand] = operands;
  return {
    ...(operand === undefined ? {} : { operand }),
    operands,
    has: (name) => given.has(name),
    value: (name) => given.get(name)?.at(-1),
    values: (name) => given.get(name) ?? [],
  };
}

function checkedValue(
  { name: command, options }: Command,
  { name, value }: { readonly name: string; readonly value: string | undefined },
): string {
  const option = options.find((one) => one.name === name);
  if (option?.value === undefined) {
    if (value === undefined) return '';
    throw new Refusal(`--${name} takes no value. ${see(command)}`);
  }
  if (value === undefined || value === '')
    throw new Refusal(`--${name} needs a value: --${name} <${option.value}>. ${see(command)}`);
  if (option.choices?.includes(value) === false)
    throw new Refusal(`--${name} must be ${oneOf(option.choices)}.`);
  if (option.value === 'seconds' && (!/^\d{1,4}$/.test(value) || +value < 1 || +value > 3600))
    throw new Refusal(`--${name} must be a number of seconds from 1 to 3600.`);
  return value;
}

function checkOperands(
  { name, operand }: Command,
  given: readonly string[],
  options: ReadonlySet<string>,
): void {
  if (operand === undefined && given.length > 0)
    throw new Refusal(
      `${name} takes no argument but options: it reads standard input, or a file named with --file. ` +
        'What stands on a command line can be read by others on this machine.',
    );
  const what = operand?.name.replace('|', ' or ') ?? 'argument';
  if (given.length > 1 && operand?.several !== true)
    throw new Refusal(`${name} takes one ${what} only. ${see(name)}`);
  if (operand === undefined) return;
  const { orOption } = operand;
  const all = orOption !== undefined && options.has(orOption);
  if (all && given.length > 0) throw new Refusal(`--${orOption} goes without a ${what}. ${see(name)}`);
  if (!all && (given.length === 0 || given.includes('')))
    throw new Refusal(`${name} needs a ${what}. ${see(name)}`);
}

function unknown({ name, options }: Command, rawName: string): Refusal {
  const option = rawName.replace(/^-+/, '');
  if (isSecretName(option))
    return new Refusal(
      `A secret is never taken from an argument: others on this machine can read those. ` +
        'Put it into the keychain, into an environment variable (OAUTH_EXPLORER_SECRET), or pass it with --secret-stdin.',
    );
  const names = options.map((one) => `--${one.name}`);
  const near = rawName.length > 3 ? nearNames(rawName, names) : [];
  const hint = near.length === 0 ? '' : `Did you mean ${oneOf(near)}? `;
  return new Refusal(`${name} has no option ${unknownName(rawName)}. ${hint}${see(name)}`);
}

function see(command: string): string {
  return `See oauth-explorer ${command} --help.`;
}
