import { authenticationOf } from '../../authentication/all.ts';
import { grantOf } from '../../grants/all.ts';
import { withoutQuery } from '../../http/ends.ts';
import { addressShown } from '../addressShown.ts';
import { provedItself } from '../asked.ts';
import type { Facts } from '../facts.ts';
import type { QuickFix } from '../quickFix.ts';
import { authorizationAsked } from '../sentParameters.ts';

/** Something that servers say in words of their own, whatever their error code. */
export interface Topic {
  readonly id: string;
  readonly words: RegExp;
  /** What the same words must not speak of. */
  readonly not?: RegExp;
  readonly weight: number;
  readonly title: string;
  readonly steps: readonly string[];
  readonly fixes: (facts: Facts) => readonly QuickFix[];
  readonly evidence?: (facts: Facts) => readonly string[];
  /** Whether the answer lets the words speak. */
  readonly when?: (facts: Facts) => boolean;
  /** Whether profile and request let them. */
  readonly fits?: (facts: Facts) => boolean;
}

/** Evidence: the address that was asked; of what came back in a redirect, where the browser was sent. */
export const asked = ({ exchange, exchanges }: Facts): readonly string[] => {
  const at = exchange?.leg === 'loopback' ? authorizationAsked(exchanges) : exchange;
  if (at === undefined) return [];
  const { url } = at.request;
  return [`The request went to ${at === exchange ? addressShown(url) : withoutQuery(url).slice(0, 300)}.`];
};

/** Evidence: the client, and how it proves itself, which it does not in the browser. */
export const clientSent = (facts: Facts): readonly string[] => [
  `The profile sends the client ID ${JSON.stringify(facts.profile.clientId).slice(0, 120)}${provedItself(facts) ? ` with ${facts.profile.clientAuthentication}` : ''}.`,
];

/** Whether the request had a secret: the browser sends none, whether to sign in or out. */
export const sentSecret = (facts: Facts): boolean =>
  authenticationOf(facts.profile).usesSecret && provedItself(facts);

/** Whether a user has part in it. */
export const forUser = ({ profile }: Facts): boolean => grantOf(profile).actsForUser;
