import { isObject } from '../../shared/json.ts';
import { parseShallow } from '../http/jsonDepth.ts';

/** Pieces of a body that are looked at. */
const most = 50;

/**
 * What a JSON body says, without the names of its members: each text with a blank in it is a piece, and what else an object has
 * itself, codes and names of fields, is one together (`AuthorizationCode code invalid`). Absent where the body is not a JSON object
 * or array.
 */
export function bodyPieces(body: string): readonly string[] | undefined {
  if (!/^\s*[[{]/.test(body)) return undefined;
  try {
    const value = parseShallow(body);
    const pieces = piecesOf(value);
    return pieces.length > 0 || !isObject(value) ? pieces : problemType(value['type']);
  } catch {
    // No JSON: a body that was cut, or a page.
    return undefined;
  }
}

/** What the address of a problem’s type is called, where nothing else is said. @see RFC 9457 section 3.1.1 */
function problemType(type: unknown): readonly string[] {
  const name = /^https?:.*[/#]([a-z][\w-]*)\/?$/i.exec(typeof type === 'string' ? type : '')?.[1];
  return name === undefined ? [] : [name];
}

/** The pieces of a value within a body. */
export function piecesOf(value: unknown): readonly string[] {
  const pieces: string[] = [];
  gather(value, pieces);
  return pieces;
}

/**
 * What a library of checks found at one place, as zod (`path`, `message`) and pydantic (`loc`, `msg`) list it; what it repeats of
 * the request is left out. Absent where the object is none.
 */
export function findingOf(value: Readonly<Record<string, unknown>>): string | undefined {
  const place: unknown = value['path'] ?? value['loc'];
  const message: unknown = value['msg'] ?? value['message'];
  if (typeof message !== 'string' || (typeof place !== 'string' && !Array.isArray(place))) return undefined;
  const name = [place]
    .flat()
    .map(String)
    .join('.')
    .replace(/^(?:body|query|form)\./, '');
  const isMissing = /^(?:field )?required$|received undefined/i.test(message);
  return isMissing ? `${name} is missing` : `${name}: ${message}`;
}

function gather(value: unknown, pieces: string[]): void {
  if (pieces.length >= most) return;
  const finding = isObject(value) ? findingOf(value) : undefined;
  if (finding !== undefined) return void pieces.push(finding);
  const members: readonly unknown[] = Array.isArray(value)
    ? value
    : isObject(value)
      ? Object.values(value)
      : [];
  const texts = members.filter((one) => typeof one === 'string' && one !== '' && !/^https?:/i.test(one));
  pieces.push(...texts.filter((text) => /\s/.test(String(text))).map(String));
  const codes = texts.filter((text) => !/\s/.test(String(text)));
  if (codes.length > 0) pieces.push(codes.join(' '));
  for (const one of members) if (typeof one === 'object') gather(one, pieces);
}
