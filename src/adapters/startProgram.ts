import { homedir } from 'node:os';
import { join, win32 } from 'node:path';

/** How the system is told to start a program, without a shell that would interpret the user’s words; or why it is not started. */
export type Start =
  | { readonly file: string; readonly parameters: readonly string[]; readonly verbatim?: true }
  | { readonly problem: string };

/** The machine on which a program is started. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isFile: (path: string) => boolean;
}

/** What Windows starts: programs directly, batch files through its shell only. */
const endings = ['.com', '.exe', '.bat', '.cmd'] as const;

/** Characters that the shell, or a batch file that passes its arguments on, would not take literally. */
const shellSigns = /["%!^&|<>\r\n\0]/;

/**
 * How to start a program with its arguments. On Windows many programs are batch files (`az` is `az.cmd`), which only the shell
 * can run: each argument is quoted, and refused when it has a character that the shell interprets even in quotes.
 *
 * @see https://nodejs.org/api/child_process.html (spawning .bat and .cmd files on Windows)
 */
export function startOf([program = '', ...parameters]: readonly string[], machine: Machine): Start {
  const file = machine.platform === 'win32' ? found(program, machine) : program;
  if (file === undefined || !/\.(?:bat|cmd)$/i.test(file) || machine.platform !== 'win32')
    return { file: file ?? program, parameters };
  if (/["%\r\n\0]/.test(file) || parameters.some((one) => shellSigns.test(one)))
    return {
      problem: `Windows runs ${program} through its command shell, for which an argument must hold none of the signs " % ! ^ & | < >.`,
    };
  const line = [file, ...parameters].map(quoted).join(' ');
  const shell = join(machine.env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', 'cmd.exe');
  return { file: shell, parameters: ['/d', '/s', '/v:off', '/c', `"${line}"`], verbatim: true };
}

/** Backslashes before the closing quote count twice for the program that a batch file starts. */
function quoted(word: string): string {
  const end = /\\{1,100}$/.exec(word)?.[0] ?? '';
  return `"${word}${end}"`;
}

/** Where Windows would find a program: in the folders of PATH only, with one of the endings. */
function found(program: string, { env, isFile }: Machine): string | undefined {
  const ending = win32.extname(program).toLowerCase();
  const names = endings.map((one) => `${program}${one}`);
  if (endings.some((one) => one === ending)) names.unshift(program);
  const folders = /[\\/]/.test(program)
    ? [homedir()]
    : (env['PATH'] ?? env['Path'] ?? '').split(';').map((folder) => folder.replaceAll('"', ''));
  return folders
    .filter((folder) => win32.isAbsolute(folder))
    .flatMap((folder) => names.map((name) => win32.resolve(folder, name)))
    .find(isFile);
}
