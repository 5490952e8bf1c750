import * as vscode from 'vscode';
import { requestAt } from '../../core/httpFile/request.ts';
import { analyse, type Target } from './target.ts';

/** Follows a request through edits of its document, as a sign-in may take minutes. */
export class MovingTarget implements vscode.Disposable {
  readonly #document: vscode.TextDocument;
  readonly #head: string | undefined;
  readonly #subscription: vscode.Disposable;
  /** Offset of its request line. */
  #offset: number;

  constructor(target: Target) {
    this.#document = target.document;
    const { text, file, offset } = analyse(target);
    const request = requestAt(file, offset)?.request;
    this.#offset = request?.requestStart ?? offset;
    this.#head = request && text.slice(request.requestStart, request.headersEnd);
    this.#subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document !== this.#document) return;
      for (const { rangeOffset, rangeLength, text: inserted } of contentChanges)
        if (rangeOffset + rangeLength <= this.#offset) this.#offset += inserted.length - rangeLength;
    });
  }

  /** Its present place; undefined when the document was closed, or its request line or headers have changed. */
  get now(): Target | undefined {
    if (this.#document.isClosed) return undefined;
    const target = { document: this.#document, position: this.#document.positionAt(this.#offset) };
    const { text, file, offset } = analyse(target);
    const request = requestAt(file, offset)?.request;
    const head = request && text.slice(request.requestStart, request.headersEnd);
    return request?.requestStart === offset && head === this.#head ? target : undefined;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
