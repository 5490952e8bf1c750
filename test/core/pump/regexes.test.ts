import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { assertLinear } from './linear.ts';
import { shapes } from './shapes.ts';

const root = join(import.meta.dirname, '..', '..', '..');

interface Found {
  readonly where: string;
  readonly pattern: RegExp;
}

function sources(): string[] {
  return ['src', 'webview'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
}

/** Every regular expression of `src` and `webview` that is written as one. */
function regexes(): Found[] {
  const found: Found[] = [];
  for (const file of sources()) {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(root, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.push({
          where: `${file}:${line + 1}`,
          pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)),
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** What the pattern itself spells, as the beginning of a text: `^GET ` is only slow behind `GET `. */
function lead(pattern: RegExp): string {
  return pattern.source
    .replace(/\\[a-zA-Z]|[()[\]{}^$?*+|]|\?[:=!<]+/g, '')
    .replaceAll('\\', '')
    .slice(0, 12);
}

/** Characters; `npm run fuzz` asks for 1 MiB. */
const longest = Number(process.env['PUMP_LONGEST'] ?? 1 << 15);

const unbounded = /[*+]|\{\d*,\}/;

describe('regular expressions', () => {
  const all = regexes();

  it('are found', () => assert.ok(all.length > 200, String(all.length)));

  for (const { where, pattern } of all.filter(({ pattern: { source } }) => unbounded.test(source)))
    it(`${where} is linear`, () => {
      for (const [name, shape] of shapes)
        for (const start of new Set(['', lead(pattern)]))
          assertLinear(
            `${String(pattern)} on ${start} ${name}`,
            (length) => `${start}${shape(length)}\u0000`,
            (text) => {
              pattern.lastIndex = 0;
              pattern.test(text);
            },
            longest,
          );
    });

  it('that are not linear are noticed', () => {
    assert.throws(() =>
      assertLinear('x', shapes[0]?.[1] ?? assert.fail(), (text) => /([^&=]+)=([^&]*)/.test(text), 1 << 15),
    );
  });
});
