import { children, type Value } from './der.ts';

/** Rounds of a derivation, some seconds of work; programs ask for a hundredth of it. */
const most = 10_000_000;

/** What is said of a key for whose password a file asks for more rounds than anybody waits for. */
export const tooSlow =
  'The file asks for so many rounds to derive a key from its password that reading it takes minutes. Encrypt it anew with OpenSSL.';

/**
 * Whether DER, of a key or a PFX, asks for more rounds of derivations, all together, than are waited for. A derivation is a salt and
 * a number; of scrypt, there are three, whose product is its work. @see RFC 8018 appendix A, RFC 7914 section 7
 */
export function isTooSlow(der: Buffer): boolean {
  return roundsIn(der, 12) > most;
}

function roundsIn(der: Buffer, depth: number): number {
  const all = children(der);
  return all.reduce((rounds, { tag, content }, at) => {
    if (tag === 0x02) return rounds + (all[at - 1]?.tag === 0x04 ? roundsOf(all.slice(at, at + 3)) : 0);
    const isOpen = depth > 0 && ((tag & 0x20) !== 0 || tag === 0x04);
    return isOpen ? rounds + roundsIn(content, depth - 1) : rounds;
  }, 0);
}

function roundsOf(numbers: readonly Value[]): number {
  const values = numbers.flatMap(({ tag, content }) => (tag === 0x02 ? numberOf(content) : []));
  return values.length < 3 ? (values[0] ?? 0) : values.reduce((product, value) => product * value, 1);
}

function numberOf(content: Buffer): number {
  if (content.length > 6) return Infinity;
  return content.length === 0 ? 0 : content.readUIntBE(0, content.length);
}
