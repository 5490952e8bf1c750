import { children } from './der.ts';

/** Rounds of a derivation, some seconds of work; programs ask for a hundredth of it. */
const most = 10_000_000;

/** What is said of a key for whose password a file asks for more rounds than anybody waits for. */
export const tooSlow =
  'The file asks for so many rounds to derive a key from its password that reading it takes minutes. Encrypt it anew with OpenSSL.';

/** Whether DER, of a key or a PFX, asks for more rounds of a derivation than are waited for: a salt and a number. @see RFC 8018 appendix A */
export function isTooSlow(der: Buffer, depth = 12): boolean {
  const all = children(der);
  return all.some(({ tag, content }, at) => {
    const isCount = tag === 0x02 && all[at - 1]?.tag === 0x04;
    if (
      isCount &&
      (content.length > 6 || (content.length > 0 && content.readUIntBE(0, content.length) > most))
    )
      return true;
    return depth > 0 && ((tag & 0x20) !== 0 || tag === 0x04) && isTooSlow(content, depth - 1);
  });
}
