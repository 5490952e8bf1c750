import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { close, freePort, listen } from '../../src/demo/listen.ts';

describe('a free port', () => {
  it('is none that the system hands out to connections, so that none is in the way of the sign-in', async () => {
    for (let time = 0; time < 50; time++) {
      const port = await freePort();
      assert.ok(port >= 10_000 && port < 32_768, `${port}`);
    }
  });

  it('can be listened on', async () => {
    const port = await freePort();
    const server = createServer();
    assert.equal(await listen(server, port), port);
    await close(server);
  });

  it('is not one that is taken', async () => {
    const busy = createServer();
    const taken = await listen(busy, 0);
    const free = await freePort();
    assert.equal(await freePort([taken, free]), free);
    await assert.rejects(freePort([taken, taken]), { code: 'EADDRINUSE' });
    await close(busy);
  });
});
