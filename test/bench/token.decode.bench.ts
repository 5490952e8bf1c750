// From a pasted 100 KB JWT to the whole model of its view: found in the text, decoded, explained, judged.
import { readTokens } from '../../src/core/token/reading.ts';
import { tokenView } from '../../src/core/token/tokenView.ts';
import { median, result } from './statistics.ts';

const runs = 40;

/** A JWT of about `size` bytes as a directory with many groups makes one. */
function largeToken(size: number): string {
  const groups: string[] = [];
  for (let length = 0; length < size * 0.74; length += 40)
    groups.push(`0f8fad5b-d9cb-469f-a165-${(7_086_772_895 + length).toString(16).padStart(12, '0')}`);
  const claims = {
    iss: 'https://as.example.com',
    aud: 'api',
    sub: 'u',
    iat: 1,
    exp: 2,
    scope: 'a b',
    groups,
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.${'c2ln'.repeat(85)}`;
}

function milliseconds(token: string): number {
  const started = performance.now();
  tokenView(readTokens({ kind: 'text', text: `Bearer ${token}`, from: 'the clipboard' }), {
    now: Date.now(),
    signatures: {},
  });
  return performance.now() - started;
}

const token = largeToken(100_000);
const times = Array.from({ length: runs }, () => milliseconds(token));
result('decode_ms', median(times.slice(5)), 'ms');
result('decode_first_ms', times[0] ?? NaN, 'ms');
const longest = largeToken(1_000_000);
result('decode_1mb_ms', median(Array.from({ length: 9 }, () => milliseconds(longest))), 'ms');
