import type { FindingView, Severity } from '../../shared/views/finding.ts';
import type {
  DecodedTokenView,
  LifetimeView,
  TokenAction,
  TokenSlot,
  TokenTab,
  TokenViewModel,
} from '../../shared/views/tokenView.ts';
import { claimCatalogue } from './claimCatalogue.ts';
import { claimFindings } from './claimFindings.ts';
import type { DecodedToken } from './decode.ts';
import { headerCatalogue } from './headerCatalogue.ts';
import { headerFindings } from './headerFindings.ts';
import { partView } from './partView.ts';
import { endOf, type TokenReading } from './reading.ts';
import { responseFindings } from './responseFindings.ts';
import { responseView } from './responseView.ts';
import { scopeComparison } from './scopesView.ts';
import { signatureFindings, signatureView, type SignatureProgress } from './signatureView.ts';
import { lifetimeOf, timeFindings } from './times.ts';
import { describeKind, describeSource, isIdToken } from './describe.ts';

/** What changes while a view is open. */
export interface TokenViewState {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly tab?: TokenTab;
  readonly signatures: Readonly<Partial<Record<TokenSlot, SignatureProgress>>>;
}

/** Makes the whole view of a reading; pure. */
export function tokenView(reading: TokenReading, state: TokenViewState): TokenViewModel {
  const { access, id } = reading.tokens;
  const scopes = scopeComparison(reading);
  const response = responseView(reading);
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
    ...describeSource(reading),
    ...(reading.receivedAt !== undefined && { receivedAt: reading.receivedAt }),
    actions: actionsOf(reading),
    tokens,
    findings: tokens.length === 0 ? general : [],
    ...(scopes && { scopes: scopes.view }),
    ...(response && { response }),
    ...(reading.refreshToken !== undefined && { refreshTokenEnd: endOf(reading.refreshToken) }),
    tab: shownTab(state.tab ?? first, tokens, response !== undefined),
  };
}

/** The next moment, in milliseconds since the epoch, at which the view says something else. */
export function nextChange(reading: TokenReading, now: number): number | undefined {
  const moments = [
    ...Object.values(reading.tokens).flatMap(
      (token) => Object.values(lifetimeOf(token.payload?.json)) as number[],
    ),
    ...(reading.expiresAt === undefined ? [] : [reading.expiresAt]),
  ].filter((at) => at > now);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function decodedView(
  reading: TokenReading,
  state: TokenViewState,
  slot: TokenSlot,
  token: DecodedToken,
  general: readonly FindingView[],
): DecodedTokenView {
  const claims = token.payload?.json;
  const role: TokenSlot =
    reading.source.kind === 'text' && slot === 'access' && isIdToken(claims) ? 'id' : slot;
  const profile = reading.source.kind === 'profile' ? reading.source.profile : undefined;
  const lifetime = slot === 'access' ? spanOf(reading, token) : lifetimeOf(claims);
  const progress: SignatureProgress = state.signatures[slot] ?? { kind: 'checking' };
  const findings = [
    ...token.problems,
    ...headerFindings(token, role),
    ...signatureFindings(progress),
    ...timeFindings(lifetime, claims, role, state.now),
    ...(claims ? claimFindings(claims, role, profile) : []),
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

/** The token's own claims, else what the response says. */
function spanOf({ receivedAt, expiresAt }: TokenReading, token: DecodedToken): LifetimeView {
  const claimed = lifetimeOf(token.payload?.json);
  if (token.payload?.json !== undefined || expiresAt === undefined) return claimed;
  return { ...(receivedAt !== undefined && { issuedAt: receivedAt }), expiresAt };
}

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

function bySeverity(findings: readonly FindingView[]): readonly FindingView[] {
  return findings.toSorted((a, b) => weights[a.severity] - weights[b.severity]);
}

function actionsOf({ source, refreshToken }: TokenReading): readonly TokenAction[] {
  if (source.kind === 'text') return [];
  return [
    'insertBearer',
    'getToken',
    ...(refreshToken === undefined ? [] : (['refreshToken'] as const)),
    ...(source.hasFlow === true ? (['showFlow'] as const) : []),
    'settings',
  ];
}

function shownTab(wanted: TokenTab, tokens: readonly DecodedTokenView[], hasResponse: boolean): TokenTab {
  const there = wanted === 'response' ? hasResponse : tokens.some(({ slot }) => slot === wanted);
  return there ? wanted : (tokens[0]?.slot ?? (hasResponse ? 'response' : 'access'));
}
