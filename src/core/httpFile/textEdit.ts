/** Replaces `text.slice(start, end)` by `text`. Edits of one set are sorted and do not touch each other. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** `text` after all edits of a set, their offsets counting in the text before. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/**
 * Where a cursor at `offset` is after the edits: with the text it stood in or before; one at the place of an insertion stays
 * before it when a new line is put there, so that it keeps its line.
 */
export function offsetAfter(edits: readonly TextEdit[], offset: number): number {
  let shift = 0;
  for (const { start, end, text } of edits) {
    if (offset < start) break;
    const stays = start === end ? offset === start && /^\r?\n/.test(text) : offset < end;
    if (stays) return start === end ? offset + shift : start + shift + Math.min(offset - start, text.length);
    shift += text.length - (end - start);
  }
  return offset + shift;
}
