import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactMarkup, redactReferences } from '../../../src/core/http/redactMarkup.ts';
import { redactProse } from '../../../src/core/http/redactProse.ts';

const far = (tags: number, value: string) =>
  `<name>password</name>${'<a/>'.repeat(tags)}<value>${value}</value>`;

/** Made up: markup, how it is shown, and what is told as secret. */
const rows: readonly (readonly [markup: string, shown?: string, ...told: string[]])[] = [
  // Settings of tools have elements that were taken out of use in comments.
  ['<!-- <password>hunter2x</password> -->', '<!-- <password>…2x</password> -->', 'hunter2x'],
  ['<!-- <x password="hunter2x"/> -->', '<!-- <x password="…2x"/> -->', 'hunter2x'],
  ['<password> <a> x1 </a> <b>y2</b></password>', '<password>…</password>', 'x1', 'y2'],
  // What stands between the name of a secret and its value.
  [far(5, 'abc'), far(5, '…'), 'abc'],
  [far(6, 'abc')],
  ['<a/><a/><value>abc</value>'],
  ['<x:name>password</x:name><x:value>abc</x:value>', '<x:name>password</x:name><x:value>…</x:value>', 'abc'],
  [
    '<name>password</name><value>a1</value><value>b</value>',
    '<name>password</name><value>…</value><value>b</value>',
    'a1',
  ],
  // A property list names the secret in an element that is called as secrets are.
  ['<key>client_secret</key><string>abc</string>', '<key>client_secret</key><string>…</string>', 'abc'],
  ['<key name="password">tok</key>', '<key name="password">…</key>', 'tok'],
  // A sentence that ends in an element, and what else stands there.
  ['The password is <b> <i>hunter2x</i></b>', 'The password is <b> <i>…2x</i></b>'],
  [
    '<table><tr><th>Password</th></tr><tr><td>token=abcdefgh1</td></tr></table>',
    '<table><tr><th>Password</th></tr><tr><td>token=…h1</td></tr></table>',
  ],
  ['<a ="abcdef" token = abcdefg1>x</a>', '<a ="abcdef" token = …g1>x</a>', 'abcdefg1'],
  // The code of an error, and that of somebody.
  ['<x code="InvalidToken"/>'],
  ['<otp code="InvalidToken"/>', '<otp code="…ken"/>', 'InvalidToken'],
];

describe('markup', () => {
  for (const [markup, shown = markup, ...told] of rows)
    it(markup.slice(0, 80), () => {
      const seen: string[] = [];
      const redacted = redactMarkup(
        markup,
        true,
        (text) => redactProse(text),
        (secret) => seen.push(secret),
      );
      assert.deepEqual([redacted, seen], [shown, told]);
    });

  it('has codes that everybody may know only where it answers', () => {
    assert.equal(
      redactMarkup('<x code="InvalidToken"/>', false, (text) => text),
      '<x code="…ken"/>',
    );
  });

  it('is read with the end of the sentence before where an element has one word of it', () => {
    const askedOf = (markup: string) => {
      const asked: string[] = [];
      redactMarkup(markup, true, (text) => {
        asked.push(text);
        return text;
      });
      return asked.filter((text) => text.startsWith('. '));
    };
    const long = `${'a '.repeat(150)}key is`;
    assert.deepEqual(askedOf(' The key is <b> abc </b>'), ['. The key is abc']);
    assert.deepEqual(askedOf(`${long}<b>abc</b>`), [`. ${long.slice(-200).trim()} abc`]);
    for (const markup of [
      'key is <b>abc def</b>',
      'key is <b>ab</b>',
      `key is <b>${'a'.repeat(201)}</b>`,
      'key <b>abc</b>',
    ])
      assert.deepEqual(askedOf(markup), [], markup);
    assert.equal(askedOf(`key is <b>${'a'.repeat(200)}</b>`).length, 1);
  });

  it('has JSON in references, which are written so again', () => {
    const shown = (text: string) => redactReferences(text, (plain) => plain.replace('hunter2', '…'));
    assert.equal(
      shown("{&quot;a&quot;:&#34;hunter2&amp;&lt;x&gt;'b"),
      '{&#34;a&#34;:&#34;…&#38;&#60;x&#62;&#39;b',
    );
    for (const text of ['{&quot;a&quot;:1}', 'hunter2', 'hunter2 &amp;']) assert.equal(shown(text), text);
  });
});
