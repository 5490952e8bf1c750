// Our parse of a 1 MB .http file against httpYac's, in pairs in one process; and ours up to 10 MB. `open_1mb_line_ms`: what opening
// a file does whose one line has 1 MiB, the slowest of six.
import { parseHttpFile } from '../../src/core/httpFile/document.ts';
import { highlight } from '../../src/core/httpFile/highlight.ts';
import { findLeaks } from '../../src/core/leaks/findLeaks.ts';
import { httpyacParse } from '../core/httpFile/judge.ts';
import { corpus } from '../core/httpFile/corpus.ts';
import { median, result } from './statistics.ts';

const megabyte = 1_000_000;
const pairs = 7;

/** The corpus over and over, so that every dialect and every kind of line has its share. */
function sample(size: number): string {
  const once = corpus
    .filter(({ language, text }) => language === 'http' && text.length < 20_000)
    .map(({ text }) => `### next\n${text}\n`)
    .join('');
  return once.repeat(Math.ceil(size / once.length)).slice(0, size);
}

function milliseconds(text: string): number {
  const started = performance.now();
  parseHttpFile(text);
  return performance.now() - started;
}

async function httpyacMilliseconds(text: string): Promise<number> {
  const started = performance.now();
  await httpyacParse(text, 'sample.http');
  return performance.now() - started;
}

const text = sample(megabyte);
const times: { ours: number; theirs: number }[] = [];
for (let pair = 0; pair <= pairs; pair++)
  times.push({ ours: milliseconds(text), theirs: await httpyacMilliseconds(text) });
// The first pair warms both up.
const measured = times.slice(1);
result('http_parse_ratio', median(measured.map(({ ours, theirs }) => theirs / ours)), 'times faster');
result('http_parse_1mb_ms', median(measured.map(({ ours }) => ours)), 'ms');
result('http_parse_httpyac_1mb_ms', median(measured.map(({ theirs }) => theirs)), 'ms');

const large = sample(10 * megabyte);
const perMegabyte = (sizes: string, size: number) =>
  median(Array.from({ length: 9 }, () => milliseconds(sizes))) / (size / megabyte);
const small = perMegabyte(text, megabyte);
result('http_parse_10mb_ms', perMegabyte(large, 10 * megabyte) * 10, 'ms');
result('http_parse_linearity', perMegabyte(large, 10 * megabyte) / small, 'time per MB at 10 MB / at 1 MB');

const line = 1 << 20;
const lines = [
  `GET https://a/${' '.repeat(line)}x`,
  `GET https://a/?${'a'.repeat(line)}`,
  `@a = ${'{{'.repeat(line / 2)}`,
  `POST https://a/\n\n${'a=&'.repeat(line / 3)}`,
  `# @name ${' '.repeat(line)}x`,
  'A '.repeat(line / 2),
];
const opened = (one: string) =>
  Array.from({ length: 7 }, () => {
    const started = performance.now();
    highlight(one, parseHttpFile(one), 0, one.length);
    return performance.now() - started;
  });
result('open_1mb_line_ms', Math.max(...lines.map((one) => median(opened(one)))), 'ms');

// What the guard does with a text of 10,000 lines: requests each of which could hold a secret and has a variable, a dense `.env`
// whose every second line names a secret that it does not hold, and secrets of one kind and of several in every line. The slowest.
const requests =
  'GET https://api.example.com/orders\nAuthorization: Bearer {{token}}\nAccept: */*\nclient_secret={{secret}}&a=1\n\n';
const variables = [
  ...[
    '# Application',
    'APP_NAME=Orders',
    'APP_ENV=production',
    'APP_KEY=',
    'APP_URL=https://orders.example.com',
  ],
  ...[
    'DB_HOST=127.0.0.1',
    'DB_PASSWORD=',
    'REDIS_URL=redis://localhost:6379',
    'MAIL_FROM="hello@example.com"',
  ],
  ...[
    'AUTH_GITHUB_ID=',
    'AUTH_GITHUB_SECRET=${GITHUB_SECRET}',
    'OAUTH_CLIENT_ID=orders',
    'OAUTH_CLIENT_SECRET=',
  ],
  ...['ACCESS_TOKEN_TTL=3600', 'REFRESH_TOKEN_TTL=86400', 'API_KEY=your-api-key', 'SESSION_SECRET=changeme'],
  ...['AWS_ACCESS_KEY_ID=', 'AWS_SECRET_ACCESS_KEY=', 'STRIPE_WEBHOOK_SECRET='],
];
const opaque = 'Zk93hQ72LmPx04TvBn81YcRd65';
const kinds = [
  'GITHUB_SECRET=',
  'client_secret: ',
  'key: ghp_4aBcD9eF',
  'Authorization: Bearer ',
  '"refresh_token": ',
];
const secrets = (from: readonly string[]) =>
  Array.from({ length: 10_000 }, (_, at) => `${from[at % from.length] ?? ''}${opaque}${at}\n`).join('');
const guarded = [
  requests.repeat(2000),
  `${variables.join('\n')}\n`.repeat(500),
  ...[secrets(kinds.slice(0, 1)), secrets(kinds.slice(2, 3)), secrets(kinds)],
];
const looks = (text: string) =>
  Array.from({ length: 21 }, () => {
    const started = performance.now();
    findLeaks(text);
    return performance.now() - started;
  });
result('leaks_10k_lines_ms', Math.max(...guarded.map((text) => median(looks(text)))), 'ms');
