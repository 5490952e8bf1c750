import { isTime } from '../isTime.ts';
import type { TokenSet } from '../record/report.ts';
import { isObject, objectOf } from '../../shared/json.ts';

/** A token set as text for the vault, marked with the set-up it belongs to. */
export function formatTokens(tokens: TokenSet, setup: string): string {
  return JSON.stringify({ version: 1, setup, tokens });
}

/** Reads what `formatTokens` wrote; absent for anything else and for another set-up's token. */
export function parseTokens(text: string | undefined, setup: string): TokenSet | undefined {
  try {
    const { version, setup: ofSetup, tokens } = objectOf(JSON.parse(text ?? '{}'));
    if (version === 1 && ofSetup === setup && isTokenSet(tokens)) return tokens;
  } catch {
    // No JSON, so that somebody else wrote it.
  }
  return undefined;
}

/** The vault can be written by others; what is not in the right shape is no token. */
function isTokenSet(stored: unknown): stored is TokenSet {
  const value = objectOf(stored);
  const scopes = value['requested_scopes'];
  return (
    typeof value['access_token'] === 'string' &&
    typeof value['token_type'] === 'string' &&
    isTimeValue(value['received_at']) &&
    (value['expires_at'] === undefined || isTimeValue(value['expires_at'])) &&
    ['refresh_token', 'id_token', 'scope', 'signed_in_at'].every((name) => isOptionalText(value[name])) &&
    Array.isArray(scopes) &&
    scopes.every((scope) => typeof scope === 'string') &&
    isObject(value['extra'])
  );
}

function isTimeValue(value: unknown): boolean {
  return typeof value === 'number' && isTime(value);
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
