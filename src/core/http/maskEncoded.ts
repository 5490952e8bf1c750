import { mask } from './mask.ts';
import { isNameCharacter, replaceRuns } from './replaceRuns.ts';
import { Unpacker } from './unpacker.ts';
import { percentDecoded } from './urlHost.ts';

/** Base64 in base64, and so on. */
const deepest = 3;

/** JSON in base64 begins so, wherever it stands: with `{` or `[` and a quote, a bracket or white space. */
const json = /(?<![\w+-])(?:e[wy]|W[13wy])[\w+/-]{18,}={0,2}/g;
/** What may be base64, or hexadecimal digits, of anything. */
const anything = /(?<![\w+/-])[\w+/-]{24,}={0,2}/g;

/** Of base64 or base64url with its padding, or hexadecimal. */
const isDigit = (code: number) => isNameCharacter(code) || code === 43 || code === 47 || code === 61;

/** How a secret is found in what digits stand for. */
export interface Look {
  /** Masks the secret places of a text. */
  readonly redact: (text: string) => string;
  /** Takes out what is known to be secret. Only what was packed needs it: other forms of it are found as they are. */
  readonly replace: (text: string) => string;
}

/** Base64 and hexadecimal digits of a text that has a secret in it, masked whole; linear. */
export function maskEncoded(text: string, look: Look, packed = new Unpacker(), depth = 0): string {
  const hide = (encoded: string) => (hasSecret(encoded, look, packed, depth) ? mask(encoded) : encoded);
  return replaceRuns(text, {
    isMember: isDigit,
    shortest: 20,
    replace: (run) => run.replace(json, hide).replace(anything, hide),
    replaceLong: hide,
  });
}

function hasSecret(encoded: string, look: Look, packed: Unpacker, depth: number): boolean {
  const bytes = Buffer.from(encoded, /^(?:[\da-f]{2})+$/i.test(encoded) ? 'hex' : 'base64');
  const unpacked = packed.read(bytes);
  const { text } = unpacked ?? { text: bytes.toString('utf8') };
  if (text === undefined) return true;
  // Anything but a text: most of what only looks encoded.
  if (/[^\t\n\r -~\u00a0-\ufffc]/.test(text)) return false;
  const plain = /%(?:7b|22|3d)/i.test(text) ? percentDecoded(text) : text;
  if (look.redact(plain) !== plain || (unpacked && look.replace(plain) !== plain)) return true;
  return depth < deepest && maskEncoded(plain, look, packed, depth + 1) !== plain;
}
