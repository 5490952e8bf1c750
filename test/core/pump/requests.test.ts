import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { httpDialects } from '../../../src/core/httpFile/dialect.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { readRequest } from '../../../src/core/httpFile/readRequest.ts';
import { isSendable } from '../../../src/core/httpFile/request.ts';
import { assertLinear } from './linear.ts';
import { requestShapes } from './requestShapes.ts';
import { shapes, textOf } from './shapes.ts';

/** Characters; `npm run fuzz` asks for 1 MiB. */
const longest = Number(process.env['PUMP_LONGEST'] ?? 1 << 17);

const all = [...requestShapes.map((one) => [one[0], textOf(one)] as const), ...shapes];

describe('a request is read in linear time', () => {
  for (const dialect of httpDialects)
    it(`as ${dialect} reads it, the first and the last of the file`, () => {
      const read = (text: string) => {
        const [block] = parseHttpFile(text).blocks;
        const requests = block?.requests.filter(isSendable) ?? [];
        for (const request of new Set([requests[0], requests.at(-1)]))
          if (block && request) readRequest(text, block, request, { dialect });
      };
      for (const [name, shape] of all) assertLinear(`${dialect}: ${name}`, shape, read, longest, 150);
    });

  it('with the fields that an environment adds to it', () => {
    const text = 'GET https://a/\n';
    const [block] = parseHttpFile(text).blocks;
    const [request] = block?.requests.filter(isSendable) ?? [];
    assert.ok(block && request);
    const fields = (length: number) => Array.from({ length: length / 8 }, (_, at) => `X-${at}`).join('\n');
    const read = (names: string) => {
      const added = names.split('\n').map((name) => [name, 'v'] as const);
      const { headers } = readRequest(text, block, request, { dialect: 'kulala', added });
      assert.equal(headers.length, added.length);
    };
    assertLinear('fields of an environment', fields, read, longest);
  });
});
