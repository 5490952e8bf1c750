import { isReadable } from '../http/plainText.ts';
import { isObject } from '../../shared/json.ts';

type Members = Readonly<Record<string, unknown>>;

/** An error in a body that is not in OAuth's form; its texts come from the server and are untrusted. */
export interface ErrorWords {
  /** A name or number for the error. */
  readonly code?: string;
  /** A sentence. */
  readonly text?: string;
  /** The body itself says that the request failed, whatever the status is. */
  readonly certain: boolean;
}

/** Members that hold a message, the most telling first; compared in lower case without `_` and `-`. */
const textNames = [
  ...['submsg', 'errordescription', 'errormessage', 'errmsg', 'faultstring', 'errordetail', 'errorreason'],
  ...['errorsummary', 'errortext', 'resultmessage', 'statusmessage'],
  ...['message', 'msg', 'detail', 'details', 'reason', 'title', 'description'],
];
/** Members that hold an error code, as a name or a number. */
const codeNames = [
  'subcode',
  'errorcode',
  'errcode',
  'errortype',
  'error',
  'code',
  'resultcode',
  'type',
  'status',
  'reason',
];
/** Those of both that no success has. */
const certainNames = new Set([
  ...['errordescription', 'errormessage', 'errmsg', 'faultstring', 'errordetail', 'errorreason'],
  ...['errorcode', 'errcode', 'errortype', 'error', 'fault', 'errors', 'subcode', 'errorresponse'],
]);
/** Objects that hold an error within them. */
const wrappers = ['error', 'fault', 'errors', 'detail', 'details', 'data', 'errorresponse'];
const deepest = 3;
const mostMembers = 50;

/** Reads an error body that does not keep to RFC 6749 section 5.2; empty when it says nothing. Depth and breadth are bounded. */
export function errorWords(members: Members): ErrorWords {
  return within(members, 0);
}

function within(members: Members, depth: number): ErrorWords {
  const named = new Map<string, unknown>();
  for (const [name, value] of Object.entries(members).slice(0, mostMembers))
    named.set(name.toLowerCase().replaceAll(/[_-]/g, ''), value);
  const inner = depth < deepest ? wrapped(named, depth) : undefined;
  const told = textNames.map((name) => named.get(name)).find(isReadable);
  // An error inside an envelope (`data`) says more than the envelope itself.
  const text = inner?.certain === true && isObject(named.get('data')) ? (inner.text ?? told) : told;
  const fields = fieldText(named, text);
  const code = codeOf(named, text);
  const found = { code: code ?? inner?.code, text: fields ?? inner?.text };
  const certain =
    inner?.certain === true ||
    numbered(named) ||
    flagged(named) ||
    [...named].some(([name, value]) => certainly(name, value));
  return {
    certain,
    ...(found.code === undefined ? {} : { code: found.code }),
    ...(found.text === undefined ? {} : { text: found.text }),
  };
}

function wrapped(named: ReadonlyMap<string, unknown>, depth: number): ErrorWords | undefined {
  for (const name of wrappers) {
    const value = named.get(name);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (isObject(first)) return within(first, depth + 1);
    if (Array.isArray(value) && isReadable(first)) return { text: first, certain: name === 'errors' };
  }
  return undefined;
}

/** `errors[].field` with its code or message: the parameter that is wrong. */
function fieldText(named: ReadonlyMap<string, unknown>, text: string | undefined): string | undefined {
  const field = ['field', 'param', 'parameter'].map((name) => named.get(name)).find(isReadable);
  if (field === undefined || text?.includes(field) === true) return text;
  return `${field}: ${text ?? codeOf(named, text) ?? 'refused'}`;
}

function codeOf(named: ReadonlyMap<string, unknown>, text: string | undefined): string | undefined {
  // A problem's type is a URL, and no code. @see RFC 9457 section 3.1.1
  const values = codeNames
    .map((name) => named.get(name))
    .filter((value) => value !== text && !/^(?:https?|about):/i.test(String(value)));
  // In gRPC's error (`code`, `message`, a list of `details`) the number only repeats the status.
  const ofFrame = Array.isArray(named.get('details'));
  const number = ofFrame ? undefined : values.find((value) => typeof value === 'number' && value !== 0);
  // A name says more than a number, and `error` may be either.
  return values.find(isReadable) ?? (typeof number === 'number' ? String(number) : undefined);
}

/** Whether an envelope says that it failed: `status: "error"` or `success: false` beside a message. */
function flagged(named: ReadonlyMap<string, unknown>): boolean {
  const said = String(named.get('status'));
  const failed = /^(?:error|fail(?:ed|ure)?)$/i.test(said) || named.get('success') === false;
  return failed && (isReadable(named.get('message')) || isReadable(named.get('msg')));
}

/** Whether a number says that it failed: `code: 40110` beside a message, neither 0 nor a success status. */
function numbered(named: ReadonlyMap<string, unknown>): boolean {
  const number = named.get('code');
  const failed = typeof number === 'number' && number !== 0 && Math.floor(number / 100) !== 2;
  // Some APIs number a success, too (`code: 1`): with a token in `data` it is one.
  const inside = named.get('data');
  if (isObject(inside) && Object.keys(inside).some((name) => /^access_?token$/i.test(name))) return false;
  return failed && (isReadable(named.get('message')) || isReadable(named.get('msg')));
}

/** Whether a member is an error: `errcode: 0` and `error: null` are in successes as well. */
function certainly(name: string, value: unknown): boolean {
  const empty = value === 0 || value === '0' || value === '' || value === null || value === false;
  return (
    certainNames.has(name) && !empty && value !== undefined && !(Array.isArray(value) && value.length === 0)
  );
}
