import { authorizationsOf } from './authorization.ts';
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
  /** A variable the file does not define: `name`, or `$dotenv NAME`. */
  | { readonly way: 'environment'; readonly name: string; readonly line: number };

/** Finds where the bearer token of `request` is kept, so that it can be told whose it is and be renewed in place. */
export function bearerPlace(text: string, block: HttpBlock, request: HttpFileRequest): BearerPlace {
  const [header, second] = authorizationsOf(text, block, request);
  if (!header || header.kind === 'empty') return { way: 'none' };
  const { kind, content, line } = header;
  if (second || content === undefined) return { way: 'others' };
  if (kind === 'bearer') return { way: 'literal', token: content, line };
  const definition = definitionsOf(text, content, block.from, block.to).at(-1);
  if (!definition) return { way: 'environment', name: content, line };
  const token = text.slice(definition.valueStart, definition.valueEnd);
  return { way: 'fileVariable', name: content, token, line };
}
