import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBody } from '../../../src/core/http/readBody.ts';
import { TextResponse } from '../../../src/core/http/textResponse.ts';

/** A response whose body comes in these pieces; `end` says how it ends. */
function inPieces(pieces: readonly (string | Uint8Array)[], type?: string, end?: Error) {
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece));
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = bytes.shift();
        if (next !== undefined) controller.enqueue(next);
        else if (end === undefined) controller.close();
        else controller.error(end);
      },
      cancel() {
        cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const response = new Response(body, type === undefined ? {} : { headers: { 'content-type': type } });
  return { response, left: () => bytes.length, cancelled: () => cancelled };
}

describe('the body of a response', () => {
  it('is read to its end, up to the limit itself', async () => {
    assert.deepEqual(await readBody(new Response(null), 5), { text: '', bytes: 0 });
    assert.deepEqual(await readBody(inPieces([]).response, 5), { text: '', bytes: 0 });
    assert.deepEqual(await readBody(inPieces(['ab', 'cde']).response, 5), {
      text: 'abcde',
      bytes: 5,
    });
    const parts = Buffer.from('é');
    const halves = inPieces([parts.subarray(0, 1), parts.subarray(1)]);
    assert.equal((await readBody(halves.response, 5)).text, 'é', 'a character in two pieces');
  });

  it('is cut at the limit, and nothing more is read', async () => {
    const { response, left, cancelled } = inPieces(['ab', 'cdef', 'g', 'h']);
    assert.deepEqual(await readBody(response, 4), {
      text: 'abcd',
      bytes: 6,
      tooLarge: 4,
    });
    assert.deepEqual([left(), cancelled()], [2, true]);
  });

  it('is kept as far as it came when it breaks off', async () => {
    const end = new Error('gone');
    const read = await readBody(inPieces(['ab', 'c'], undefined, end).response, 9);
    assert.deepEqual(read, { text: 'abc', bytes: 3, broken: { thrown: end } });
  });

  it('is read in its own characters, and as UTF-8 where it names none that exist', async () => {
    const byte = new Uint8Array([0xe9]);
    const text = async (type?: string) => (await readBody(inPieces([byte], type).response, 9)).text;
    for (const type of [
      'text/html; charset=iso-8859-1',
      'text/html;charset="ISO-8859-1"',
      'a;x=y; charset=latin1',
    ])
      assert.equal(await text(type), 'é', type);
    for (const type of [
      undefined,
      'text/html',
      'text/html; charset=utf-8',
      'a; charset=UTF-8',
      'a; charset=none-such',
      'a charset=latin1',
    ])
      assert.equal(await text(type), '\uFFFD', type);
  });

  // Of all encodings of the web this is the one that Node 20.18.3, 22.13 and 24 read wrong. @see nodejs/node issue 56542
  it('is read in the characters of Windows, with their quotation marks and the euro sign', async () => {
    const bytes = new Uint8Array([0x93, 0x80, 0x94]);
    for (const charset of ['windows-1252', 'iso-8859-1', 'cp1252']) {
      const { response } = inPieces([bytes], `text/plain; charset=${charset}`);
      assert.equal((await readBody(response, 9)).text, '“€”', charset);
    }
  });

  it('is read in characters of several bytes to its end', async () => {
    const text = async (charset: string, ...bytes: number[]) =>
      (await readBody(inPieces([new Uint8Array(bytes)], `a; charset=${charset}`).response, 9)).text;
    assert.equal(await text('shift_jis', 0x82, 0xa0, 0x82), 'あ\uFFFD');
    assert.equal(await text('utf-8', 0xe3, 0x81), '\uFFFD');
    assert.equal(await text('utf-16', 0x61, 0, 0x62), 'a\uFFFD');
  });
});

describe('the bytes of a body', () => {
  for (const [what, bytes, type, isKept] of [
    ['a text in UTF-8', [0xc3, 0xa9], undefined, false],
    ['one with a mark at its start', [0xef, 0xbb, 0xbf, 0x61], undefined, true],
    ['what is no text', [0x89, 0x50, 0xff, 0], undefined, true],
    ['a text in other characters', [0xe9], 'text/plain; charset=latin1', true],
    ['one of ASCII only', [0x61], 'text/plain; charset=latin1', false],
    ['one in wide characters', [0x00, 0x01], 'text/plain; charset=utf-16', true],
  ] as const)
    it(`are ${isKept ? 'kept' : 'its text'}: ${what}`, async () => {
      const { raw } = await readBody(inPieces([new Uint8Array(bytes)], type).response, 9);
      assert.deepEqual(raw && [...raw], isKept ? bytes : undefined);
    });
});

describe('a response whose text is known', () => {
  it('hands it out as often as it is asked for', async () => {
    const response = new TextResponse('{"é":1}', { status: 201, headers: { a: 'b' } });
    const copy = response.clone();
    for (const one of [response, response, copy, copy.clone()]) {
      assert.equal(await one.text(), '{"é":1}');
      assert.deepEqual(await one.json(), { é: 1 });
      assert.equal(Buffer.from(await one.arrayBuffer()).toString('utf8'), '{"é":1}');
      assert.deepEqual([one.status, one.headers.get('a'), one.body], [201, 'b', null]);
    }
  });

  it('has the bytes as they came, of which no text may have been made', async () => {
    const raw = Buffer.from([0x89, 0x50, 0xff, 0]);
    const response = new TextResponse('\uFFFDP', { status: 200 }, raw);
    for (const one of [response, response.clone()])
      assert.deepEqual([...new Uint8Array(await one.arrayBuffer())], [...raw]);
  });
});
