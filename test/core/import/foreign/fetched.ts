import type { ForeignFile } from './foreignFile.ts';

/** Files of public repositories: what is in them by its shape, with ids, secrets and servers made up. `origin` says where each was met. */
export const fetched: readonly ForeignFile[] = [];
