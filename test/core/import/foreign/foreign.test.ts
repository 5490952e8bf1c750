import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeText } from '../../../../src/core/import/decodeText.ts';
import { environmentSettings } from '../../../../src/core/import/environmentSettings.ts';
import { importText } from '../../../../src/core/import/importText.ts';
import { planImport, type PlannedImport } from '../../../../src/core/import/importPlan.ts';
import { secretRanges } from '../../../../src/core/import/secretRanges.ts';
import { foreignFiles as files } from './all.ts';
import { pairsOf } from './foreignFile.ts';

function entryOf(one: PlannedImport | undefined): Readonly<Record<string, unknown>> {
  return one?.kind === 'ready' ? { ...one.profile } : (one?.entry ?? {});
}

function shown(one: PlannedImport): string {
  const entry = entryOf(one);
  const words = [entry['clientId'] ?? '-', entry['grant'] ?? '-', one.hosts[0] ?? '-'].map(String);
  return [one.kind, ...words, ...(one.secret === undefined ? [] : ['secret'])].join(' ');
}

/** Clients whose words stand in a text. */
function wordsIn(text: string, before: string): string[] {
  return text
    .split(before)
    .slice(1)
    .map((rest) => /^[\w.]+/.exec(rest)?.[0] ?? '');
}

function idOf(one: PlannedImport): string {
  const id = one.kind === 'ready' ? one.profile.clientId : one.entry['clientId'];
  return typeof id === 'string' ? id : 'none';
}

/** The secret of the client that the id names, else of its host: all of it, and nothing that stands beside it. */
function wholeSecretOf(one: PlannedImport): string {
  const id = idOf(one);
  return id === 'none' ? `s3cr3t-${one.hosts[0]?.split('.').at(-2)}` : id.replace('id-', 's3cr3t-');
}

/** What is not of one client: its secret, its id and its hosts have one word in common. */
function mixtures(plan: readonly PlannedImport[]): string[] {
  return plan.flatMap((one) => {
    const { clientId } = entryOf(one);
    const [client] = wordsIn(typeof clientId === 'string' ? clientId : '', 'id-');
    const [owner] = wordsIn(one.secret ?? '', 's3cr3t-');
    const word = client ?? owner;
    const isMixed =
      (client !== undefined &&
        owner !== undefined &&
        !client.startsWith(owner) &&
        !owner.startsWith(client)) ||
      // A text that was cut off ends in the middle of a host.
      (word !== undefined &&
        one.hosts.some(
          // A variable that was cut off within its scheme makes the path a host.
          (host) =>
            host !== 'token' &&
            !host.includes(word.replace(/-.*$/, '')) &&
            !word.startsWith(host.replace(/\..*$/, '')),
        ));
    return isMixed ? [JSON.stringify([shown(one), one.hosts, one.secret])] : [];
  });
}

describe('no file of another tool', () => {
  for (const file of files)
    it(`lends a secret or a server to another client: ${file.name}`, () => {
      // Whatever the end of the lines, the mark before the text, and whichever file it is said to be.
      const little = Buffer.from(`\ufeff${file.text}`, 'utf16le');
      const asIs = [
        file.text,
        file.text.replace(/\r?\n/g, '\r\n'),
        `\ufeff${file.text}`,
        decodeText(little),
        decodeText(Buffer.from(little).swap16()),
      ].map((text) => [text, file.fileName] as const);
      const elsewhere = [undefined, '.env', 'a.yaml', 'a.properties'].map(
        (fileName) => [file.text, fileName] as const,
      );
      for (const [at, [text, fileName]] of [...asIs, ...elsewhere].entries()) {
        const found = importText(text, file.companion, fileName);
        const plan = planImport(found, []);
        if (at < asIs.length) assert.deepEqual(plan.map(shown), file.gives);
        assert.deepEqual(mixtures(plan), [], fileName);
        assert.ok(!JSON.stringify(found).includes('LEAK'), fileName);
        const open = JSON.stringify([
          found.problems,
          environmentSettings(found.environments ?? []),
          found.profiles.map(({ secret: _, ...one }) => one),
        ]);
        if (fileName === file.fileName) assert.ok(!open.includes('s3cr3t'), open);
      }
    });

  it('does so with another file behind it, or cut off', () => {
    for (const { one, other, number } of pairsOf(files, 15_000)) {
      const part = ((number % 90) + 10) / 100;
      const both = `${one.text}\n${other.text}`;
      for (const text of [
        both,
        both.slice(0, Math.floor(both.length * part)),
        one.text.slice(0, Math.floor(one.text.length * part)),
      ])
        for (const fileName of [one.fileName, undefined]) {
          // Without the line that names the address, a provider's name is taken for that of the public one, which is said.
          const plan = planImport(importText(text, undefined, fileName), []);
          const named = plan.filter(({ notes }) => !notes.some((note) => note.includes('the public one')));
          // Where the text was cut off within a host or an id, that is another one.
          const isCut = (end: string) => text.trimEnd().endsWith(end);
          // Another client that takes over the server of what lies under it (`FROM`, `<<`) is said to lack its secret.
          const isOver = (one: PlannedImport) =>
            one.kind === 'open' && one.problems.join().includes('the secret of what is');
          const whole = named.filter((one) => !isOver(one) && ![...one.hosts, idOf(one)].some(isCut));
          assert.deepEqual(mixtures(whole), [], text);
        }
    }
  });
});

describe('files of other tools', () => {
  for (const file of files)
    it(file.name, () => {
      const found = importText(file.text, file.companion, file.fileName);
      const plan = planImport(found, []);
      const said = [
        ...found.problems,
        ...plan.flatMap((one) => [...one.notes, ...(one.kind === 'open' ? one.problems : [])]),
      ];
      assert.deepEqual(plan.map(shown), file.gives, JSON.stringify({ format: found.format, said }, null, 1));
      const secrets = plan.flatMap((one) => (one.secret === undefined ? [] : [one]));
      assert.deepEqual(
        secrets.map(({ secret }) => secret),
        file.secrets ?? secrets.map((one) => wholeSecretOf(one)),
      );
      for (const [at, fields] of (file.fields ?? []).entries()) {
        const entry = entryOf(plan[at]);
        assert.deepEqual(Object.fromEntries(Object.keys(fields).map((name) => [name, entry[name]])), fields);
      }
      for (const pattern of file.says ?? []) assert.match(said.join('\n'), pattern);
    });
});

describe('the secrets of a file of another tool', () => {
  for (const file of files)
    it(`are removed where they were found: ${file.name}`, () => {
      const secrets = importText(file.text, file.companion, file.fileName).profiles.flatMap(
        ({ secret, entry: { clientId } }) =>
          secret === undefined ? [] : [{ secret, ...(typeof clientId === 'string' && { clientId }) }],
      );
      const ranges = secretRanges(file.text, secrets);
      const left = ranges
        .toReversed()
        .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), file.text);
      // Over two lines of a .properties file, with an escape in it, and within a file that is itself in base64, it is not found, which is said.
      const isHidden =
        file.companion !== undefined ||
        ['s3cr3t-\\', ' .env: ', ' application.properties: ', '\\u00'].some((sign) =>
          file.text.includes(sign),
        );
      const different = new Set(secrets.map(({ secret }) => secret)).size;
      assert.ok(isHidden || ranges.length >= different, String(ranges.length));
      for (const { secret } of importText(left, file.companion, file.fileName).profiles)
        if (!isHidden) assert.ok(!secrets.some((one) => one.secret === secret), secret);
    });
});
