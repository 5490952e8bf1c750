import { redactBehind } from './redactBehind.ts';
import { maskSeen, type Seen } from './mask.ts';
import { redactJson } from './redactJson.ts';
import { percentDecoded } from './urlHost.ts';
import { isSecretName } from '../secretNames.ts';

/** A URL in a parameter of a URL, and so on: what is nested deeper is masked whole when it may hold a secret. */
const deepest = 4;
/** Characters of the shortest text with a secret in it, such as `pw=1`. */
export const shortestPlace = 4;
/** The longest name that is looked for. */
const longestName = 200;

/** A form or query whose secret parameters are masked; the rest stays byte for byte. */
export function redactForm(text: string, depth = 0, seen?: Seen): string {
  let result = '';
  let done = 0;
  let equals = text.indexOf('=');
  for (let at = 0; equals >= 0 && at < text.length;) {
    const next = text.indexOf('&', at);
    const end = next < 0 ? text.length : next;
    if (equals < end) {
      const value = text.slice(equals + 1, end);
      const shown = redactValue(formDecode(text.slice(at, equals)), value, depth, seen);
      if (shown !== value) {
        result += text.slice(done, equals + 1) + shown;
        done = end;
      }
      equals = text.indexOf('=', end);
    }
    at = end + 1;
  }
  return result + text.slice(done);
}

function redactValue(name: string, value: string, depth: number, seen: Seen | undefined): string {
  if (value === '' || value.startsWith('…')) return value;
  if (isSecretName(name)) return `…${encodeURIComponent(maskSeen(formDecode(value), seen).slice(1))}`;
  if (!value.includes('%'))
    // Some servers divide parameters by semicolons.
    return value.includes(';') && depth < deepest
      ? redactParameters(value, depth + 1, seen)
      : redactUserinfo(value, seen);
  const decoded = formDecode(value);
  if (decoded.length < shortestPlace) return value;
  const isJson = /^\s*[{[]/.test(decoded);
  if (!isJson && !/[=@]|%3d|%40/i.test(decoded)) return value;
  if (depth === deepest) return '…';
  const within = (text: string) => redactParameters(text, depth + 1, seen);
  const redacted = isJson
    ? redactJson(decoded, false, within, seen)
    : /[=@]/.test(decoded)
      ? within(redactForm(decoded, depth + 1, seen))
      : redactValue('', decoded, depth + 1, seen);
  return redacted === decoded ? value : encodeURIComponent(redacted).replaceAll('%E2%80%A6', '…');
}

function formDecode(text: string): string {
  if (/^[^%+&\u0080-\uFFFF]*$/.test(text)) return text;
  // The same, and a good deal faster.
  if (/^(?:[^%&\u0080-\uFFFF]|%[0-7][\da-f])*$/i.test(text))
    return decodeURIComponent(text.replaceAll('+', ' '));
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}

/**
 * Any text in which the secret parameters of URLs (`?code=…`, `&token=…`, `#access_token=…`), what stands before the host of one and
 * what was generated right behind the name of a secret are masked; the rest stays as it is.
 */
export function redactParameters(text: string, depth = 0, seen?: Seen): string {
  let result = '';
  let end = 0;
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    if (at < end) continue;
    const name = nameBefore(text, Math.max(end, at - longestName), at);
    if (name === undefined) continue;
    const valueEnd = endOfValue(text, at + 1);
    result +=
      text.slice(end, at + 1) + redactValue(formDecode(name), text.slice(at + 1, valueEnd), depth, seen);
    end = valueEnd;
  }
  return redactBehind(redactUserinfo(result + text.slice(end), seen), seen);
}

/** The name of the parameter whose `=` is at `at`; undefined when it is none. */
function nameBefore(text: string, from: number, at: number): string | undefined {
  let start = at;
  while (start > from && isNamePart(text.charCodeAt(start - 1))) start--;
  if (start === at || !'?&#;'.includes(text.charAt(start - 1) || ' ')) {
    // `&` and `?` as JSON may write them.
    const escaped = /^u00(?:26|3f|23)/i.exec(text.slice(start, start + 5));
    return escaped && text.charAt(start - 1) === '\\' ? text.slice(start + 5, at) : undefined;
  }
  return text.slice(start, at);
}

/** Letters, digits and `_ - . [ ] % $ :`. */
function isNamePart(code: number): boolean {
  const letter = code | 32;
  if ((letter >= 97 && letter <= 122) || (code >= 48 && code <= 58)) return true;
  return (
    code === 95 || code === 45 || code === 46 || code === 91 || code === 93 || code === 37 || code === 36
  );
}

function endOfValue(text: string, from: number): number {
  let end = from;
  while (end < text.length && !ends(text.charCodeAt(end))) end++;
  return end;
}

/** White space, quotes and `& # < > \ ;`. */
function ends(code: number): boolean {
  if (code <= 32) return true;
  return (
    code === 38 ||
    code === 35 ||
    code === 34 ||
    code === 39 ||
    code === 60 ||
    code === 62 ||
    code === 92 ||
    code === 59
  );
}

/** What stands before the `@` of a URL is a user name and mostly a password. */
function redactUserinfo(text: string, seen?: Seen): string {
  let result = '';
  let end = 0;
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', Math.max(at + 3, end))) {
    const start = at + 3;
    let stop = start;
    let sign = -1;
    for (; stop < text.length && !endsAuthority(text.charCodeAt(stop)); stop++)
      if (text.charCodeAt(stop) === 64) sign = stop;
    if (sign > start) {
      if (seen !== undefined) tellUserinfo(text.slice(start, sign), seen);
      result += `${text.slice(end, start)}…`;
      end = sign;
    }
    // What ends an authority may be the slash of the next `://`, whose colon is looked at again.
    at = Math.max(at, stop - 4);
  }
  return result + text.slice(end);
}

function tellUserinfo(userinfo: string, seen: Seen): void {
  const password = userinfo.slice(userinfo.indexOf(':') + 1);
  if (password.startsWith('…')) return;
  seen(password);
  seen(percentDecoded(password));
}

/** White space, quotes and `/ ? # < > \`. */
function endsAuthority(code: number): boolean {
  if (code <= 32) return true;
  return (
    code === 47 ||
    code === 63 ||
    code === 35 ||
    code === 34 ||
    code === 39 ||
    code === 60 ||
    code === 62 ||
    code === 92
  );
}
