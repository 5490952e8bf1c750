import assert from 'node:assert/strict';

/**
 * Times below this, in milliseconds of this process's own work, say nothing: garbage and other steps on the same cores weigh as
 * much. What is not linear takes seconds at these lengths.
 */
const noise = 100;

/** Work of this process's own, in milliseconds. */
function work(run: () => void): number {
  const before = process.cpuUsage();
  run();
  return process.cpuUsage(before).user / 1000;
}

/** The least of three runs, or the first that says nothing. */
function least(run: () => void): number {
  const first = work(run);
  return first < noise ? first : leastOfThree(run, first);
}

const leastOfThree = (run: () => void, first = work(run)): number => Math.min(first, work(run), work(run));

/**
 * The least work of two runs taken in turns, so that what else the machine does weighs on both; until it is in the proportion of
 * what is linear, or for 30 turns (9, where they take minutes, or where it is near four times: a square).
 */
function inTurns(half: () => void, whole: () => void): { readonly once: number; readonly twice: number } {
  let [once, twice, spent] = [Infinity, Infinity, 0];
  for (let turn = 0; turn < 30 && (turn < 9 || spent < 20_000); turn++) {
    const took = [work(half), work(whole)] as const;
    once = Math.min(once, took[0]);
    twice = Math.min(twice, took[1]);
    spent += took[0] + took[1];
    if (proportional(once, twice) || (turn >= 9 && twice > 3.5 * Math.max(once, noise / 2))) break;
  }
  return { once, twice };
}

const proportional = (once: number, twice: number) => twice <= 2.5 * Math.max(once, noise / 2);

/**
 * Fails where double the input, up to `longest` characters, takes more than 2.5 times the work.
 * Most readers and texts are out of doubt after a look at lengths that grow eightfold, a fifth of the work of all doublings.
 */
export function assertLinear(
  name: string,
  shape: (length: number) => string,
  read: (text: string) => void,
  longest: number,
): void {
  if (isDoubtful(shape, read, longest)) assertDoublings(name, shape, read, longest);
}

/**
 * Whether some length takes ten times the work of an eighth of it: what one of three doublings is that grows the work by 2.5 and
 * not by 2. It begins small, so that what is not linear is seen before it takes minutes.
 */
function isDoubtful(
  shape: (length: number) => string,
  read: (text: string) => void,
  longest: number,
): boolean {
  let before = Infinity;
  for (const length of [longest >> 9, longest >> 6, longest >> 3]) {
    const text = shape(length);
    const now = leastOfThree(() => read(text));
    if (now > noise && now > 10 * before) return true;
    before = now;
  }
  const text = shape(longest);
  const again = () => work(() => read(text));
  const over = (now: number) => now > noise && now > 10 * before;
  return over(again()) && over(again());
}

/** The rule itself, length by length. */
function assertDoublings(
  name: string,
  shape: (length: number) => string,
  read: (text: string) => void,
  longest: number,
): void {
  let before = Infinity;
  for (let length = 1 << 12; length <= longest; length *= 2) {
    const text = shape(length);
    const now = least(() => read(text));
    if (now > noise && now > 2.5 * before) {
      // Once more, both sizes: a collection of garbage is no trend.
      const half = shape(length / 2);
      const { once, twice } = inTurns(
        () => read(half),
        () => read(text),
      );
      assert.ok(
        proportional(once, twice),
        `${name}: ${once} ms for ${length / 2}, ${twice} ms for ${length}`,
      );
    }
    before = Math.max(now, noise / 2);
  }
}

const repeat = (part: string) => (length: number) =>
  part.repeat(Math.ceil(length / part.length)).slice(0, length);

/** A text of parts that are never the same: what is looked up by name is looked for among all of them. */
const numbered =
  (head: string, part: (n: string, before: string) => string, tail: string) => (length: number) => {
    const parts = [head];
    for (let n = 1, long = head.length; long < length; n++) {
      const next = part(String(n), String(n - 1));
      parts.push(next);
      long += next.length;
    }
    return parts.join('') + tail;
  };

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
