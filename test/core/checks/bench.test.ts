import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Bench } from '../../../src/core/checks/bench.ts';
import { Undetermined } from '../../../src/core/checks/undetermined.ts';
import { userProfile } from '../../support/profiles.ts';
import { realClock, serverOf } from './support.ts';

it('a check sends nothing to another origin than those of the server', async () => {
  const asked: string[] = [];
  const bench = new Bench(
    {
      ...{ profile: userProfile(), server: serverOf('https://as.example.com'), clock: realClock },
      ...{ signal: new AbortController().signal, timeout: 60_000 },
      fetch: (url) => {
        asked.push(url);
        return Promise.resolve(new Response());
      },
      secret: () => Promise.resolve(undefined),
    },
    new Map(),
    'A check',
  );
  for (const url of [
    'https://evil.example/token',
    'https://as.example.com.evil.example/token',
    'https://as.example.com:444/token',
    'http://as.example.com/token',
  ])
    await assert.rejects(bench.send('token', url), Undetermined, url);
  assert.deepEqual(asked, []);
  await bench.send('token', 'https://as.example.com/other');
  assert.deepEqual(asked, ['https://as.example.com/other']);
});
