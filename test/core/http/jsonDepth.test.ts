import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseShallow } from '../../../src/core/http/jsonDepth.ts';
import { responseBody } from '../../../src/core/http/responseBody.ts';

const nested = (depth: number) => '{"a":['.repeat(depth) + '"]}"' + ']}'.repeat(depth);

describe('JSON that is nested without end', () => {
  it('loses only what is deep: a token beside it arrives, and can be written again', () => {
    for (const depth of [150, 5000, 100_000]) {
      const text = `{"access_token":"t","deep":${nested(depth)},"expires_in":60}`;
      const body = responseBody(text, 'application/json');
      assert.ok(body.format === 'json');
      assert.equal(body.members['access_token'], 't');
      assert.equal(body.members['expires_in'], 60);
      assert.ok(JSON.stringify(body.members));
    }
  });

  it('is read as ever up to there', () => {
    const text = nested(100);
    assert.equal(JSON.stringify(parseShallow(text)), text);
    assert.throws(() => parseShallow(`${'['.repeat(1000)}x`), SyntaxError);
  });
});
