import { belongs, isColumnName } from './redactTables.ts';
import { isErrorCode, isSecretName } from '../secretNames.ts';

/** Tells of the texts in the cells of HTML tables and definition lists which of them stand beside or below the name of a secret. */
export class MarkupCells {
  #cell = '';
  #column = -1;
  /** The column of this row, or a term, that is the name of a secret. */
  #named: number | undefined;
  #hasData = false;
  /** What the second column is called, or begins with. */
  #second: string | undefined;
  #columns = new Set<number>();
  /** The names in this row, which may be the first. */
  #heads: number[] = [];

  /** @param name of an element that begins or, behind a slash, ends. */
  enter(name: string): void {
    if (name.length > 6) return;
    const element = name.toLowerCase();
    switch (element) {
      case '/td':
      case '/th':
      case '/dd':
      case '/dt':
        this.#cell = '';
        return;
      case 'table':
        this.#row();
        [this.#columns, this.#second] = [new Set(), undefined];
        return;
      case 'tr':
      case 'dl':
        this.#row();
        return;
      case 'dt':
        this.#row();
        break;
      case 'td':
        this.#hasData = true;
        break;
      case 'th':
      case 'dd':
        break;
      default:
        return;
    }
    this.#cell = element;
    this.#column++;
  }

  #row(): void {
    if (!this.#hasData) for (const column of this.#heads) this.#columns.add(column);
    this.#column = -1;
    this.#named = undefined;
    this.#hasData = false;
    this.#heads = [];
  }

  /** @param after what follows, of which only the begin is looked at. */
  isSecret(words: string, after: () => string): boolean {
    if (this.#cell === '' || words.length > 4000) return false;
    const text = words.trim();
    if (text === '') return false;
    if (this.#column === 1) this.#second ??= text;
    const name = text.replace(/[ \t]?:$/, '');
    if (isColumnName(name) && isSecretName(name)) {
      this.#named ??= this.#column;
      this.#heads.push(this.#column);
      return false;
    }
    if (!/^(?=\D*\d)\S{8,}$/.test(text) || isErrorCode(text) || /^\w{1,20}:\/\//.test(text)) return false;
    if (this.#cell === 'dd') return this.#named !== undefined;
    if (this.#cell !== 'td') return false;
    if (this.#columns.has(this.#column)) return true;
    if (this.#named !== 0 || this.#column !== 1) return false;
    if (this.#second !== text && belongs.test(this.#second ?? '')) return false;
    // Alone with its name: what has more columns says of each what it is.
    return !/^[^<]*(?:<(?!\/?(?:tr|table|tbody)\b|t[dh]\b)[^<]*)*<t[dh]\b/i.test(after());
  }
}
