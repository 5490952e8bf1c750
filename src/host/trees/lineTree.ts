import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';

/** What a command gets from a tree's row; VS Code knows the row by this object for as long as the row is there. */
export interface Row<Line> {
  line: Line;
}

/**
 * A tree view of lines that is drawn anew only where it changed. While all of a tree is refreshed VS Code knows none of its rows,
 * and a button pressed at that moment reaches its command without the row it belongs to.
 */
export abstract class LineTree<Line extends { readonly id: string }> implements vscode.TreeDataProvider<
  Row<Line>
> {
  readonly #changed = new vscode.EventEmitter<Row<Line>[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #read: () => Promise<readonly Line[]>;
  #rows: readonly Row<Line>[] | undefined;
  #due = false;
  #readings = Promise.resolve();

  constructor(read: () => Promise<readonly Line[]>) {
    this.#read = read;
  }

  /** How a line is drawn. */
  protected abstract draw(line: Line): vscode.TreeItem;

  /** Reads the lines again and has those drawn that changed; nothing while the view was never shown. */
  refresh(): void {
    if (this.#rows === undefined) this.#changed.fire(undefined);
    else this.#update();
  }

  async getChildren(parent?: Row<Line>): Promise<Row<Line>[]> {
    if (parent) return [];
    this.#rows ??= (await this.#read()).map((line) => ({ line }));
    return [...this.#rows];
  }

  getTreeItem({ line }: Row<Line>): vscode.TreeItem {
    const item = this.draw(line);
    item.id = line.id;
    return item;
  }

  /** Readings follow one another, and one that has not begun yet brings all that changed until then. */
  #update(): void {
    if (this.#due) return;
    this.#due = true;
    this.#readings = this.#readings.then(async () => {
      this.#due = false;
      try {
        this.#show(await this.#read());
      } catch {
        // VS Code reads them once more, and says in the view what is wrong.
        this.#rows = undefined;
        this.#changed.fire(undefined);
      }
    });
  }

  #show(lines: readonly Line[]): void {
    const rows = this.#rows ?? [];
    if (!isDeepStrictEqual(ids(rows.map(({ line }) => line)), ids(lines))) {
      const known = new Map(rows.map((row) => [row.line.id, row]));
      this.#rows = lines.map((line) => Object.assign(known.get(line.id) ?? { line }, { line }));
      this.#changed.fire(undefined);
      return;
    }
    const changed: Row<Line>[] = [];
    for (const [index, row] of rows.entries()) {
      const line = lines[index];
      if (line === undefined || isDeepStrictEqual(row.line, line)) continue;
      row.line = line;
      changed.push(row);
    }
    if (changed.length > 0) this.#changed.fire(changed);
  }
}

function ids(lines: readonly { readonly id: string }[]): readonly string[] {
  return lines.map(({ id }) => id);
}
