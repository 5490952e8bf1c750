import assert from 'node:assert/strict';

/** An element of a parsed document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** Attributes and texts as XML 1.0 has them: no bare `<` or `&`, no control character, references by number only. */
const value = String.raw`(?:[^<&"\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&#\d+;)*`;
const token = new RegExp(
  String.raw`<(/?)([a-z]+)((?: [a-z]+="${value}")*)(/?)>|(${value.replace('"', '')})`,
  'gy',
);

/** Reads a small XML document; fails unless it is well-formed, which it looks at more strictly than XML does. */
export function parseXml(document: string): XmlElement {
  const start = '<?xml version="1.0" encoding="UTF-8"?>\n';
  assert.ok(document.startsWith(start));
  const root = element('', {});
  const open = [root];
  token.lastIndex = start.length;
  while (token.lastIndex < document.length) {
    const at = token.lastIndex;
    const [all, closes, name = '', attributes = '', empty, text = ''] = token.exec(document) ?? [''];
    assert.ok(all !== '', `No XML at ${at}: ${document.slice(at, at + 60)}`);
    const parent = open.at(-1);
    assert.ok(parent !== undefined);
    if (name === '') parent.text += plain(text);
    else if (closes === '/') assert.equal(open.pop()?.name, name);
    else {
      const made = element(name, pairs(attributes));
      parent.children.push(made);
      if (empty !== '/') open.push(made);
    }
  }
  assert.equal(open.length, 1);
  assert.equal(root.children.length, 1);
  assert.equal(root.text.trim(), '');
  const [found] = root.children;
  assert.ok(found !== undefined);
  return found;
}

function element(name: string, attributes: Readonly<Record<string, string>>) {
  return { name, attributes, children: [] as XmlElement[], text: '' };
}

function pairs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name = '', quoted = '']) => [name, plain(quoted)]),
  );
}

function plain(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
