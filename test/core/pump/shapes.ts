const repeat = (part: string) => (length: number) =>
  part.repeat(Math.ceil(length / part.length)).slice(0, length);

/** How a text is written: what is at its start, what comes over and over (`№` is how often it came, `℗` one less), what ends it. */
export type Written = readonly [name: string, start: string, part: string, end?: string];

/**
 * A text of parts that are never the same: what is looked up by name is looked for among all of them. Made once for each length,
 * as many readers are given it.
 */
const numbered = (head: string, part: (n: string, before: string) => string, tail: string) => {
  const made = new Map<number, string>();
  const make = (length: number) => {
    const parts = [head];
    for (let n = 1, long = head.length; long < length; n++) {
      const next = part(String(n), String(n - 1));
      parts.push(next);
      long += next.length;
    }
    return parts.join('') + tail;
  };
  return (length: number) => {
    const text = made.get(length) ?? make(length);
    made.set(length, text);
    return text;
  };
};

/** The text of a length that is written so. */
export const textOf = ([, start, part, end = '']: Written): ((length: number) => string) =>
  numbered(start, (n, before) => part.replaceAll('№', n).replaceAll('℗', before), end);

/** Repeated separators, no separators, unbalanced, deep, blanks, and what leads into each of them. */
export const shapes: readonly (readonly [name: string, shape: (length: number) => string])[] = [
  ...[
    'a',
    ' ',
    '/',
    '\n',
    '=',
    '"',
    '\\"',
    '.',
    '-',
    '_',
    '{',
    '[',
    '<',
    '&',
    '%25',
    '?#',
    'a=',
    '{{',
    '0',
    '\\',
    '<a ',
    'A a',
    '<a>&lt;b&gt;{&quot;token&quot;:',
  ].map((part) => [JSON.stringify(part), repeat(part)] as const),
  ...[
    'eyJ.',
    '{"code":"',
    '{"a":',
    '<input value=',
    '<token>',
    '&code=',
    '://a@',
    'token: |\n ',
    '\n \n',
    '@a = {{a}}\n',
  ].map((part) => [JSON.stringify(part), repeat(part)] as const),
  ['a query that is one word', (length) => `https://a/?${repeat('a')(length)}`],
  [
    'a curl command of many options',
    (length) => `curl https://a${repeat(` -H 'Authorization: x' -d a -u b:c -F x=y --z{{ v }}\\\n`)(length)}`,
  ],
  ['a curl command of open quotes', (length) => `curl https://a ${repeat(`"'`)(length)}`],
  ['a curl command of backslashes', (length) => `curl https://a -d ${repeat('\\')(length)}`],
  ['a curl command of many lines', (length) => `curl https://a${repeat('\n -k --unknown # x')(length)}`],
  ['a request line that ends in blanks', (length) => `GET https://a/${repeat(' ')(length)}x`],
  [
    'a body of one line',
    (length) => `POST http://a/\nContent-Type: application/x-www-form-urlencoded\n\na${repeat(' ')(length)}b`,
  ],
  ['a query of GraphQL with blank lines', (length) => `GRAPHQL http://a/\n\nq${repeat('\n ')(length)}x`],
  ['JSON of many members', numbered('{"n0":{}', (n) => `,"n${n}":{"v${n}":"v"}`, '}')],
  [
    'JSON of many entries',
    numbered('[{}', (n) => `,{"id":"p${n}","name":"n${n}","issuer":"https://a${n}.example"}`, ']'),
  ],
  ['JSON that is nearly all blanks', (length) => `{"n": ${repeat(' ')(length)} {"v": 1}}`],
  ['many form fields', numbered('n0=v', (n) => `&n${n}=v${n}`, '')],
  ['many lines with a name', numbered('N0: v', (n) => `\nN${n}: v${n}`, '')],
  [
    'many variables, each of the one before',
    numbered('@n0 = v', (n, before) => `\n@n${n} = {{n${before}}}`, ''),
  ],
  [
    'many requests, each of the one before',
    numbered('', (n, before) => `###\n# @name r${n}\nGET https://a/{{r${before}.response.body.$.a}}\n\n`, ''),
  ],
  [
    'YAML anchors, each of the one before',
    numbered('n0: &a0 []\n', (n, before) => `n${n}: &a${n} [*a${before}]\n`, ''),
  ],
  ['YAML of many aliases', numbered('n0: &a0 [x]\n', (n) => `n${n}: *a0\n`, '')],
  [
    'YAML merges, each of the one before',
    numbered('n0: &a0 {x: y}\n', (n, before) => `n${n}: &a${n} {<<: *a${before}, k${n}: v}\n`, ''),
  ],
  ['many elements', numbered('<a>', (n) => `<n${n} name="a${n}">v</n${n}>`, '</a>')],
  ['many challenges', numbered('Bearer a="b"', (n) => `, n${n}="v", S${n} n="v"`, '')],
];
