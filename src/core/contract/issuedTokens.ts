import type { ChecksReport } from '../checks/report.ts';
import type { Exchange } from '../record/exchange.ts';
import { membersIn } from '../http/jsonDepth.ts';
import { decodeToken } from '../token/decode.ts';
import { scopesInToken } from '../token/scopeClaims.ts';
import { splitScopes } from '../token/scopes.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { TokenKind } from './contract.ts';

/** What can be held against a promise of one answer with tokens, without the tokens. */
export interface IssuedTokens {
  /** As granted, and as they stand in the access token. */
  readonly scopes: readonly string[];
  /** Seconds. */
  readonly lifetimes: Readonly<Partial<Record<TokenKind, number>>>;
  /** The names of the claims of all tokens in the answer; absent when none can be read. */
  readonly claims?: ReadonlySet<string>;
}

/** What the client of a run was issued in its checks. */
export function issuedTokens({ results, clientId }: ChecksReport): readonly IssuedTokens[] {
  return results
    .flatMap(({ evidence }) => evidence)
    .filter((exchange) => exchange.leg === 'extension' && isOf(exchange, clientId))
    .flatMap(read);
}

/** Checks also use another client, of whose tokens nothing is promised here. */
function isOf({ request: { headers, body = '' } }: Exchange, clientId: string): boolean {
  const named = new URLSearchParams(body).get('client_id');
  if (named !== null) return named === clientId;
  const [, credentials] = headers.find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  const basic = /^Basic (\S+)$/i.exec(credentials ?? '')?.[1];
  if (basic === undefined) return true;
  const user = Buffer.from(basic, 'base64').toString('utf8').split(':', 1)[0] ?? '';
  return new URLSearchParams(`u=${user.replaceAll('&', '%26')}`).get('u') === clientId;
}

function read({ purpose, request, response }: Exchange): readonly IssuedTokens[] {
  if ((purpose !== 'token' && purpose !== 'refresh') || response?.status !== 200) return [];
  const members = membersIn(response.body);
  const { access_token: access, id_token: id, scope, expires_in: expires } = members;
  if (typeof access !== 'string') return [];
  const [inAccess, inId] = [access, id].map((token) =>
    typeof token === 'string' ? decodeToken(token).payload?.json : undefined,
  );
  const granted = typeof scope === 'string' ? scope : (new URLSearchParams(request.body).get('scope') ?? '');
  const lifetime = Number(expires) > 0 ? Number(expires) : lifetimeOf(inAccess);
  const ofId = lifetimeOf(inId);
  const read = inAccess !== undefined || inId !== undefined;
  return [
    {
      scopes: [...new Set([...splitScopes(granted), ...scopesInToken(inAccess).scopes.keys()])],
      lifetimes: {
        ...(lifetime === undefined ? {} : { access_token: lifetime }),
        ...(ofId === undefined ? {} : { id_token: ofId }),
      },
      ...(read && { claims: new Set([...Object.keys(inAccess ?? {}), ...Object.keys(inId ?? {})]) }),
    },
  ];
}

/** @see RFC 7519 sections 4.1.4 and 4.1.6 */
function lifetimeOf(claims: JsonObject | undefined): number | undefined {
  const [start, end] = [claims?.['iat'], claims?.['exp']];
  return typeof start === 'number' && typeof end === 'number' && end > start ? end - start : undefined;
}
