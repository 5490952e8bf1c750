import type { Arguments, Option } from './command.ts';
import { Refusal } from './exit.ts';

/** Where profiles come from. */
export const profileOptions: readonly Option[] = [
  {
    name: 'profiles',
    value: 'file',
    several: true,
    help: 'read profiles from this settings.json, .code-workspace or list in place of .vscode/settings.json',
  },
  {
    name: 'environment',
    value: 'name',
    help: 'use the values of this one of oauthExplorer.environments for ${name} in profiles',
  },
];

/** Where the client secret comes from. */
export const secretOptions: readonly Option[] = [
  {
    name: 'secret-env',
    value: 'name',
    help: 'take the client secret from this environment variable (else OAUTH_EXPLORER_SECRET, then the keychain)',
  },
  { name: 'secret-stdin', help: 'take the client secret from standard input' },
];

/** How long to wait, and for whom. */
export const networkOptions: readonly Option[] = [
  { name: 'timeout', value: 'seconds', help: 'how long one request may take; 30 unless said otherwise' },
];

export const signInOptions: readonly Option[] = [
  { name: 'sign-in', help: 'somebody is there to sign in, although this is no terminal' },
  { name: 'no-sign-in', help: 'ask nobody to sign in, although this is a terminal' },
  {
    name: 'sign-in-timeout',
    value: 'seconds',
    help: 'how long the sign-in may take; 300 unless said otherwise',
  },
];

/**
 * The milliseconds an option names.
 *
 * @param standard seconds
 * @throws Refusal when it is no number of seconds from 1 to 3600
 */
export function milliseconds(args: Arguments, name: string, standard: number): number {
  const value = args.value(name);
  if (value === undefined) return standard * 1000;
  const seconds = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (seconds < 1 || seconds > 3600)
    throw new Refusal(`--${name} must be a number of seconds from 1 to 3600.`);
  return seconds * 1000;
}

/** Whether somebody can be asked to sign in. @throws Refusal when both is said */
export function someoneThere(args: Arguments, { attended }: { readonly attended: boolean }): boolean {
  const [yes, no] = [args.has('sign-in'), args.has('no-sign-in')];
  if (yes && no) throw new Refusal('--sign-in and --no-sign-in exclude each other.');
  return yes || (attended && !no);
}
