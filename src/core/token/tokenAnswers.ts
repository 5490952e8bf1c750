import { membersIn } from '../http/jsonDepth.ts';
import { exchangeRedactor } from '../http/redact.ts';
import type { Profile } from '../profile/profile.ts';
import type { FlowReport, TokenSet } from '../record/report.ts';
import type { TokenSlot } from '../../shared/views/tokenView.ts';
import type { JsonObject } from './json.ts';

/** What the server said about a token or its user when asked; without any secret. */
export interface TokenAnswer {
  readonly title: string;
  /** One or more sentences. */
  readonly meaning: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The token that it is about. */
  readonly slot: TokenSlot;
  /** The members of the response; none when it was signed or cut off. */
  readonly members: JsonObject;
}

/** The operations that ask about a token, with the token beside which the answer is shown. */
const kinds = [
  ['introspection', 'access'],
  ['userinfo', 'id'],
] as const;

/**
 * The latest answers about this token, from its profile's runs since it was issued.
 *
 * @param flows newest first
 */
export function tokenAnswers(
  flows: readonly FlowReport[],
  { id, environment }: Profile,
  { received_at: since, id_token: idToken }: Pick<TokenSet, 'received_at' | 'id_token'>,
): readonly TokenAnswer[] {
  const own = flows.filter(
    ({ profile, startedAt }) =>
      profile.id === id && profile.environment === environment && startedAt >= since,
  );
  return kinds.flatMap(([kind, slot]) => {
    const flow = own.find((one) => one.kind === kind && one.outcome.kind === 'checked');
    if (flow?.outcome.kind !== 'checked') return [];
    const { title, meaning } = flow.outcome;
    const found = flow.exchanges.findLast(({ purpose }) => purpose === kind);
    const exchange = found && exchangeRedactor(flow.exchanges)(found);
    return [
      {
        ...{ title, meaning, at: flow.endedAt, members: membersIn(exchange?.response?.body ?? '') },
        slot: idToken === undefined ? 'access' : slot,
      },
    ];
  });
}
