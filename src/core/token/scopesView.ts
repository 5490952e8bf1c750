import type { FindingView } from '../../shared/views/finding.ts';
import { fewRows, type ScopesView } from '../../shared/views/tokenView.ts';
import type { ScopeKnowledge } from './scopeKnowledge.ts';
import { rfc } from '../source.ts';
import type { DecodedToken } from './decode.ts';
import { finding, quotedList } from './finding.ts';
import type { TokenReading } from './reading.ts';
import { scopesInToken } from './scopeClaims.ts';
import { compareScopes, isDefaultScope, type ScopeFacts, type ScopeRow } from './scopes.ts';

/** The comparison of scopes, as rows and as findings. */
export interface ScopeComparison {
  readonly view: ScopesView;
  readonly findings: readonly FindingView[];
}

/** Compares scopes; undefined when there is nothing to compare, as with only an ID token or an unreadable text. */
export function scopeComparison(reading: TokenReading): ScopeComparison | undefined {
  const { access, id } = reading.tokens;
  if (access === undefined) return undefined;
  const { source, requested, responseScope } = reading;
  const knowledge = source.kind === 'profile' ? source.knowledge : undefined;
  const facts: ScopeFacts = {
    ...(requested && { requested }),
    ...(reading.response && {
      response: {
        ...(responseScope !== undefined && { scope: responseScope }),
        refreshToken: reading.refreshToken !== undefined,
        idToken: id !== undefined,
      },
    }),
    ...(access.payload?.json && { claims: access.payload.json }),
    ...(source.kind === 'profile' && { grant: source.profile.grant }),
    ...(knowledge && { knowledge }),
  };
  const rows = compareScopes(facts);
  if (rows.length === 0 && source.kind === 'text') return undefined;
  return {
    view: {
      rows: inOrder(rows).map((row) => ({
        ...row,
        ...meaningOf(row.scope, knowledge),
        asked: requested === undefined ? 'unknown' : row.asked ? 'yes' : 'no',
        text: textOf(row, facts),
      })),
      ...summaryOf(rows, requested),
      hint: hintOf(access, knowledge),
    },
    findings: findingsOf(rows, facts),
  };
}

/** Puts the differences first, so that they are never folded away behind what is as expected. */
function inOrder(rows: readonly ScopeRow[]): readonly ScopeRow[] {
  if (rows.length <= fewRows) return rows;
  const isPlain = ({ verdict }: ScopeRow) =>
    verdict === 'kept' || verdict === 'unknown' || verdict === 'role';
  return [...rows].sort((a, b) => Number(isPlain(a)) - Number(isPlain(b)));
}

function meaningOf(scope: string, knowledge: ScopeKnowledge | undefined): { readonly meaning?: string } {
  const meanings = knowledge?.meanings ?? {};
  const meaning = Object.hasOwn(meanings, scope) ? meanings[scope] : undefined;
  return meaning === undefined ? {} : { meaning };
}

function textOf(row: ScopeRow, { knowledge, grant }: ScopeFacts): string {
  switch (row.verdict) {
    case 'kept':
      if (isDefaultScope(row.scope, knowledge)) return 'Stands for everything that is configured';
      if (row.asked && row.granted === 'unknown')
        return 'Not told: the response names the API’s scopes only, openid neither';
      return row.inToken === 'not_expected' ? 'Granted; steers the sign-in, not the token' : 'Granted';
    case 'dropped':
      return whyNotGranted(row.scope, knowledge, grant) ?? 'Dropped by the server';
    case 'missing':
      return 'Granted, but not in the token';
    case 'added':
      return 'Not asked for';
    case 'default':
      return 'The server’s default';
    case 'role':
      return 'A role or permission';
    case 'unknown':
      return 'In the token';
  }
}

function whyNotGranted(scope: string, knowledge: ScopeKnowledge | undefined, grant: string | undefined) {
  const rule = knowledge?.notGranted?.find(
    ({ scopes, grants }) => scopes.includes(scope) && grants.some((one) => one === grant),
  );
  return rule && `Dropped: ${rule.why}`;
}

function summaryOf(
  rows: readonly ScopeRow[],
  requested: readonly string[] | undefined,
): Pick<ScopesView, 'summary' | 'tone'> {
  const count = (verdict: ScopeRow['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  if (requested === undefined)
    return {
      summary: `${scopes(rows.length)} in the token; what was asked for is not known.`,
      tone: 'neutral',
    };
  if (rows.length === 0) return { summary: 'No scopes were asked for, and none are named.', tone: 'neutral' };
  const asked = rows.filter((row) => row.asked).length;
  const extra = count('added') > 0 ? ` ${count('added')} more came unasked.` : '';
  if (asked === 0)
    return { summary: `No scopes were asked for; ${scopes(rows.length)} came by default.`, tone: 'neutral' };
  const lost = count('dropped') + count('missing');
  if (lost > 0)
    return { summary: `${asked - lost} of ${scopes(asked)} asked for can be used.${extra}`, tone: 'warn' };
  return {
    summary:
      asked === 1
        ? `The scope asked for was granted.${extra}`
        : `${asked === 2 ? 'Both' : `All ${asked}`} scopes asked for were granted.${extra}`,
    tone: 'good',
  };
}

function scopes(count: number): string {
  return `${count} ${count === 1 ? 'scope' : 'scopes'}`;
}

function hintOf(access: DecodedToken, knowledge: ScopeKnowledge | undefined): string {
  if (access.kind === 'opaque')
    return 'The access token is opaque: which scopes it carries, only the server knows. Compared are the request and the response.';
  if (access.kind === 'jwe')
    return 'The access token is encrypted: which scopes it carries cannot be read. Compared are the request and the response.';
  const { holders, roles } = scopesInToken(access.payload?.json, knowledge);
  if (holders.length > 0)
    return `The token keeps its scopes in the ${holders.length === 1 ? 'claim' : 'claims'} ${quotedList(holders)}.`;
  return roles.size > 0
    ? 'The token has no claim that holds scopes; it holds roles or permissions.'
    : 'The token has no claim that holds scopes.';
}

function findingsOf(rows: readonly ScopeRow[], facts: ScopeFacts): readonly FindingView[] {
  const of = (verdict: ScopeRow['verdict']) =>
    rows.filter((row) => row.verdict === verdict).map(({ scope }) => scope);
  const [dropped, missing, added] = [of('dropped'), of('missing'), of('added')];
  const found: FindingView[] = [];
  if (dropped.length > 0) {
    const why = dropped.map((scope) => whyNotGranted(scope, facts.knowledge, facts.grant)).find(Boolean);
    found.push(
      finding(
        'warning',
        'scopes_dropped',
        `Asked for, but not granted: ${quotedList(dropped)}.`,
        why === undefined
          ? 'The server dropped what it does not grant, without an error. Check the spelling, and what this client is allowed.'
          : `${why.replace(/^Dropped: /, '')} Take them out of the profile.`,
        rfc(6749, '3.3'),
      ),
    );
  }
  if (missing.length > 0)
    found.push(
      finding(
        'warning',
        'scopes_missing',
        `Granted, but not in the token: ${quotedList(missing)}.`,
        'The API reads the token, not the response: it will not see them. Some servers put scopes of another API into another token.',
        rfc(9068, '2.2.3'),
      ),
    );
  if (added.length > 0)
    found.push(
      finding(
        'note',
        'scopes_added',
        `Not asked for, but there: ${quotedList(added)}.`,
        'The token can do more than was wanted. Use a client that is allowed less.',
        rfc(6749, '3.3'),
      ),
    );
  return found;
}
