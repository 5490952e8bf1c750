import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { byHand } from '../byHand.ts';

/** What a command gets for a row; VS Code identifies the row by this object. */
export interface Row<Line> {
  line: Line;
}

interface LineBase<Line> {
  readonly id: string;
  /** Lines below it. */
  readonly children?: readonly Line[] | undefined;
}

/**
 * A tree view that redraws only the lines that changed. While all of a tree is refreshed, VS Code knows none of its rows, and a
 * button clicked at that moment runs its command without its row.
 */
export abstract class LineTree<Line extends LineBase<Line>> implements vscode.TreeDataProvider<Row<Line>> {
  readonly #changed = new vscode.EventEmitter<Row<Line>[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #read: () => Promise<readonly Line[]>;
  readonly #rows = new Map<string, Row<Line>>();
  #lines: readonly Line[] | undefined;
  #due = false;
  #readings = Promise.resolve();

  constructor(read: () => Promise<readonly Line[]>) {
    this.#read = read;
  }

  /** The tree item of a line. */
  protected abstract draw(line: Line): vscode.TreeItem;

  /** Reads the lines again and redraws those that changed; before the view was first shown, nothing is read. */
  refresh(): void {
    if (this.#lines === undefined) this.#changed.fire(undefined);
    else this.#update();
  }

  async getChildren(parent?: Row<Line>): Promise<Row<Line>[]> {
    this.#lines ??= await this.#read();
    return (parent ? (parent.line.children ?? []) : this.#lines).map((line) => this.#rowOf(line));
  }

  getTreeItem({ line }: Row<Line>): vscode.TreeItem {
    const item = this.draw(line);
    item.id = line.id;
    if (line.children) item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
    return item;
  }

  /** Returns the same object for a line with the same id, so that VS Code recognises the row. */
  #rowOf(line: Line): Row<Line> {
    const row = Object.assign(this.#rows.get(line.id) ?? byHand({ line }), { line });
    this.#rows.set(line.id, row);
    return row;
  }

  /** Reads the lines after any reading that is under way; one that has not begun covers all changes until then. */
  #update(): void {
    if (this.#due) return;
    this.#due = true;
    this.#readings = this.#readings.then(async () => {
      this.#due = false;
      try {
        this.#show(await this.#read());
      } catch {
        // VS Code then reads the lines itself, and shows the error in the view.
        this.#lines = undefined;
        this.#changed.fire(undefined);
      }
    });
  }

  #show(lines: readonly Line[]): void {
    const sameShape = isDeepStrictEqual(ids(this.#lines ?? []), ids(lines));
    this.#lines = lines;
    const all = flat(lines);
    if (!sameShape) {
      const there = new Set(all.map(({ id }) => id));
      for (const id of this.#rows.keys()) if (!there.has(id)) this.#rows.delete(id);
      for (const line of all) if (this.#rows.has(line.id)) this.#rowOf(line);
      this.#changed.fire(undefined);
      return;
    }
    const changed: Row<Line>[] = [];
    for (const line of all) {
      const row = this.#rows.get(line.id);
      if (row === undefined) continue;
      const same = isDeepStrictEqual({ ...row.line, children: [] }, { ...line, children: [] });
      row.line = line;
      if (!same) changed.push(row);
    }
    if (changed.length > 0) this.#changed.fire(changed);
  }
}

function flat<Line extends LineBase<Line>>(lines: readonly Line[]): readonly Line[] {
  return lines.flatMap((line) => [line, ...flat(line.children ?? [])]);
}

/** Each line's id, with those below it. */
function ids<Line extends LineBase<Line>>(lines: readonly Line[]): readonly unknown[] {
  return lines.map(({ id, children }) => [id, ...(children ? [ids(children)] : [])]);
}
