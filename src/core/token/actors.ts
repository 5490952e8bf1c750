import { isObject, textMember } from '../../shared/json.ts';
import type { FindingView } from '../../shared/views/finding.ts';
import { rfc } from '../source.ts';
import { finding, quoted } from './finding.ts';
import type { JsonObject } from './json.ts';

/** How many actors are named at most. */
const most = 10;

/** The chain of those who act for a token's subject, the present actor first, as one finding. @see RFC 8693 section 4.1 (act) */
export function actorFindings({ sub, act }: JsonObject): readonly FindingView[] {
  const chain: string[] = [];
  let actor: unknown = act;
  for (; isObject(actor) && chain.length < most; actor = actor['act'])
    chain.push(
      quoted(textMember(actor, 'sub') ?? textMember(actor, 'client_id') ?? 'somebody without a name'),
    );
  if (chain.length === 0) return [];
  const subject = typeof sub === 'string' ? quoted(sub) : 'the subject';
  const line = [...chain, ...(isObject(actor) ? ['…'] : [])].join(' ← ');
  return [
    finding(
      'note',
      'delegation',
      `Somebody acts for ${subject}: ${line} ← ${subject}.`,
      chain.length === 1
        ? 'The API sees both: who acts, and for whom.'
        : 'The API goes by the first one alone; those after it handed the token on, and are there for information.',
      rfc(8693, '4.1'),
    ),
  ];
}
