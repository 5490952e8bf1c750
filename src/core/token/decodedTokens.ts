import type { FindingView, Severity } from '../../shared/views/finding.ts';
import type { DecodedTokenView, LifetimeView, ScopesView, TokenSlot } from '../../shared/views/tokenView.ts';
import { claimCatalogue } from './claimCatalogue.ts';
import { claimFindings } from './claimFindings.ts';
import type { DecodedToken } from './decode.ts';
import { describeKind, isIdToken } from './describe.ts';
import { headerCatalogue } from './headerCatalogue.ts';
import { headerFindings } from './headerFindings.ts';
import { otherKindOf } from './otherKinds.ts';
import { partView } from './partView.ts';
import { endOf, type TokenReading } from './reading.ts';
import { responseFindings } from './responseFindings.ts';
import { scopeComparison } from './scopesView.ts';
import { signatureFindings, signatureView, type SignatureProgress } from './signatureView.ts';
import { lifetimeOf, timeFindings } from './times.ts';

/** What the tokens are looked at with. */
export interface TokenState {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signatures: Readonly<Partial<Record<TokenSlot, SignatureProgress>>>;
}

/** The tokens of a reading, explained. */
export interface DecodedTokens {
  readonly tokens: readonly DecodedTokenView[];
  /** When there is no token to show: why not. */
  readonly findings: readonly FindingView[];
  readonly scopes?: ScopesView;
}

/** Explains the tokens of a reading; pure. */
export function decodedTokens(reading: TokenReading, state: TokenState): DecodedTokens {
  const { access, id } = reading.tokens;
  const scopes = scopeComparison(reading);
  const general = [...responseFindings(reading), ...(scopes?.findings ?? [])];
  const first: TokenSlot = access ? 'access' : 'id';
  const tokens = (
    [
      ['access', access],
      ['id', id],
    ] as const
  ).flatMap(([slot, token]) =>
    token ? [decodedView(reading, state, slot, token, slot === first ? general : [])] : [],
  );
  return {
    tokens,
    findings: tokens.length === 0 ? general : [],
    ...(scopes && { scopes: scopes.view }),
  };
}

function decodedView(
  reading: TokenReading,
  state: TokenState,
  slot: TokenSlot,
  token: DecodedToken,
  general: readonly FindingView[],
): DecodedTokenView {
  const claims = token.payload?.json;
  const role: TokenSlot =
    reading.source.kind === 'text' && slot === 'access' && isIdToken(claims) ? 'id' : slot;
  const asked = otherKindOf(token) ? 'other' : role;
  const profile = reading.source.kind === 'profile' ? reading.source.profile : undefined;
  const certificate = reading.source.kind === 'profile' ? reading.source.certificate : undefined;
  const lifetime = slot === 'access' ? spanOf(reading, token) : lifetimeOf(claims);
  const progress: SignatureProgress = state.signatures[slot] ?? { kind: 'checking' };
  const findings = [
    ...token.problems,
    ...headerFindings(token, role),
    ...signatureFindings(progress),
    ...timeFindings(lifetime, claims, asked, state.now),
    ...(claims ? claimFindings(claims, asked, profile, certificate) : []),
    ...general,
  ];
  return {
    slot,
    ...describeKind(token, role, reading.source.kind === 'text'),
    end: endOf(token.token),
    length: token.token.length,
    lifetime,
    signature: signatureView(progress),
    findings: bySeverity(findings),
    ...(token.header && { header: partView(token.header, headerCatalogue()) }),
    ...(token.payload && { payload: partView(token.payload, claimCatalogue()) }),
    encoded: token.parts.slice(0, 6).map((part) => part.slice(0, 16 * 1024)),
  };
}

/** The token's lifetime by its own claims, else by the response. */
function spanOf({ receivedAt, expiresAt }: TokenReading, token: DecodedToken): LifetimeView {
  const claimed = lifetimeOf(token.payload?.json);
  if (token.payload?.json !== undefined || expiresAt === undefined) return claimed;
  return { ...(receivedAt !== undefined && { issuedAt: receivedAt }), expiresAt };
}

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

function bySeverity(findings: readonly FindingView[]): readonly FindingView[] {
  return findings.toSorted((a, b) => weights[a.severity] - weights[b.severity]);
}
