import { describe, it } from 'node:test';
import { importText } from '../../../src/core/import/importText.ts';
import { importPairs } from './importPairs.ts';
import { importShapes } from './importShapes.ts';
import { assertLinear } from './linear.ts';
import { textOf } from './shapes.ts';

/** Characters; `npm run fuzz` asks for 1 MiB. */
const longest = Number(process.env['PUMP_LONGEST'] ?? 1 << 17);

/** What a file of each kind is called; of code, that of the language is the second word. */
const ending = (name: string): string | undefined =>
  ({
    code: `a.${name.split(' ')[1] ?? ''}`,
    env: '.env',
    bru: 'a.bru',
    ini: 'a.ini',
    toml: 'a.toml',
    yaml: 'a.yaml',
    here: 'a.sh',
  })[/^\w+/.exec(name)?.[0] ?? ''];

describe('what is imported is read in linear time', () => {
  for (const one of importShapes)
    it(`${one[0]}, pasted and as a file`, () => {
      assertLinear(one[0], textOf(one), (text) => importText(text), longest);
      const file = ending(one[0]);
      // A name only chooses among the readers that were asked above.
      if (file !== undefined)
        assertLinear(
          `${one[0]} in ${file}`,
          textOf(one),
          (text) => importText(text, undefined, file),
          longest >> 2,
        );
    });

  for (const { name, file, halves } of importPairs)
    it(name, () => {
      const [first, second] = halves.map(textOf);
      assertLinear(
        name,
        (length) => (first?.(length >> 1) ?? '') + (second?.(length >> 1) ?? ''),
        (text) => importText(text, undefined, file),
        longest,
      );
    });
});
