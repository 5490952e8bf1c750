import type { Failure } from '../record/failure.ts';
import type { FlowOutcome, FlowReport } from '../record/report.ts';
import { redactFlow } from './redactFlow.ts';
import type { Exchange } from '../record/exchange.ts';
import { mask } from '../http/mask.ts';
import { replacersOf } from '../http/replaceSecrets.ts';
import { secretsIn } from '../http/secrets.ts';
import { parseProfile } from '../profile/parseProfile.ts';
import { serializeProfile } from '../profile/serializeProfile.ts';
import { isList, isObject, member } from '../../shared/json.ts';
import { keptFlow } from '../session/keptFlow.ts';

/** Most characters of all bodies of one run on the disk. */
const mostStored = 16 * 1024;

/**
 * Serializes runs for the disk without the secrets that were used in them: of a secret at most its last 6 characters are kept,
 * and a verifier is left out. Runs that could not be restored, such as those without a profile, are left out.
 *
 * @param version the program's: another version does not read them, as their shape may differ
 */
export function storeFlows(flows: readonly FlowReport[], version: string): string {
  return JSON.stringify({ version, flows: flows.map(withoutSecrets) });
}

/** Restores the runs that `storeFlows` of the same version wrote; none from anything else. Never throws. */
export function restoreFlows(text: string, version: string): readonly FlowReport[] {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return [];
  }
  const flows = member(stored, 'version') === version ? member(stored, 'flows') : undefined;
  return Array.isArray(flows) ? flows.flatMap((flow: unknown) => restored(flow) ?? []) : [];
}

function withoutSecrets(flow: FlowReport): unknown {
  const { outcome, pkce } = flow;
  const tokens = outcome.kind === 'token' ? outcome.tokens : undefined;
  // Exchanges and failures are redacted already; this is for the texts of our own beside them.
  const { ours: replace } = replacersOf([
    ...secretsIn(flow.exchanges),
    ...[tokens?.access_token, tokens?.refresh_token, tokens?.id_token, pkce?.code_verifier].filter(
      (secret) => secret !== undefined,
    ),
  ]);
  const { id, kind, startedAt, endedAt, exchanges } = keptFlow(
    { ...flow, exchanges: redactFlow(flow) },
    mostStored,
  );
  const profile = serializeProfile(flow.profile);
  const failedAt = flow.failedAt && { failedAt: serializeProfile(flow.failedAt) };
  return deep(
    { ...failedAt, id, kind, startedAt, endedAt, profile, exchanges, outcome: bare(outcome) },
    replace,
  );
}

/** Reduces tokens to what may be shown. */
function bare(outcome: FlowOutcome): FlowOutcome {
  if (outcome.kind !== 'token') return outcome;
  const { access_token, token_type, scope, received_at, expires_at, requested_scopes } = outcome.tokens;
  return {
    kind: 'token',
    tokens: {
      ...{ access_token: mask(access_token), token_type, received_at, requested_scopes, extra: {} },
      ...(scope === undefined ? {} : { scope }),
      ...(expires_at === undefined ? {} : { expires_at }),
    },
  };
}

/** Replaces every text in a JSON value. */
function deep(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item: unknown) => deep(item, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, deep(one, replace)]));
}

function restored(flow: unknown): FlowReport | undefined {
  const parsed = parseProfile(member(flow, 'profile'));
  const id = member(flow, 'id');
  const kind = member(flow, 'kind');
  const [startedAt, endedAt] = [member(flow, 'startedAt'), member(flow, 'endedAt')];
  const exchanges = member(flow, 'exchanges');
  const outcome = member(flow, 'outcome');
  if (!('profile' in parsed) || typeof id !== 'string' || typeof kind !== 'string') return undefined;
  if (typeof startedAt !== 'number' || typeof endedAt !== 'number' || !isOutcome(outcome)) return undefined;
  if (!Array.isArray(exchanges) || !exchanges.every(isExchange)) return undefined;
  const failedAt = parseProfile(member(flow, 'failedAt'));
  return {
    ...{ id, kind, startedAt, endedAt, exchanges, outcome, profile: parsed.profile, restored: true },
    ...('profile' in failedAt && { failedAt: failedAt.profile }),
  };
}

function isOutcome(value: unknown): value is FlowOutcome {
  switch (member(value, 'kind')) {
    case 'token': {
      const tokens = member(value, 'tokens');
      return (
        hasTexts(tokens, 'access_token', 'token_type') &&
        typeof member(tokens, 'received_at') === 'number' &&
        isTexts(member(tokens, 'requested_scopes')) &&
        isObject(member(tokens, 'extra'))
      );
    }
    case 'failure':
      return isFailure(member(value, 'failure'));
    case 'checked':
      return hasTexts(value, 'title', 'verdict', 'meaning');
    default:
      return false;
  }
}

function isFailure(value: unknown): value is Failure {
  return hasTexts(value, 'kind', 'step', 'message', 'advice');
}

function isExchange(value: unknown): value is Exchange {
  const request = member(value, 'request');
  const response = member(value, 'response');
  return (
    hasTexts(value, 'purpose', 'leg') &&
    typeof member(value, 'id') === 'number' &&
    typeof member(value, 'startedAt') === 'number' &&
    Array.isArray(member(value, 'deviations')) &&
    hasTexts(request, 'method', 'url') &&
    isHeaders(member(request, 'headers')) &&
    (response === undefined ||
      (typeof member(response, 'status') === 'number' &&
        hasTexts(response, 'statusText', 'body') &&
        isHeaders(member(response, 'headers'))))
  );
}

function hasTexts(value: unknown, ...names: readonly string[]): boolean {
  return names.every((name) => typeof member(value, name) === 'string');
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isHeaders(value: unknown): boolean {
  return isList(value) && value.every((pair) => isList(pair) && isTexts(pair) && pair.length === 2);
}
