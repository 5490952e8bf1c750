import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpLanguage } from '../../../src/core/httpFile/request.ts';

const folder = join(import.meta.dirname, 'corpus');

/** One file of the corpus. */
export interface CorpusFile {
  readonly name: string;
  readonly text: string;
  readonly language: HttpLanguage;
}

/** The corpus: all dialects, byte for byte as it lies there. */
export const corpus: readonly CorpusFile[] = readdirSync(folder)
  .sort()
  .map((name) => ({
    name,
    text: readFileSync(join(folder, name), 'utf8'),
    language: name.endsWith('.md') ? 'markdown' : 'http',
  }));
