import { isObject } from '../../shared/json.ts';
import { parseShallow } from '../http/jsonDepth.ts';

/** Pieces of a body that are looked at. */
const most = 50;

/**
 * What a JSON body says, without the names of its members: each text with a blank in it is a piece, and what else an object has
 * itself, codes and names of fields, is one together (`AuthorizationCode code invalid`). Absent where the body is no JSON object
 * or array.
 */
export function bodyPieces(body: string): readonly string[] | undefined {
  if (!/^\s*[[{]/.test(body)) return undefined;
  const pieces: string[] = [];
  try {
    gather(parseShallow(body), pieces);
    return pieces;
  } catch {
    // No JSON: a body that was cut, or a page.
    return undefined;
  }
}

function gather(value: unknown, pieces: string[]): void {
  if (pieces.length >= most) return;
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
