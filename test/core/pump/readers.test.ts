import { describe, it } from 'node:test';
import { readers } from './foreignReaders.ts';
import { moreReaders } from './moreReaders.ts';
import { assertLinear } from './linear.ts';
import { shapes } from './shapes.ts';

/** Characters; `npm run fuzz` asks for 1 MiB. */
const longest = Number(process.env['PUMP_LONGEST'] ?? 1 << 17);

describe('what others wrote is read in linear time', () => {
  for (const [what, read] of Object.entries(readers))
    it(what, () => {
      for (const [name, shape] of shapes)
        assertLinear(`${what}: ${name}`, shape, read, what in moreReaders ? longest >> 2 : longest);
    });
});
