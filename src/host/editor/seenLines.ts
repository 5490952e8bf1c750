import * as vscode from 'vscode';

/** Lines above and below what an editor shows that are covered too, so that scrolling finds lenses already there. */
const margin = 400;
/** How near to the end of what is covered an editor may come. */
const reserve = 100;

/** Remembers which lines of a long document are worth working for: those its editors show, and some around. */
export class SeenLines {
  readonly #covered = new WeakMap<vscode.TextDocument, readonly vscode.Range[]>();

  /** Covers what the document's editors show now. @returns whether a line is covered; all are when no editor shows it. */
  cover(document: vscode.TextDocument): (line: number) => boolean {
    const seen = vscode.window.visibleTextEditors
      .filter((editor) => editor.document === document)
      .flatMap((editor) => editor.visibleRanges);
    if (seen.length === 0) {
      this.#covered.delete(document);
      return () => true;
    }
    const covered = seen.map(({ start, end }) => widened(start.line, end.line, margin));
    this.#covered.set(document, covered);
    return (line) => covered.some(({ start, end }) => line >= start.line && line <= end.line);
  }

  /** Whether the editor shows lines that were left out, or comes near to them. */
  isBeyond({ document, visibleRanges }: vscode.TextEditor): boolean {
    const covered = this.#covered.get(document);
    if (!covered) return false;
    const last = document.lineCount - 1;
    return !visibleRanges.every(({ start, end }) => {
      const wanted = widened(start.line, Math.min(end.line + reserve, last) - reserve, reserve);
      return covered.some((range) => range.contains(wanted));
    });
  }
}

const widened = (from: number, to: number, by: number) =>
  new vscode.Range(Math.max(0, from - by), 0, Math.max(0, to + by), 0);
