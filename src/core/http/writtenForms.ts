import { bareText, isBareEnough } from './bareView.ts';

/** Longer values, such as tokens, are not looked for in what only passwords are written in, such as base64 of UTF-16. */
const longestRare = 256;

/** The secret, and what forms, URLs, JSON and UTF-16 make of it, as bytes. */
export function writtenBytes(secret: string): readonly Buffer[] {
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const json = JSON.stringify(secret).slice(1, -1);
  // Half a character, at which `encodeURIComponent` throws, becomes a whole one.
  const percent = encodeURIComponent(Buffer.from(secret).toString());
  const texts = new Set([secret, form, form.replaceAll('+', '%20'), percent, json]);
  const bytes = Array.from(texts, (text) => Buffer.from(text, 'utf8'));
  if (secret.length > longestRare) return bytes;
  const wide = Buffer.from(secret, 'utf16le');
  return [...bytes, wide, Buffer.from(wide).swap16()];
}

/** What base64 and base64url make of the bytes, wherever in the encoded text they begin. */
export function base64Forms(content: Buffer): ReadonlySet<string> {
  const forms = new Set<string>();
  for (let offset = 0; offset < 3; offset++) {
    // Only the characters that are made of the content alone.
    const start = [0, 2, 3][offset] ?? 0;
    const bytes = Buffer.concat([Buffer.alloc(offset), content]);
    const form = bytes.toString('base64').slice(start, Math.floor((bytes.length * 8) / 6));
    forms.add(form).add(form.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}

/**
 * What a secret is written as beside all that: its own letters and digits, base32 and base32hex, the numbers of its bytes, and, where asked, one
 * encoding in another; each as `bareText` has it.
 */
export function bareForms(secret: string, isNested: boolean): readonly string[] {
  const forms = [bareText(secret)];
  if (secret.length <= longestRare) {
    const bytes = Buffer.from(secret, 'utf8');
    forms.push(...base32Forms(bytes), bytes.join(''));
    if (isNested) forms.push(...nestedForms(bytes).map(bareText));
  }
  return forms.filter(isBareEnough);
}

/** Base64 of base64 or of hexadecimal digits, and hexadecimal digits of base64. */
function nestedForms(bytes: Buffer): readonly string[] {
  const inner = [...base64Forms(bytes)].map((form) => Buffer.from(form));
  const digits = bytes.toString('hex');
  return [
    ...inner.map((form) => form.toString('hex')),
    ...[...inner, Buffer.from(digits), Buffer.from(digits.toUpperCase())].flatMap((form) => [
      ...base64Forms(form),
    ]),
  ];
}

/** Those of base32 and of base32hex. */
const base32Alphabets = ['abcdefghijklmnopqrstuvwxyz234567', '0123456789abcdefghijklmnopqrstuv'];

/** What base32 and base32hex make of the bytes, wherever in the encoded text they begin. @see RFC 4648 sections 6 and 7 */
function base32Forms(content: Buffer): readonly string[] {
  return base32Alphabets.flatMap((letters) =>
    [0, 1, 2, 3, 4].map((skipped) => base32From(content, skipped, letters)),
  );
}

/** @param skipped bits that belong to the digit of what stands before */
function base32From(content: Buffer, skipped: number, letters: string): string {
  let form = '';
  let rest = 0;
  let known = -skipped;
  for (const byte of content) {
    rest = ((rest << 8) | byte) & 0xffff;
    known += 8;
    for (; known >= 5; known -= 5) form += letters.charAt((rest >>> (known - 5)) & 31);
  }
  return form;
}
