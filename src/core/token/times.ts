import type { FindingView } from '../../shared/views/finding.ts';
import type { LifetimeView } from '../../shared/views/tokenView.ts';
import { duration } from '../../shared/duration.ts';
import { isInMilliseconds } from '../isTime.ts';
import { openid, rfc } from '../source.ts';
import type { JsonObject } from './json.ts';
import { finding, moment } from './finding.ts';
import type { TokenRole } from './otherKinds.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Clock skew that is not worth mentioning. */
const skew = 5000;

/**
 * The time of a NumericDate, in milliseconds since the epoch; one in milliseconds, or in a string, is read as it was meant.
 *
 * @see RFC 7519 section 2
 */
export function momentOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{9,13}(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  return isInMilliseconds(number) ? number : number * 1000;
}

/** A token's lifetime, as far as its claims tell. */
export function lifetimeOf(claims: JsonObject | undefined): LifetimeView {
  const [issuedAt, notBefore, expiresAt] = [claims?.['iat'], claims?.['nbf'], claims?.['exp']].map(momentOf);
  return {
    ...(issuedAt !== undefined && { issuedAt }),
    ...(notBefore !== undefined && { notBefore }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** Findings about a token's times at `now` (milliseconds since the epoch). */
export function timeFindings(
  lifetime: LifetimeView,
  claims: JsonObject | undefined,
  role: TokenRole,
  now: number,
): readonly FindingView[] {
  return [
    ...boundaryFindings(lifetime, role, now),
    ...lengthFindings(lifetime, claims, role),
    ...(claims === undefined ? [] : spellingFindings(claims)),
  ];
}

function boundaryFindings(
  { issuedAt, notBefore, expiresAt }: LifetimeView,
  role: TokenRole,
  now: number,
): FindingView[] {
  const name = role === 'id' ? 'ID token' : 'token';
  const found: FindingView[] = [];
  if (expiresAt !== undefined && expiresAt <= now)
    found.push(
      finding(
        role === 'id' ? 'note' : 'error',
        'expired',
        `The ${name} expired on ${moment(expiresAt)}.`,
        ended[role],
        rfc(7519, '4.1.4'),
      ),
    );
  if (notBefore !== undefined && notBefore > now + skew)
    found.push(
      finding(
        'error',
        'not_yet_valid',
        `The ${name} is not valid before ${moment(notBefore)}.`,
        `That is ${duration(notBefore - now)} from now. If it was only just issued, one of the two clocks is wrong.`,
        rfc(7519, '4.1.5'),
      ),
    );
  if (issuedAt !== undefined && issuedAt > now + skew)
    found.push(
      finding(
        'warning',
        'issued_in_future',
        `The ${name} says it was issued on ${moment(issuedAt)}, which is in the future.`,
        `The server’s clock is ahead of this computer’s by at least ${duration(issuedAt - now)}; set the one that is wrong.`,
        rfc(7519, '4.1.6'),
      ),
    );
  return found;
}

const ended: Readonly<Record<TokenRole, string>> = {
  access: 'An API must answer 401 to it. Get a new token, or refresh this one.',
  id: 'It has told who signed in; that is all it is for, and a new one comes with the next sign-in.',
  other: 'Whoever it is for refuses it.',
};

function lengthFindings(
  { issuedAt, notBefore, expiresAt }: LifetimeView,
  claims: JsonObject | undefined,
  role: TokenRole,
): FindingView[] {
  const found: FindingView[] = [];
  const start = issuedAt ?? notBefore;
  if (expiresAt === undefined && claims !== undefined && role !== 'other')
    found.push(
      finding(
        'warning',
        'no_exp',
        `The ${role === 'id' ? 'ID token' : 'token'} has no end: the claim exp is missing.`,
        'Whoever finds it can use it for ever. Have the server issue tokens that end.',
        role === 'id' ? openid('2') : rfc(9068, '2.2'),
      ),
    );
  if (start === undefined || expiresAt === undefined) return found;
  if (expiresAt - start > day && role !== 'other')
    found.push(
      finding(
        'warning',
        'long_lifetime',
        `The token lives for ${duration(expiresAt - start)}.`,
        'A stolen bearer token is good until its end. An hour or less is usual; have the server issue shorter ones.',
        rfc(6750, '5.3'),
      ),
    );
  if (expiresAt <= start || (notBefore ?? start) >= expiresAt)
    found.push(
      finding(
        'warning',
        'times_contradict',
        'The token ends before it begins.',
        'Its claims exp and iat or nbf contradict each other, so no API accepts it at any time.',
        rfc(7519, '4.1.4'),
      ),
    );
  return found;
}

function spellingFindings(claims: JsonObject): FindingView[] {
  const found: FindingView[] = [];
  for (const name of ['exp', 'nbf', 'iat']) {
    const value = claims[name];
    if (value === undefined) continue;
    if (typeof value !== 'number')
      found.push(
        finding(
          'warning',
          'time_type',
          `The claim ${name} is ${typeof value === 'string' ? 'a string' : 'no number'}.`,
          'Times in a JWT are numbers: seconds since 1970-01-01 UTC. Strict libraries refuse the token.',
          rfc(7519, '2'),
        ),
      );
    else if (isInMilliseconds(value))
      found.push(
        finding(
          'warning',
          'time_in_milliseconds',
          `The claim ${name} seems to be in milliseconds.`,
          'A JWT counts seconds: read by the rules, this moment lies thousands of years ahead. It is shown here as it was meant.',
          rfc(7519, '2'),
        ),
      );
  }
  return found;
}
