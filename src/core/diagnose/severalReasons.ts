/** What servers give as reasons for refusing a token or a grant, one pattern a reason. */
const reasons: readonly RegExp[] = [
  /expired/i,
  /revoked|inactive|not active/i,
  /malformed/i,
  /invalid/i,
  /redirect/i,
  /audience|\baud\b|(?:another|other|different) (?:client|api)/i,
  /used (?:before|already|twice)|already (?:been )?used/i,
];

/** Characters that are looked at. */
const limit = 2000;

/**
 * Whether words name several reasons of which any may hold, as "expired, revoked, or malformed" does. Such words are said
 * of every refused token or grant, so they are not evidence of one of the reasons. @see RFC 6750 section 3.1, RFC 6749 section 5.2
 */
export function namesSeveral(words: string): boolean {
  const text = words.slice(0, limit);
  return (
    /\bor\b|[a-z]\/[a-z]/i.test(text.replaceAll('://', ' ')) &&
    reasons.filter((reason) => reason.test(text)).length > 1
  );
}
