import { readers } from './foreignReaders.ts';
import { shapes } from './shapes.ts';

/** Pieces of everything that is read, whole and broken. */
const pieces: readonly string[] = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '`',
    ':',
    ',',
    '\\',
    '\\u0000',
    '\\ud800',
    '\ud800',
    '\u0000',
    '\uFEFF',
    '\u202e',
  ],
  ...[
    '=',
    '&',
    '?',
    '#',
    '%',
    '%25',
    '%zz',
    '/',
    '//',
    '://',
    '@',
    '+',
    ';',
    '.',
    '..',
    '-',
    '--',
    '_',
    '*',
    '|',
    '<',
    '>',
  ],
  ...['\n', '\r\n', '\r', '\t', ' ', '  ', '\n\n', '###', '```http\n', '```', '~~~', '<!--', '-->', ']]>'],
  ...[
    'null',
    'true',
    '-0',
    '1e999',
    '1.7976931348623157e309',
    '__proto__',
    'constructor',
    'toString',
    'length',
  ],
  ...['access_token', 'client_secret', 'code', 'state', 'error', 'error_description', 'scope', 'expires_in'],
  ...[
    'https://',
    'http://127.0.0.1:51234/callback',
    'https://as.example.com/.well-known/openid-configuration',
  ],
  ...[
    'GET ',
    'POST ',
    ' HTTP/1.1',
    'HTTP/1.1 400 Bad Request',
    'Authorization: Bearer ',
    'Content-Type: application/json',
  ],
  ...['{{', '}}', '@a = ', '{{$dotenv A}}', '< ./body.json', '> {%', '%}', '# @name x', '// @no-log'],
  ...[
    'curl ',
    '-d ',
    '-H ',
    '--data-urlencode',
    '$env:A=',
    'export A=',
    'A=',
    'client_id: ',
    '- ',
    '? ',
    '&a ',
    '*a',
    '!x ',
  ],
  ...[
    'eyJhbGciOiJub25lIn0',
    '.',
    'eyJzdWIiOiIxIn0',
    '....',
    'Bearer realm="',
    'DPoP error=',
    'data: ',
    'event: ',
  ],
  ...[
    '{"jsonrpc":"2.0","id":1,"result":',
    '{"keys":[',
    '{"oauthExplorer.profiles":[',
    '{"dev":{',
    '<?xml version="1.0"?>',
  ],
  ...[
    'Invoke-RestMethod -Uri ',
    '{{$auth.token("a")}}',
    '$auth.idToken(',
    'oauth2 client_credentials ',
    '\n\n{"a":',
  ],
  ...[
    '-----BEGIN PRIVATE KEY-----\n',
    '-----END CERTIFICATE-----',
    '<saml:Assertion ',
    'NotOnOrAfter="',
    'ID="',
  ],
  ...['{"servers":{"a":{"url":"', '{"mcpServers":', '"promises":', '%74%6f', '6162636465666768696a6b6c'],
  ...['af0ifjsldkj', '127.0.0.1:51234', '\u{1F600}', 'é', '漢', '\u00a0', '\u2028'],
];

/** A small generator of numbers, the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % below;
  };
}

/** A text of pieces, of repeated pieces, or of an earlier text that was cut, doubled or spliced. */
function textOf(next: (below: number) => number, earlier: readonly string[]): string {
  const piece = () => pieces[next(pieces.length)] ?? '';
  const one = earlier[next(Math.max(1, earlier.length))] ?? '';
  const at = next(one.length + 1);
  switch (next(6)) {
    case 0:
      return one.slice(0, at) + piece() + one.slice(at);
    case 1:
      return one.slice(at) + (earlier[next(Math.max(1, earlier.length))] ?? '').slice(0, next(200));
    case 2:
      return (shapes[next(shapes.length)]?.[1](next(300)) ?? '') + piece();
    case 3:
      return piece().repeat(1 + next(60)) + piece();
    default:
      return Array.from({ length: 1 + next(20) }, piece).join('');
  }
}

/**
 * Gives generated texts to every reader of foreign text, in turn.
 *
 * @throws Error with seed, reader and text when one of them throws
 */
export function fuzz(count: number, seed: number): void {
  const next = numbers(seed);
  const all = Object.entries(readers);
  const earlier: string[] = [];
  for (let turn = 0; turn < count; turn++) {
    const text = textOf(next, earlier).slice(0, 2000);
    earlier[turn % 64] = text;
    const [what, read] = all[turn % all.length] ?? ['', () => undefined];
    try {
      read(text);
    } catch (thrown) {
      const said = `Turn ${turn} of seed ${seed}: ${what} throws at ${JSON.stringify(text)}`;
      throw new Error(said, { cause: thrown });
    }
  }
}
