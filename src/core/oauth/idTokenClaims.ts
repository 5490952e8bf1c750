import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { ExtraParameters } from '../profile/profile.ts';
import { idTokenRefused } from './idTokenFailure.ts';
import { kindOf } from '../../shared/json.ts';
import { tolerated, type ClaimNote } from './idTokenOddities.ts';
import { comparison, moment, shown } from './idTokenProblem.ts';

/** What the claims of an id_token must match, beyond what the protocol library compares. */
export interface ClaimsExpected {
  readonly clientId: string;
  readonly alg: string;
  readonly accessToken: string;
  /** The code it was exchanged for. */
  readonly code?: string;
  /** The parameters of the sign-in; absent when nobody signed in. */
  readonly asked?: ExtraParameters;
  /** When it began, in milliseconds since the epoch. */
  readonly askedAt?: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Checks that an id_token was issued for this client, access token and code.
 *
 * @throws FailureError of kind `invalid_id_token`
 * @see OpenID Connect Core 1.0 sections 3.1.3.7, 3.1.3.8 and 3.3.2.11
 */
export function requireFittingClaims(claims: JWTPayload, expected: ClaimsExpected): void {
  const { azp, at_hash: ofToken, c_hash: ofCode } = claims;
  if (azp !== undefined && azp !== expected.clientId)
    throw idTokenRefused(
      typeof azp === 'string'
        ? comparison('azp', azp, expected.clientId)
        : { code: 'azp', problem: 'type', received: kindOf(azp) },
    );
  requireHash('at_hash', ofToken, expected.accessToken, expected.alg);
  if (expected.code !== undefined) requireHash('c_hash', ofCode, expected.code, expected.alg);
}

function requireHash(claim: 'at_hash' | 'c_hash', received: unknown, value: string, alg: string): void {
  if (received === undefined) return;
  const hashes = halfHashes(value, alg);
  // VS Code's runtime has no SHAKE256, so a hash of that length cannot be compared there.
  const unknown =
    hashes.includes(undefined) && typeof received === 'string' && urlSafe(received).length === 76;
  if (hashes.length === 0 || unknown) return;
  if (typeof received !== 'string')
    throw idTokenRefused({ code: claim, problem: 'type', received: kindOf(received) });
  const came = urlSafe(received);
  if (hashes.includes(came)) return;
  const other = otherHash(came, value);
  const of = claim === 'at_hash' ? 'access token' : 'code';
  throw idTokenRefused({
    ...{ code: claim, problem: 'wrong' },
    ...(other && {
      detail: `its ${claim} is ${other} of the ${of}, not the half of it that goes with ${alg}`,
    }),
  });
}

/** When a hash is wrong: what it is instead, if it is the right value hashed or encoded in another way. */
function otherHash(came: string, value: string): string | undefined {
  for (const bits of ['256', '384', '512']) {
    const digest = createHash(`sha${bits}`).update(value).digest();
    if (came === digest.toString('base64url')) return `the whole SHA-${bits} hash`;
    if (came === digest.subarray(0, digest.length / 2).toString('base64url'))
      return `the half of the SHA-${bits} hash`;
  }
  return undefined;
}

/** Padding and the other base64 alphabet make no other hash. */
function urlSafe(text: string): string {
  return text
    .slice(0, 200)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '');
}

/** The left half of the hash of `value`, as an algorithm defines it: none where an algorithm has no hash, two for EdDSA's two curves. */
function halfHashes(value: string, alg: string): readonly (string | undefined)[] {
  const half = (digest: Buffer) => digest.subarray(0, digest.length / 2).toString('base64url');
  const bits = /^(?:HS|RS|PS|ES)(256|384|512)K?$/.exec(alg)?.[1];
  if (bits !== undefined) return [half(createHash(`sha${bits}`).update(value).digest())];
  if (alg !== 'EdDSA' && alg !== 'Ed25519') return [];
  const ed25519 = createHash('sha512').update(value).digest();
  return alg === 'EdDSA' ? [half(ed25519), shakeHalf(value)] : [half(ed25519)];
}

function shakeHalf(value: string): string | undefined {
  try {
    return createHash('shake256', { outputLength: 57 }).update(value).digest('base64url');
  } catch {
    return undefined;
  }
}

/** What the server did not heed of `max_age`, `prompt` and `acr_values`. @see OpenID Connect Core 1.0 section 3.1.2.1 */
export function signInNotes(
  claims: JWTPayload,
  { asked = {}, askedAt, now }: ClaimsExpected,
): readonly ClaimNote[] {
  return [
    ...authenticationTime(claims, asked['max_age'], now),
    ...newSignIn(claims, asked['prompt'], askedAt),
    ...authenticationClass(claims, asked['acr_values']),
  ];
}

function authenticationTime(
  { auth_time: time }: JWTPayload,
  wanted: string | undefined,
  now: number,
): readonly ClaimNote[] {
  if (wanted === undefined || !/^\d{1,10}$/.test(wanted)) return [];
  const asked = `max_age=${wanted} was asked for`;
  if (typeof time !== 'number')
    return [
      {
        code: 'id_token_auth_time_missing',
        message: `${asked}, but the id_token ${time === undefined ? 'has no auth_time' : 'has an auth_time that is not a number'}: when the user signed in is not known.`,
      },
    ];
  const age = Math.round(now / 1000 - time);
  if (age <= Number(wanted) + tolerated) return [];
  return [
    {
      code: 'id_token_auth_time_old',
      message: `${asked}, but by the auth_time of the id_token the user signed in ${age} s ago, at ${moment(time)}.`,
    },
  ];
}

/** Whether the user signed in again after `prompt=login`, where the token tells. */
function newSignIn(
  { auth_time: time }: JWTPayload,
  prompt: string | undefined,
  askedAt: number | undefined,
): readonly ClaimNote[] {
  if (prompt?.split(' ').includes('login') !== true || askedAt === undefined || typeof time !== 'number')
    return [];
  const age = Math.round(askedAt / 1000 - time);
  if (age <= tolerated) return [];
  return [
    {
      code: 'id_token_prompt_login',
      message: `prompt=login was asked for, but by the auth_time of the id_token the user had signed in ${age} s before, at ${moment(time)}.`,
    },
  ];
}

function authenticationClass({ acr }: JWTPayload, wanted: string | undefined): readonly ClaimNote[] {
  const classes = wanted?.split(' ').filter(Boolean) ?? [];
  if (classes.length === 0 || (typeof acr === 'string' && classes.includes(acr))) return [];
  const came = acr === undefined ? 'has no acr' : `has the acr ${shown(acr)}`;
  return [
    {
      code: acr === undefined ? 'id_token_acr_missing' : 'id_token_acr_other',
      message: `acr_values=${shown(classes.join(' '))} was asked for, but the id_token ${came}: how the user signed in is not what was asked for, or not known.`,
    },
  ];
}
