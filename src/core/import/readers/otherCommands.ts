import { commandLines } from '../commandLines.ts';
import { readCurl } from '../curlRequest.ts';
import type { Reader, Source } from '../reader.ts';
import { fromRequest } from '../requestProfile.ts';
import { lineWords } from '../shellWords.ts';
import { shellVariables } from './curl.ts';

/** Token requests by HTTPie, its relative xh, or wget, which are read as what curl calls the same. */
export const otherCommands: Reader = {
  name: 'command',
  recognises: (source) =>
    source.documents.length === 0 && source.text.length < 1_000_000 && commandsIn(source).length > 0,
  read: (source) => {
    const put = shellVariables(source);
    return commandsIn(source).map((words) =>
      fromRequest(readCurl(['curl', ...words.map(put)]), 'The command'),
    );
  },
};

const program = /^(?:.{0,200}[/\\])?(https?|xhs?|wget)(?:\.exe)?$/;

/** The token requests, as curl's words. */
function commandsIn({ text }: Source): readonly (readonly string[])[] {
  if (!/(?:^|\s)(?:https?|xhs?|wget)(?:\.exe)?\s/.test(text)) return [];
  return commandLines(text).flatMap((line) => {
    const words = lineWords(line);
    // Behind a prompt.
    const at = words.slice(0, 3).findIndex((word) => program.test(word));
    const name = at < 0 ? undefined : program.exec(words[at] ?? '')?.[1];
    const behind = words.slice(at + 1);
    const end = behind.indexOf(';');
    const rest = end < 0 ? behind : behind.slice(0, end);
    if (name === undefined || !rest.some((word) => word.includes('grant_type'))) return [];
    return [name === 'wget' ? ofWget(rest) : ofHttpie(rest)];
  });
}

/** Each option with its value, be it in the same word or, where it takes one, in the next; others are words alone. */
function optionsIn(
  words: readonly string[],
  taking: RegExp,
): readonly (readonly [name: string, value: string])[] {
  const found: [string, string][] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, long, value] = /^(--[a-z-]{1,40})=(.*)$/s.exec(word) ?? [];
    if (long !== undefined) found.push([long, value ?? '']);
    else if (taking.test(word)) found.push([word, words[++at] ?? '']);
    else found.push(word.startsWith('-') ? [word, ''] : ['', word]);
  }
  return found;
}

/** @see https://www.gnu.org/software/wget/manual/wget.html#HTTP-Options */
function ofWget(words: readonly string[]): readonly string[] {
  const taking =
    /^(?:-[aioOPtTU]|--(?:method|header|(?:post|body)-(?:data|file)|(?:http-)?(?:user|password)|timeout|tries|output-\w+))$/;
  const options = optionsIn(words, taking);
  const valueOf = (pattern: RegExp) => options.find(([name]) => pattern.test(name))?.[1];
  const user = valueOf(/^--(?:http-)?user$/);
  return [
    ...options.flatMap(([name, value]) => {
      if (/^--(?:post|body)-data$/.test(name)) return ['--data-raw', value];
      if (/^--(?:post|body)-file$/.test(name)) return ['-d', `@${value}`];
      if (name === '--header') return ['-H', value];
      return name === '' ? [value] : [];
    }),
    ...(user === undefined ? [] : ['-u', `${user}:${valueOf(/^--(?:http-)?password$/) ?? ''}`]),
  ];
}

/** @see https://httpie.io/docs/cli/request-items */
function ofHttpie(words: readonly string[]): readonly string[] {
  const taking =
    /^(?:-[aAopsS]|--(?:auth|auth-type|output|print|style|session|timeout|verify|proxy|cert|cert-key|raw))$/;
  const options = optionsIn(words, taking);
  const plain = options.flatMap(([name, value]) => (name === '' && !method.test(value) ? [value] : []));
  const [address = '', ...items] = plain;
  return [
    /^https?:\/\//.test(address) ? address : `http://${address.replace(/^:(?=\d|\/|$)/, 'localhost:')}`,
    ...items.flatMap(ofItem),
    ...options.flatMap(([name, value]) => {
      if (name === '--raw') return ['--data-raw', value];
      return name === '-a' || name === '--auth' ? ['-u', value] : [];
    }),
  ];
}

const method = /^(?:get|post|put|patch|delete|head|options)$/i;

/** `name=value`, `name:=json`, `name=@file`, `Header:value`. */
function ofItem(item: string): readonly string[] {
  const [, name = '', sign, value = ''] = /^([\w.[\]-]{1,100})(==|=@|:=|=|:)(.*)$/s.exec(item) ?? [];
  if (sign === ':') return ['-H', `${name}: ${value}`];
  if (sign === '=@') return ['-F', `${name}=@${value}`];
  return sign === undefined || sign === '==' ? [] : ['--data-urlencode', `${name}=${value}`];
}
