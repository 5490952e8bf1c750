import { GramIndex } from './gramIndex.ts';
import { mask } from './mask.ts';

/** Values shorter than this are recognised only by the parameter they stand in. */
const shortest = 4;
/** Longer ones are looked for only as they are, percent-encoded and JSON-escaped. */
const longestPattern = 4096;
/** Values shorter than this are replaced only where they stand alone, not within a longer word. */
const longEnough = 12;
/** Values shorter than this are not looked for in base64. */
const shortestEncoded = 8;

/** Whether a secret is long enough to be looked for where it has no name. */
export function isLongEnough(secret: string): boolean {
  return secret.length >= shortest;
}

/**
 * Replaces `secrets` wherever they occur in `text`: as they are, percent-encoded, JSON-escaped, HTML-escaped, or in
 * base64, by their masked form.
 */
export function replaceSecrets(text: string, secrets: readonly string[]): string {
  return secretReplacer(secrets)(text);
}

/** `replaceSecrets` for many texts: made once, each text is read once to see which of the secrets it can hold at all. */
export function secretReplacer(secrets: readonly string[]): (text: string) => string {
  // The longest first, so that a secret that holds another one is replaced as a whole.
  const byLength = [...new Set(secrets)].filter(isLongEnough);
  byLength.sort((left, right) => right.length - left.length);
  const index = new GramIndex();
  const all = byLength.map((secret, at) => {
    const one = new Secret(secret);
    index.add(one.probe, at);
    for (const form of one.encoded) index.add(form, at);
    return one;
  });
  return (text) => index.candidates(text).reduce((result, at) => all[at]?.replaceIn(result) ?? result, text);
}

/** One secret in all the forms it may take. */
class Secret {
  /** Letters and digits, which have no other form: where they are not, the secret is not. */
  readonly probe: string;
  readonly encoded: readonly string[];
  readonly #secret: string;
  readonly #masked: string;
  #pattern: RegExp | undefined;

  constructor(secret: string) {
    this.#secret = secret;
    this.#masked = mask(secret);
    this.probe = probeOf(secret);
    this.encoded = secret.length >= shortestEncoded ? base64Forms(secret) : [];
  }

  replaceIn(text: string): string {
    let result = text.includes(this.probe) ? this.#replacePlain(text) : text;
    for (const form of this.encoded) result = result.replaceAll(form, '…');
    return result;
  }

  #replacePlain(text: string): string {
    const secret = this.#secret;
    const masked = () => this.#masked;
    if (secret.length > longestPattern)
      return [secret, encodeURIComponent(wellFormed(secret)), JSON.stringify(secret).slice(1, -1)].reduce(
        (result, form) => result.replaceAll(form, masked),
        text,
      );
    // Mostly it stands there as it is, and no pattern is needed; a short one must not be torn out of a word.
    const result = secret.length < longEnough ? text : text.replaceAll(secret, masked);
    return result.includes(this.probe) ? result.replace((this.#pattern ??= pattern(secret)), masked) : result;
  }
}

/** The last run of letters and digits before what a mask shows that is long enough to be rare, else the longest of all. */
function probeOf(secret: string): string {
  const runs = secret.slice(0, -6).match(/[A-Za-z0-9]{6,}/g);
  const all = secret.match(/[A-Za-z0-9]+/g) ?? [''];
  return runs?.at(-1) ?? all.reduce((longest, run) => (run.length > longest.length ? run : longest));
}

function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** The secret, each character as itself or in any escaped form that texts on the wire use. */
function pattern(secret: string): RegExp {
  const body = Array.from(secret, characterPattern).join('');
  return new RegExp(secret.length < longEnough ? `(?<![\\w-])${body}(?![\\w-])` : body, 'gu');
}

function characterPattern(character: string): string {
  if (/^[A-Za-z0-9]$/.test(character)) return character;
  const literal = character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const bytes = [...Buffer.from(character, 'utf8')].map(
    (byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`,
  );
  const units = Array.from(
    { length: character.length },
    (_, index) => `\\\\u${anyCase(character.charCodeAt(index).toString(16).padStart(4, '0'))}`,
  );
  const point = character.codePointAt(0) ?? 0;
  const html = `&#(?:${point}|x0*${anyCase(point.toString(16))});`;
  const forms = [literal, `\\\\${literal}`, bytes.join(''), units.join(''), html];
  if (character === ' ') forms.push('\\+');
  const entity = entities[character];
  if (entity !== undefined) forms.push(entity);
  return `(?:${forms.join('|')})`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** What base64 and base64url make of the secret, wherever in the encoded text it begins. */
function base64Forms(secret: string): readonly string[] {
  const forms = new Set<string>();
  for (let offset = 0; offset < 3; offset++) {
    const bytes = Buffer.from(`${'x'.repeat(offset)}${secret}`, 'utf8');
    // Only the characters that are made of the secret alone.
    const start = [0, 2, 3][offset] ?? 0;
    const end = Math.floor((bytes.length * 8) / 6);
    for (const encoding of ['base64', 'base64url'] as const)
      forms.add(bytes.toString(encoding).slice(start, end));
  }
  return [...forms].filter((form) => form.length >= 8);
}
