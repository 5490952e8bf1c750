import { isLeftOut } from './leftOut.ts';
import { redactBehind } from './redactBehind.ts';
import { isMasked, maskSeen, type Seen } from './mask.ts';
import { redactJson } from './redactJson.ts';
import { redactSaid } from './redactSaid.ts';
import { percentDecoded } from './urlHost.ts';
import { isSecretName } from '../secretNames.ts';

/** A URL in a parameter of a URL, and so on: what is nested deeper is masked whole when it may hold a secret. */
const deepest = 4;
/** Characters of the shortest text with a secret in it, such as `pw=1`. */
export const shortestPlace = 4;

/** A form or query whose secret parameters are masked; the rest stays byte for byte. */
export function redactForm(text: string, depth = 0, seen?: Seen): string {
  let result = '';
  let done = 0;
  let equals = text.indexOf('=');
  for (let at = 0; equals >= 0;) {
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
  if (value === '' || isMasked(value)) return value;
  if (isSecretName(name)) return maskedValue(value, seen);
  if (value.length < shortestPlace) return value;
  const decoded = value.includes('%') ? formDecode(value) : value;
  if (decoded === value && !(value.includes('%') && /[=@]/.test(value))) {
    // Some servers divide parameters by semicolons.
    const isParted = value.includes(';') && depth < deepest;
    return redactWords(
      isParted ? redactParameters(value, depth + 1, seen) : redactBehind(redactUserinfo(value, seen), seen),
      seen,
    );
  }
  if (decoded.length < shortestPlace) return value;
  const isJson = /^\s*[{[]/.test(decoded);
  if (!isJson && !/[=@:+\s]|%(?:3[ad]|40|2\db?)/i.test(decoded)) return value;
  if (depth === deepest) return '…';
  const within = (text: string) => redactWords(redactParameters(text, depth + 1, seen), seen);
  const redacted = isJson
    ? redactJson(decoded, false, within, seen)
    : /[=@]/.test(decoded)
      ? within(redactForm(decoded, depth + 1, seen))
      : redactValue('', decoded, depth + 1, seen);
  return redacted === decoded ? value : encodeURIComponent(redacted).replaceAll('%E2%80%A6', '…');
}

/** What was left out for others to put in is shown as it is. */
function maskedValue(value: string, seen: Seen | undefined): string {
  const decoded = isLeftOut(value) ? value : formDecode(value);
  const shown = maskSeen(decoded, seen);
  return shown === decoded ? value : `…${encodeURIComponent(shown.slice(1))}`;
}

/** Without any of this, no word of a sentence is a secret: most values have none of it. */
const mayHoldSecret = /[\d:="'`@#$%^*~|!?&\u0080-\uFFFF-]|[a-z][A-Z]|\w{16}/;

/** A sentence, whose blanks may be written as `+`. */
function redactWords(text: string, seen: Seen | undefined): string {
  if (!/[\s+:]/.test(text) || !mayHoldSecret.test(text)) return text;
  const words = text.replaceAll('+', ' ');
  const shown = redactSaid(words, seen);
  if (shown === words) return text;
  return text.includes('+') ? shown.replaceAll(' ', '+') : shown;
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
  let done = 0;
  let end = 0;
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', Math.max(at + 1, end))) {
    const name = nameBefore(text, end, at);
    if (name === undefined) continue;
    end = endOfValue(text, at + 1);
    const value = text.slice(at + 1, end);
    const shown = redactValue(formDecode(name), value, depth, seen);
    if (shown === value) continue;
    result += text.slice(done, at + 1) + shown;
    done = end;
  }
  return redactBehind(redactUserinfo(result + text.slice(done), seen), seen);
}

/** Letters, digits and `_ - . [ ] % $ :` before a place. */
const nameForm = /(?<=([\w\-.[\]%$:]{0,200}))/y;

/** The name of the parameter whose `=` is at `at`; undefined when it is none. */
function nameBefore(text: string, from: number, at: number): string | undefined {
  nameForm.lastIndex = at;
  const name = text.slice(Math.max(from, at - (nameForm.exec(text)?.[1] ?? '').length), at);
  if (name !== '' && '?&#;'.includes(text.charAt(at - name.length - 1) || ' ')) return name;
  // `&` and `?` as JSON may write them.
  return /^u00(?:26|3f|23)/i.test(name) && text.charAt(at - name.length - 1) === '\\'
    ? name.slice(5)
    : undefined;
}

/** Up to white space, quotes and `& # < > \ ;`; “the user's password” ends no quotation. */
const valueForm = /(?:[^\0- "#&'<>;\\]|(?<=[a-z])'(?=s?[+%]))*/iy;

function endOfValue(text: string, from: number): number {
  valueForm.lastIndex = from;
  valueForm.test(text);
  return valueForm.lastIndex;
}

/** What stands before the `@` of a URL is a user name and mostly a password. */
function redactUserinfo(text: string, seen?: Seen): string {
  let result = '';
  let end = 0;
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', Math.max(at + 3, end))) {
    const start = at + 3;
    authority.lastIndex = start;
    const sign = (authority.exec(text)?.[0] ?? '').lastIndexOf('@') + start;
    if (sign > start) {
      if (seen !== undefined) tellUserinfo(text.slice(start, sign), seen);
      result += `${text.slice(end, start)}…`;
      end = sign;
    }
    // What ends an authority may be the slash of the next `://`, whose colon is looked at again.
    at = Math.max(at, authority.lastIndex - 4);
  }
  return result + text.slice(end);
}

/** Up to white space, quotes and `/ ? # < > \`. */
const authority = /[^\0- "#'/<>?\\]*/y;

function tellUserinfo(userinfo: string, seen: Seen): void {
  const password = userinfo.slice(userinfo.indexOf(':') + 1);
  if (isMasked(password)) return;
  seen(password);
  seen(percentDecoded(password));
}
