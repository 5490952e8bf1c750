import { isTime } from '../isTime.ts';
import type { TokenSet } from '../record/report.ts';
import { isObject, objectOf } from '../../shared/json.ts';

/** A token set as text for the vault, marked with its set-up. */
export function formatTokens(tokens: TokenSet, setup: string): string {
  return JSON.stringify({ version: 1, setup, tokens });
}

/** Reads what `formatTokens` wrote; undefined for anything else, and for a token of another set-up. */
export function parseTokens(text: string | undefined, setup: string): TokenSet | undefined {
  try {
    const { version, setup: ofSetup, tokens } = objectOf(JSON.parse(text ?? '{}'));
    if (version === 1 && ofSetup === setup && isTokenSet(tokens)) return tokens;
  } catch {
    // No JSON, so that somebody else wrote it.
  }
  return undefined;
}

/** Whether a value has the shape of a token set, since others can write to the vault, too. */
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
