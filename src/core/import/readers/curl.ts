import { readCurl } from '../curlRequest.ts';
import { valuesOf } from '../commandLines.ts';
import { resolve } from '../placeholder.ts';
import { readPowershell } from '../powershellRequest.ts';
import type { Reader, Source } from '../reader.ts';
import { fromRequest } from '../requestProfile.ts';
import { shellCommands, shellOf } from '../shellWords.ts';

/** Whether a command line with nothing but comments and settings of variables before it is curl's. */
function isCurlAtStart(text: string): boolean {
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    if (/^[ \t]*(?:#|::|@?(?:REM|echo|setlocal|chcp|title)\b)/i.test(line)) continue;
    // What takes another command's output is the setting of a variable.
    if (/^[ \t]*(?:export[ \t]+)?\w{1,100}=["']?\$\((?![ \t]*curl[ \t])/.test(line)) continue;
    const words = line.split(/\s+/).filter((word) => word !== '');
    const command = words.findIndex((word) => !/^[A-Za-z_]\w{0,100}=(?!["']?\$\(curl$)/.test(word));
    if (/^[ \t]*set[ \t].{0,200}\(curl[ \t]/.test(line)) return true;
    // What a script begins with.
    if (command < 0 || /^(?:set|export|local|readonly|declare|source|\.|cd|echo)$/.test(words[command] ?? ''))
      continue;
    if ((words[command] ?? '').endsWith('$(curl')) return true;
    const program = /^(?:[$>%*-]|\d{1,2}[.)])$/.test(words[command] ?? '') ? command + 1 : command;
    const goesOn = words.length > program + 1 || at < lines.length - 1;
    return goesOn && /^(?:\S{0,200}[/\\])?curl(?:\.exe)?$/i.test(words[program] ?? '');
  }
  return false;
}

/** Token requests as curl commands of bash, cmd or PowerShell. @see RFC 6749 sections 2.3.1 and 4.4.2 */
export const curl: Reader = {
  name: 'curl command',
  recognises: ({ text, documents }) => documents.length === 0 && isCurlAtStart(text.slice(0, 20_000)),
  read: (source) => {
    const { text } = source;
    const put = shellVariables(source);
    return commandsIn(text.replace(/^[ \t]*(?:[$>%*-]|\d{1,2}[.)])[ \t]+(?=\S*curl)/gim, ''))
      .flatMap(requestsOf)
      .map((words) => fromRequest(readCurl(words.map(put)), 'The curl command'));
  },
};

/** Puts a script's variables into a word; where one has several values, none is guessed: a placeholder opens the form. */
export function shellVariables({ variables, text }: Source): (word: string) => string {
  const values = valuesOf(variables, text);
  const braced = (word: string) =>
    word.replace(/\$(\w{1,100})|%(\w{1,100})%/g, (all, ofShell?: string, ofCmd?: string) => {
      const name = ofShell ?? ofCmd ?? '';
      return values.has(name) ? `\${${name}}` : all;
    });
  const get = (name: string) => {
    const value = values.get(name);
    return value === undefined ? undefined : braced(value);
  };
  return (word) => resolve(braced(word), { get });
}

/** The words of each curl command, also of one whose output a script takes: `TOKEN=$(curl …)`. */
function commandsIn(text: string, depth = 0, shell = shellOf(text)): readonly (readonly string[])[] {
  return shellCommands(text, shell).flatMap((words) => {
    const inner = words.flatMap((word) => {
      const [, command] = depth > 2 ? [] : (/\$\((\s{0,9}curl\s.*)\)/s.exec(word) ?? []);
      return command === undefined ? [] : commandsIn(command, depth + 1, shell);
    });
    const start = words.findIndex((word) => /(?:^|[/\\])curl(?:\.exe)?$/i.test(word));
    return start < 0 ? inner : [words.slice(start), ...inner];
  });
}

/** The words of each request of one command: after `--next` nothing of the one before counts. @see https://curl.se/docs/manpage.html#-: */
function requestsOf(words: readonly string[]): readonly (readonly string[])[] {
  const requests: string[][] = [[]];
  for (const word of words) {
    if (word === '--next' || word === '-:') requests.push(['curl']);
    else requests.at(-1)?.push(word);
  }
  return requests;
}

/** A token request as PowerShell makes it. */
export const powershell: Reader = {
  name: 'PowerShell command',
  recognises: ({ text, documents }) =>
    documents.length === 0 &&
    /(?:^|[\n;=|(])[ \t\r]{0,100}(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\s/i.test(
      text.slice(0, 20_000),
    ),
  read: ({ text }) => readPowershell(text).map((request) => fromRequest(request, 'The PowerShell command')),
};
