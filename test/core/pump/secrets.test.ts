import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactBody } from '../../../src/core/http/redactBody.ts';
import { findLeaks } from '../../../src/core/leaks/findLeaks.ts';
import { importShapes } from './importShapes.ts';
import { assertLinear, assertWithin } from './linear.ts';
import { requestShapes } from './requestShapes.ts';
import { textOf } from './shapes.ts';

/** Characters; `npm run fuzz` asks for 1 MiB. */
const longest = Number(process.env['PUMP_LONGEST'] ?? 1 << 17);

const all = [...importShapes, ...requestShapes].map((one) => [one[0], textOf(one)] as const);

describe('files of any tool are looked through in linear time', () => {
  for (const [what, read] of [
    ['for secrets', findLeaks],
    ['for what is masked', (text: string) => redactBody(text, true, () => undefined)],
  ] as const)
    it(what, () => {
      for (const [name, shape] of all) assertLinear(`${what}: ${name}`, shape, read, longest, 150);
    });
});

it('what is linear, and slow, is noticed', () => {
  const slow = (text: string) => {
    for (let pass = 0; pass < 1500; pass++) text.replace(/\w/g, (letter) => letter.toUpperCase());
  };
  assert.throws(() => assertWithin('x', 'a'.repeat(1 << 12), slow, 150), /x: \d+/);
});
