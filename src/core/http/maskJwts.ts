import { mask } from './mask.ts';
import { replaceRuns } from './replaceRuns.ts';
import { isOfToken, maskMarked, maskParted, shortestToken } from './tokenMarks.ts';

/**
 * Begun as `{"` is in base64, also with white space between; encrypted ones may have an empty part, and there may be disclosures.
 *
 * @see RFC 7516 section 7.1, RFC 9901 section 4
 */
const jwts =
  /(?<![\w-])e(?:yJ|yA[iK]|w[o0][gJiK])[\w-]{8,}\.(?:[\w-]+\.[\w-]*|\.[\w-]{8,})(?:\.[\w-]+\.[\w-]+)?(?:~[\w-]+)*/g;
/** @see https://github.com/paseto-standard/paseto-spec */
const pasetos = /(?<![\w-])v[1-4]\.(?:local|public)\.[\w-]{16,}/g;

/** How one of them begins. */
const begins = /(?<![\w-])(?:e(?:yJ|yA[iK]|w[o0][gJiK])|v[1-4]\.)/;

/** Whatever looks like a JSON Web Token, a PASETO or a token that says whose it is, is masked, wherever it stands. */
export function maskJwts(text: string): string {
  return replaceRuns(maskParted(text), {
    isMember: isOfToken,
    shortest: shortestToken,
    replace: (run) => maskMarked(run.replace(jwts, mask).replace(pasetos, mask)),
    replaceLong: (run) => (begins.test(run) ? mask(run) : run),
  });
}
