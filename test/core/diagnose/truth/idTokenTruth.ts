import { decodeJwt } from 'jose';
import type { Cause } from '../../../../src/core/diagnose/explanation.ts';
import type { Trace } from './trace.ts';
import { now } from './world.ts';

/** Absent is said of what is absent, and what is shown as received is what the token holds. */
export function idTokenTruth({ answer, report }: Trace, { title, evidence }: Cause): boolean {
  const token = answer['id_token'];
  if (typeof token !== 'string') return false;
  const { outcome } = report;
  const failure =
    outcome.kind === 'failure' && outcome.failure.kind === 'invalid_id_token' ? outcome.failure : undefined;
  if (failure === undefined) return false;
  let claims: Readonly<Record<string, unknown>>;
  try {
    claims = decodeJwt(token);
  } catch {
    return failure.code === 'malformed';
  }
  const claim = claims[failure.code];
  const isAbsent = claim === undefined;
  if (
    (title + failure.message).includes('has no') !== isAbsent &&
    failure.code in { ...claims, iss: 1, aud: 1, exp: 1, iat: 1, sub: 1, nonce: 1 }
  )
    return false;
  if (failure.message.includes('expired') && !(typeof claim === 'number' && claim < now)) return false;
  if (
    failure.message.includes('another client') &&
    [claims['aud']].flat().includes(report.profile.clientId) &&
    failure.code === 'aud'
  )
    return false;
  const received = evidence.find((line) => line.startsWith('Received: '))?.slice(10);
  if (received === undefined || typeof claim === 'number' || failure.problem === 'type') return true;
  return received === [claim].flat().join(', ');
}
