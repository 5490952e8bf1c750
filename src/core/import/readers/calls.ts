import { codeObjects, constantsIn, isCode } from '../codeObjects.ts';
import { bodyRequest } from '../curlRequest.ts';
import { unquoted } from '../quotedLines.ts';
import { textOf, textsOf, type Found, type Json, type Variables } from '../imported.ts';
import type { Reader, Source } from '../reader.ts';
import { fromRequest } from '../requestProfile.ts';
import { sameOnce } from '../sameOnce.ts';
import { tokenRequestIn } from '../tokenRequest.ts';
import { looseObjects } from './looseObjects.ts';
import { isList, isObject, objectOf } from '../../../shared/json.ts';

/** A call that makes a request to the address that is written in it, or that a constant of the program holds. */
const call =
  /\b(fetch|axios|got|[\w.]{1,60}\.(?:post|request(?=\(\s{0,99}["']POST)))\(\s{0,99}(?:["']POST["'],\s{0,99})?(?:url\s?=\s?)?(?:[fr]?(["'`])([^"'`\s]{1,2000})\2|([A-Za-z_$][\w$.]{0,99})(?=\s{0,99}[,)]))/g;

/** Most characters of a call, and most calls of a text, that are read. */
const [longest, most] = [20_000, 1000];

/** Token requests in JavaScript and Python: `fetch("https://…", { … })` as browsers copy it (“Copy as fetch”, also for Node), axios, got, requests and httpx. */
export const calls: Reader = {
  name: 'call in a program',
  recognises: (source) =>
    (source.documents.length === 0 || isCode.test(source.fileName)) &&
    (beginsWithOne(source) || fromCalls(source).length > 0),
  *read(source) {
    const found = fromCalls(source);
    yield* sameOnce(found);
    if (found.length === 0) yield withoutToken(source);
    const known = new Set(found.map(clientOf));
    // What is said of a client without a server may be of that of a call, unless one lacks its client.
    const isOpen = found.length > 0 && known.has(undefined);
    for (const one of looseObjects.read(source))
      if (typeof one === 'string' ? isOpen : one !== undefined && !known.has(clientOf(one))) yield one;
  },
};

function beginsWithOne({ text, documents }: Source): boolean {
  return documents.length === 0 && /^(?:(?:const|let|var) \w{1,100} ?= ?)?(?:await )?fetch\(/.test(text);
}

function withoutToken({ text }: Source): Found {
  const [[, , , url = ''] = []] = [...text.matchAll(call)].filter(([, , , one = '']) => /^https?:/.test(one));
  return fromRequest(bodyRequest(url, '', []), 'The call of fetch');
}

function clientOf(found: Found): unknown {
  return typeof found === 'string' ? undefined : found.entry['clientId'];
}

function fromCalls({ text: whole, fileName }: Source): readonly Found[] {
  if (!/grant_?type/i.test(whole)) return [];
  // What an example in a comment is sent to is not where the program sends its secret.
  const { text } = unquoted(whole, 'kept');
  const isComment = ({ index }: RegExpExecArray) =>
    /(?:^|\n)[ \t]*(?:#|\/\/|\*)[^\n]*$/.test(text.slice(Math.max(0, index - 1000), index));
  const all = [...text.matchAll(call)].slice(0, most).filter((one) => !isComment(one));
  if (all.length === 0) return [];
  const constants = constantsIn(text, fileName);
  const bodies = new Map(
    [...constants].flatMap(([name, one]) =>
      'grant_type' in objectOf(one) || /^\S*\bgrant_type=/.test(textOf(one) ?? '')
        ? [[name, textOf(one) ?? pairsOf(one)] as const]
        : [],
    ),
  );
  return all.flatMap((one, at) => {
    const [whole, name = '', , written = '', constant = ''] = one;
    const url = addressOf(written, constant, constants);
    const from = one.index + whole.length;
    const rest = text.slice(from, Math.min(from + longest, all[at + 1]?.index ?? text.length));
    const named = bodies.get(handedOver.exec(rest.slice(0, 1000))?.[1] ?? '');
    const isBody = named !== undefined || bodies.has(spread.exec(rest.slice(0, 1000))?.[1] ?? '');
    if (url === undefined || (!isBody && !/grant_?type/i.test(rest))) return [];
    const isPython = fileName.endsWith('.py') || /^(?:requests|httpx)/.test(name);
    // What stands behind the call is not handed to it.
    const handed = objectOf(codeObjects(`(0${argumentsIn(rest)}`, isPython ? 'a.py' : 'a.js')['#1']);
    const init = isPython ? handed : optionsOf(handed, name);
    const found = tokenRequestIn(
      {
        url,
        headers: pairsOf(init['headers']),
        body: named ?? bodyOf(init, constants),
        ...proofOf(init['auth']),
      },
      URL.canParse(url) ? new URL(url).host : 'Imported',
      () => textsOfProgram(constants),
    );
    return found === undefined ? [] : [found];
  });
}

function textsOfProgram(constants: ReadonlyMap<string, unknown>): Variables {
  return { get: (name) => textOf(constants.get(name)) };
}

/** The address that a call names, with the constants put into it that it names itself; absent where it is none. */
function addressOf(
  written: string,
  constant: string,
  constants: ReadonlyMap<string, unknown>,
): string | undefined {
  const texts = textsOfProgram(constants);
  const address =
    constant === ''
      ? written.replace(/\$?\{([\w.]{1,100})\}/g, (all, name: string) => texts.get(name) ?? all)
      : (texts.get(constant) ?? '');
  return /^https?:\/\//.test(address) ? address : undefined;
}

/** What is handed to a call whose bracket stands before the text, with the bracket that closes it. */
function argumentsIn(text: string): string {
  let open = 1;
  for (const { 0: found, index } of text.matchAll(
    /"(?:\\.|[^"\\\n]){0,500}"|'(?:\\.|[^'\\\n]){0,500}'|`[^`]{0,500}`|[([{]|[)\]}]/g,
  )) {
    if (found.length === 1) open += '([{'.includes(found) ? 1 : -1;
    if (open === 0) return text.slice(0, index + 1);
  }
  return text;
}

/** `fetch(url, options)`, `got.post(url, options)`; `axios.post(url, body, options)`. */
function optionsOf(handed: Json, name: string): Json {
  const [first, second] = Object.values(handed).filter(isObject);
  return name.endsWith('.post') && !/^(?:got|ky)\./.test(name) ? { ...second, body: first } : (first ?? {});
}

/** `data=name`, `body: name`: what is handed over by the name of a constant. */
const handedOver = /\b(?:data|json|body|form)\s{0,9}[=:]\s{0,9}([A-Za-z_]\w{0,99})\s{0,9}[,)}]/;

/** `{ ...name }`, `{**name}` */
const spread = /(?:\.{3}|\*\*)\$?([A-Za-z_]\w{0,99})/;

function bodyOf(init: Json, constants: ReadonlyMap<string, unknown>): unknown {
  const body = ['body', 'data', 'form', 'json'].map((key) => init[key]).find((one) => one !== undefined);
  return typeof body === 'string' ? body : pairsOf(innermost(body), constants);
}

/** What stands in `new URLSearchParams({ … })`, `JSON.stringify({ … })` and the like. */
function innermost(value: unknown, depth = 0): unknown {
  const [only, ...others] = Object.values(objectOf(value));
  return typeof only === 'object' && others.length === 0 && depth < 5 ? innermost(only, depth + 1) : value;
}

/** Most members that one call takes from another object. */
const mostSpread = 100;

function pairsOf(object: unknown, constants?: ReadonlyMap<string, unknown>): readonly Json[] {
  const pairs = Object.entries(objectOf(object)).flatMap(([name, value]) => {
    const inner = name.startsWith('...') ? Object.entries(objectOf(constants?.get(name.slice(3)))) : [];
    // What stands elsewhere opens the form.
    return inner.length > 0 && inner.length <= mostSpread ? inner : [[name, value] as const];
  });
  return [...new Map(pairs)].map(([name, value]) => ({ name, value: (textsOf(value) ?? []).join(' ') }));
}

/** `('id', 'secret')` of Python, `{ username, password }` of axios. */
function proofOf(auth: unknown): Json {
  const { username, password } = objectOf(auth);
  const [id, secret] = isList(auth) ? auth : [username, password];
  return textOf(id) === undefined ? {} : { auth: { type: 'basic', username: id, password: secret } };
}
