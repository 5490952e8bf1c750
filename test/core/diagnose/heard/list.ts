import { heard } from './words.ts';

/** One refusal in the words of a server. */
export interface Heard {
  readonly who: string;
  readonly status: number;
  readonly error: string;
  readonly description?: string;
}

/** The vocabulary, one by one. */
export const refusals: readonly Heard[] = Object.entries(heard).flatMap(([who, lines]) =>
  lines
    .split('\n')
    .map((line) => /^\s*(\d{3}) ([\w-]+)(?:: (.*))?$/.exec(line))
    .flatMap((found) => {
      if (found === null) return [];
      const [, status, error = '', description] = found;
      return [{ who, status: Number(status), error, ...(description !== undefined && { description }) }];
    }),
);
