import { bearerHeader, type TokenHeader } from '../profile/tokenHeader.ts';
import { authorizationsOf } from './authorization.ts';
import { readAuthHeader } from './authReference.ts';
import type { HttpBlock, HttpFileRequest } from './request.ts';
import { definitionsOf } from './variable.ts';

/** Where the bearer token of a request is kept. */
export type BearerPlace =
  | { readonly way: 'none' }
  /** Something that is not a bearer token, or more than one header. */
  | { readonly way: 'others' }
  | { readonly way: 'literal'; readonly token: string; readonly line: number }
  /** A file variable; `token` is what the file defines it to be. */
  | { readonly way: 'fileVariable'; readonly name: string; readonly token: string; readonly line: number }
  /** What its tool puts the token in for by itself; `id` names a profile. */
  | { readonly way: 'reference'; readonly id: string; readonly value: string; readonly line: number }
  /** A variable the file does not define: `name`, or `$dotenv NAME`. */
  | { readonly way: 'environment'; readonly name: string; readonly line: number };

/**
 * Finds where the token of `request` is kept, so that it can be told whose it is and be renewed in place.
 *
 * @param headers those that profiles use besides `Authorization: Bearer`; the first that holds something counts
 */
export function bearerPlace(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  headers: readonly TokenHeader[] = [],
): BearerPlace {
  for (const header of [...headers, bearerHeader]) {
    const place = placeIn(text, block, request, header);
    if (place.way !== 'none' && !(place.way === 'others' && header !== bearerHeader)) return place;
  }
  return { way: 'none' };
}

function placeIn(text: string, block: HttpBlock, request: HttpFileRequest, where: TokenHeader): BearerPlace {
  const [header, second] = authorizationsOf(text, block, request, where);
  if (!header || header.kind === 'empty') return { way: 'none' };
  const { kind, content, line, valueStart, valueEnd } = header;
  const value = text.slice(valueStart, valueEnd);
  const reference = kind === 'variable' || kind === 'oauth2' ? readAuthHeader(value) : undefined;
  if (reference && !second) return { way: 'reference', id: reference.id, value, line };
  if (second || content === undefined) return { way: 'others' };
  if (kind === 'bearer') return { way: 'literal', token: content, line };
  const definition = definitionsOf(text, content, block.from, block.to).at(-1);
  if (!definition) return { way: 'environment', name: content, line };
  const token = text.slice(definition.valueStart, definition.valueEnd);
  return { way: 'fileVariable', name: content, token, line };
}
