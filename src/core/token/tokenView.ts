import { serverCommands } from '../../shared/commands.ts';
import type {
  DecodedTokenView,
  TokenAction,
  TokenSlot,
  TokenTab,
  TokenViewModel,
} from '../../shared/views/tokenView.ts';
import { isBound } from './isBound.ts';
import { possibleOperations } from '../grants/possibleOperations.ts';
import { grantOf } from '../grants/all.ts';
import { claimCatalogue } from './claimCatalogue.ts';
import { introspectionCatalogue } from './responseCatalogue.ts';
import { asHeader } from './copyAs.ts';
import { decodedTokens, type TokenState } from './decodedTokens.ts';
import { endOf, type TokenReading } from './reading.ts';
import { comparedWith } from './compareAnswer.ts';
import { claimViews } from './partView.ts';
import { responseView } from './responseView.ts';
import { signInAsked } from './signInAsked.ts';
import { lifetimeOf } from './times.ts';

/** The state that changes while a view is open. */
export interface TokenViewState extends TokenState {
  readonly tab?: TokenTab;
}

/** Makes the view's model of a reading. Pure. */
export function tokenView(reading: TokenReading, state: TokenViewState): TokenViewModel {
  const response = responseView(reading);
  const decoded = decodedTokens(reading, state);
  const first: TokenSlot = reading.tokens.access ? 'access' : 'id';
  return {
    ...describeSource(reading),
    ...(reading.receivedAt !== undefined && { receivedAt: reading.receivedAt }),
    actions: actionsOf(reading),
    copiesAsHeader: asHeader(reading) !== undefined,
    ...decoded,
    signIn: signInAsked(reading),
    ...(response && { response }),
    ...answersOf(reading),
    ...(reading.refreshToken !== undefined && { refreshTokenEnd: endOf(reading.refreshToken) }),
    tab: shownTab(state.tab ?? first, decoded.tokens, response !== undefined),
  };
}

/** The next time, in milliseconds since the epoch, at which the view changes. */
export function nextChange(reading: TokenReading, now: number): number | undefined {
  const moments = [
    ...Object.values(reading.tokens).flatMap(
      (token) => Object.values(lifetimeOf(token.payload?.json)) as number[],
    ),
    ...(reading.expiresAt === undefined ? [] : [reading.expiresAt]),
  ].filter((at) => at > now);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** Title and subtitle of a view. */
function describeSource({ source }: TokenReading): Pick<TokenViewModel, 'title' | 'subtitle'> {
  if (source.kind === 'text') return { title: 'Decoded token', subtitle: `From ${source.from}` };
  const { profile } = source;
  const server = profile.issuer ?? profile.tokenEndpoint ?? '';
  return { title: profile.name, subtitle: `${grantOf(profile).label} · ${server} · ${profile.clientId}` };
}

function answersOf({ source, tokens }: TokenReading): Pick<TokenViewModel, 'answers'> {
  if (source.kind === 'text' || source.answers === undefined) return {};
  const answers = source.answers.map(({ members, ...said }) => {
    const claims = tokens[said.slot]?.payload?.json;
    const rows = claimViews(members, 'active' in members ? introspectionCatalogue() : claimCatalogue());
    return {
      ...said,
      rows: claims
        ? rows.map((row) => ({ ...row, ...comparedWith(claims, row.name, members[row.name]) }))
        : rows,
    };
  });
  return { answers };
}

function actionsOf({ source, refreshToken }: TokenReading): readonly TokenAction[] {
  if (source.kind === 'text') return [];
  const possible = possibleOperations(source.profile, source.tokens, source.server);
  return [
    ...(isBound(source.tokens) ? [] : (['insertBearer'] as const)),
    'getToken',
    ...(refreshToken === undefined ? [] : (['refreshToken'] as const)),
    ...possible.map((name) => serverCommands[name]),
    ...(source.hasFlow === true ? (['showFlow'] as const) : []),
    'compareTokens',
    'settings',
  ];
}

function shownTab(wanted: TokenTab, tokens: readonly DecodedTokenView[], hasResponse: boolean): TokenTab {
  const there = wanted === 'response' ? hasResponse : tokens.some(({ slot }) => slot === wanted);
  return there ? wanted : (tokens[0]?.slot ?? (hasResponse ? 'response' : 'access'));
}
