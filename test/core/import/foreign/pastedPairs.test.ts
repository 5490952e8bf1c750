import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planImport } from '../../../../src/core/import/importPlan.ts';
import { importText } from '../../../../src/core/import/importText.ts';
import { foreignFiles } from './all.ts';
import { base64, pairsOf } from './foreignFile.ts';

/** What the clients of the second text are called, so that no value stands in both. */
const others: Readonly<Record<string, string>> = {
  orders: 'parcels',
  billing: 'ledgers',
  crm: 'ctm',
  shop: 'mart',
};

function renamed(text: string): string {
  const inWords = (part: string) =>
    part.replaceAll('11111111-', '99999999-').replace(/orders|billing|crm|shop/gi, (word) => {
      const other = others[word.toLowerCase()] ?? word;
      if (word === word.toUpperCase()) return other.toUpperCase();
      return word.startsWith(word.charAt(0).toLowerCase())
        ? other
        : other.charAt(0).toUpperCase() + other.slice(1);
    });
  return inWords(
    text.replace(/\b[A-Za-z\d+/]{12,}={0,2}/g, (chunk) => {
      const inside = Buffer.from(chunk, 'base64').toString();
      return base64(inside) === chunk && /orders|billing|crm|shop/.test(inside)
        ? base64(inWords(inside))
        : chunk;
    }),
  );
}

/** Variables that a text names and the other gives: that shows them to be one. */
function refersTo(other: string, one: string): boolean {
  const names = [...other.matchAll(/\{\{\s*([\w.-]+)|\$\{?(?:env:)?([A-Za-z_]\w*)|%(\w+)%/g)].map(
    ([, double, dollar, percent]) => double ?? dollar ?? percent ?? '',
  );
  return names.some((name) => new RegExp(`(?:^|[^\\w$])${name}["']?[ \\t]*[=:]`, 'm').test(one));
}

/** Profiles of two texts, one behind the other, that hold values of both. */
function joined(one: string, between: string, other: string): string[] {
  const found = importText(`${one}${between}${other}`);
  return planImport(found, []).flatMap((plan) => {
    const entry: Readonly<Record<string, unknown>> = plan.kind === 'ready' ? { ...plan.profile } : plan.entry;
    // A provider's name is taken for that of the public server, which is said.
    if (plan.notes.some((note) => note.includes('the public one'))) return [];
    const { clientId, issuer, tokenEndpoint, authorizationEndpoint } = entry;
    const values = [clientId, issuer, tokenEndpoint, authorizationEndpoint, plan.secret].filter(
      (value) => typeof value === 'string' && value !== '',
    ) as string[];
    const isIn = (text: string, value: string) =>
      [value, base64(value), JSON.stringify(value).slice(1, -1)].some((written) => text.includes(written));
    const isOfOne = values.some((value) => isIn(one, value) && !isIn(other, value));
    const isOfOther = values.some((value) => !isIn(one, value) && isIn(other, value));
    return isOfOne && isOfOther ? [JSON.stringify(values)] : [];
  });
}

/** One pair of so many, chosen by the names; `EVERY_PAIR=1` takes hours. */
const every = Number(process.env['EVERY_PAIR'] ?? 300);

const assignments = {
  env: (name: string, value: string) => `${name.toUpperCase()}=${value}`,
  shell: (name: string, value: string) => `export ${name.toUpperCase()}="${value}"`,
  powershell: (name: string, value: string) => `$env:${name.toUpperCase()} = "${value}"`,
  script: (name: string, value: string) => `const ${name} = '${value}';`,
  python: (name: string, value: string) => `${name} = "${value}"`,
  php: (name: string, value: string) => `$${name} = '${value}';`,
  colons: (name: string, value: string) => `${name}: ${value}`,
  httpFile: (name: string, value: string) => `@${name} = ${value}`,
};

/** What a text has of a client and its server. */
const halves = {
  client: ['client_id', 'client_secret'],
  server: ['token_url'],
  both: ['client_id', 'client_secret', 'token_url'],
  secret: ['client_secret'],
  publicClient: ['client_id', 'token_url'],
} as const;

function textOf(word: string, style: keyof typeof assignments, half: keyof typeof halves): string {
  const values = {
    client_id: `id-${word}`,
    client_secret: `s3cr3t-${word}`,
    token_url: `https://${word}.example/token`,
  };
  return halves[half].map((name) => assignments[style](name, values[name])).join('\n');
}

const between = [
  '\n\n',
  '\n\n\n',
  '\n# the other one\n',
  '\n// the other one\n',
  '\n## Parcels\n\n',
  '\n[parcels]\n',
  '\n====\n',
  '\n\nParcels\n\n',
  '\nparcels:\n',
];

describe('no profile holds values of two texts', () => {
  it('of other tools’ files, one behind the other', () => {
    const behind = new Map(foreignFiles.map(({ name, text }) => [name, renamed(text)]));
    const left: string[] = [];
    let count = 0;
    for (const { one, other, number } of pairsOf(foreignFiles, every)) {
      const text = behind.get(other.name) ?? '';
      if (refersTo(text, one.text) || refersTo(one.text, text)) continue;
      count++;
      const some = number % 2 === 0 ? '\n\n' : '\n# other\n';
      for (const values of joined(one.text, some, text)) left.push(`${one.name} | ${other.name}: ${values}`);
    }
    assert.deepEqual(left, []);
    assert.ok(count > 2000, String(count));
  });

  it('of variables, however they are written and parted', () => {
    const styles = Object.keys(assignments) as (keyof typeof assignments)[];
    const kinds = Object.keys(halves) as (keyof typeof halves)[];
    const left: string[] = [];
    for (const style of styles)
      for (const otherStyle of styles)
        for (const half of kinds)
          for (const otherHalf of kinds)
            for (const [at, some] of between.entries()) {
              // Each boundary in each way of writing, and all ways beside each other with one of them.
              const isTurn = (styles.indexOf(style) + styles.indexOf(otherStyle)) % between.length === at;
              if (style !== otherStyle && !isTurn) continue;
              const one = textOf('orders', style, half);
              const other = textOf('parcels', otherStyle, otherHalf);
              if (joined(one, some, other).length > 0) left.push(`${one}${some}${other}`);
            }
    assert.deepEqual(left, []);
  });
});
