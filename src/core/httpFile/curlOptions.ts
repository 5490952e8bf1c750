import { splitOption } from '../import/curlRequest.ts';
import type { HttpDialect } from './dialect.ts';

/** An option with its value; an empty name for what is not an option. */
export interface CurlOption {
  readonly name: string;
  readonly value: string;
}

/** Says something of an option, by its name as it is written. */
export type Say = (name: string, message: string, stops?: true) => void;

/** The options that hold a body. REST Client takes those of the first kind that is there, and joins them. */
export const dataOptions = ['-d', '--data', '--data-ascii', '--data-binary', '--data-raw'];
/** What REST Client does not know, and would leave out. @see vscode-restclient, README, cURL Request */
const unknownToRestClient =
  /^(?:--json|--data-urlencode|-G|--get|-A|--user-agent|-e|--referer|--oauth2-bearer)$/;
/** What changes nothing of the request itself. */
const harmless =
  /^(?:-[#0-9aBfgijlLNOqRsSvZoDwmyYc]|--(?:location|location-trusted|compressed|silent|show-error|show-headers|verbose|include|fail.*|globoff|http\d.*|no-.*|output|output-dir|remote-.*|create-dirs|create-file-mode|write-out|dump-header|max-time|connect-timeout|retry.*|progress-.*|cookie-jar|trace.*|max-redirs|max-filesize|limit-rate|speed-.*|parallel.*|path-as-is|tcp-.*|keepalive.*|ipv[46]|tlsv.*|tls-max|ssl.*|styled-output|stderr|disable|disallow-.*|expect100-timeout))$/;

const notTrusted = 'The certificate of the server is checked all the same.';
export const lost =
  'What this option of curl would send cannot be sent from here, so the request is not sent.';

/** What is said of options that are not done as curl does them; `true`: the request would not be the same without them. */
const said: readonly (readonly [option: RegExp, message: string, stops?: true])[] = [
  [/^(?:-F|--form|--form-string|-T|--upload-file|-K|--config|--url-query|--request-target)$/, lost, true],
  [/^(?:--unix-socket|--abstract-unix-socket|--resolve|--connect-to|--variable|--aws-sigv4)$/, lost, true],
  [/^(?:-k|--insecure)$/, notTrusted],
  [/^(?:-x|--proxy.*|--preproxy|--socks.*|--noproxy)$/, 'What is said of the proxy here is not used.'],
  [/^(?:-E|--cert.*|--key.*|--pass|--cacert|--capath)$/, 'The certificate named here is not used.'],
];

/**
 * The options of a command by its words; of several letters in one word each is one.
 *
 * @param unquote what takes the quotes away that still stand around a value
 */
export function optionsOf(
  words: readonly string[],
  unquote: (value: string) => string,
): readonly CurlOption[] {
  const options: CurlOption[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      options.push({ name: '', value: unquote(word) });
      continue;
    }
    const [name, value] = splitOption(word, words[at + 1] ?? '');
    const letters = /^-([^-AbcCdDeEFHKmoPQrtTuUwxXyYz]+)/.exec(word)?.[1] ?? '';
    for (const letter of letters) options.push({ name: `-${letter}`, value: '' });
    if (letters === '' || value.next || value.text !== '') options.push({ name, value: unquote(value.text) });
    if (value.next) at++;
  }
  return options;
}

/** The values of the options of these names. */
export const values = (options: readonly CurlOption[], names: readonly string[]) =>
  options.flatMap(({ name, value }) => (names.includes(name) ? [value] : []));

/** Whether an option is there. */
export const isSet = (options: readonly CurlOption[], pattern: RegExp) =>
  options.some(({ name }) => pattern.test(name));

/** What is not done as curl, or as the file's own tool, does it. */
export function sayOptions(options: readonly CurlOption[], dialect: HttpDialect, say: Say): void {
  for (const { name } of options) {
    const [, message, stops] = said.find(([pattern]) => pattern.test(name)) ?? [];
    if (message !== undefined) say(name, message, stops);
    else if (unknownToRestClient.test(name)) {
      if (dialect === 'rest_client')
        say(name, `REST Client does not know ${name}; it is read as curl reads it.`);
    } else if (!known.has(name) && !harmless.test(name)) say(name, 'This option of curl is not used.');
  }
}

const known = new Set([
  ...['', '-X', '--request', '--url', '-H', '--header', '-I', '--head', '-b', '--cookie', '-u', '--user'],
  ...dataOptions,
]);

/** Of an option in both its spellings REST Client reads the short one. */
export function sayTwice(options: readonly CurlOption[], say: Say): void {
  for (const [short, long] of [
    ['-H', '--header'],
    ['-X', '--request'],
    ['-u', '--user'],
    ['-b', '--cookie'],
  ] as const)
    if (values(options, [short]).length > 0 && values(options, [long]).length > 0)
      say(long, `REST Client would read ${short} only, and not this.`);
}
