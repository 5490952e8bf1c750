import { plainText } from '../../http/plainText.ts';
import type { Cause } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import type { QuickFix } from '../quickFix.ts';
import { said, type Rule } from '../rule.ts';
import { namesSeveral } from '../severalReasons.ts';
import { lifeOf } from '../tokenFacts.ts';
import { ownWords } from '../tellingWords.ts';
import { audienceTold, ofAudience } from './apiWords.ts';
import { rfc } from '../../source.ts';

/** The token is for another API. @see RFC 9068 section 4, RFC 8707 */
export const wrongAudience: Rule = (facts) => {
  const { failure, status, token, exchange } = facts;
  if (failure.step !== 'api' || (status !== 401 && status !== 403)) return [];
  const told = audienceTold(facts);
  if (!token || !exchange || !URL.canParse(exchange.request.url)) return told ? [toldAlone(facts)] : [];
  const { host, origin } = new URL(exchange.request.url);
  const doubt = told ? undefined : doubtOf(facts, host);
  if (!told && doubt === undefined) return [];
  const named = token.audience.some((one) => one.includes(host));
  return [
    {
      id: 'wrong-audience',
      weight: told ? (named ? 70 : 90) : (doubt?.weight ?? 0),
      title: told ? 'The token is for another API.' : (doubt?.title ?? ''),
      evidence: [
        token.audience.length > 0
          ? `Its audience is ${names(token.audience.slice(0, 5))}.`
          : 'It names no audience.',
        `It was sent to ${plainText(origin, 200)}.`,
        ...(named ? ['This host is in its audience; the API may expect another path or name.'] : []),
        ...(told ? ['The API’s words speak of the audience.'] : []),
        ...(lifeOf(facts).fresh ? ['It has just been issued, so it has not expired.'] : []),
      ],
      steps: audienceSteps(facts),
      fixes: audienceFixes(facts),
      source: rfc(8707, '2'),
    },
  ];
};

/** Of an answer that somebody brings along, neither the token nor the API is known. */
function toldAlone(facts: Facts): Cause {
  return {
    ...{ id: 'wrong-audience', weight: 90, title: 'The token is for another API.', evidence: [ownWords] },
    ...{ steps: audienceSteps(facts), fixes: [], source: rfc(8707, '2') },
  };
}

interface Doubt {
  readonly weight: number;
  readonly title: string;
}

/** What the token itself says against this API. A name that is not a URL says nothing about the host. */
function doubtOf(facts: Facts, host: string): Doubt | undefined {
  const { token, profile, words, description, status } = facts;
  const { fresh } = lifeOf(facts);
  const audience = token?.audience ?? [];
  if (audience.some((one) => one.includes(host))) return undefined;
  const addresses = audience.filter((one) => /^https?:\/\//i.test(one));
  const elsewhere = audience.length > 0 && addresses.length === audience.length;
  if (elsewhere) return { weight: 62, title: 'The token seems to be for another API.' };
  if (ofAudience.test(words.slice(0, 2000)) && audience.length > 0)
    return { weight: fresh ? 60 : 48, title: 'The token may be for another API.' };
  const asked = profile.audience !== undefined || profile.resource.length > 0;
  if (audience.length === 0 && !asked && token?.opaque === true)
    return { weight: fresh ? 58 : 45, title: 'The token may be for no API in particular.' };
  // A token that was issued a moment ago has not ended: what is left is whom it is for, unless the API says why.
  const silent = description === undefined || namesSeveral(description) || /expired/i.test(description);
  return fresh && silent && status === 401
    ? { weight: 56, title: 'The token may be for another API, or the API may trust another issuer.' }
    : undefined;
}

/** A target the server does not know. @see RFC 8707 section 2 */
export const targetUnknown: Rule = (facts) => {
  const { profile } = facts;
  if (!said(facts, 'invalid_target')) return [];
  const sent = [...profile.resource, ...(profile.audience === undefined ? [] : [profile.audience])];
  return [
    {
      id: 'target-unknown',
      weight: 80,
      title:
        sent.length > 0
          ? 'The server does not know the resource or audience that was asked for, or does not allow it to this client.'
          : 'The server wants to be told which API the token is for.',
      evidence:
        sent.length > 0
          ? [`Sent: ${sent.map((value) => plainText(value, 120)).join(', ')}`]
          : ['The profile names neither.'],
      steps: [
        'Use the API’s identifier exactly as the server has it. audience and resource are different parameters: servers take one of them.',
      ],
      fixes: [
        ...(profile.resource.length > 0 ? [{ kind: 'set_resource' as const, resource: [] }] : []),
        ...audienceFixes(facts),
      ],
      source: rfc(8707, '2'),
    },
  ];
};

/** What changes the API a token is for at this provider. */
function audienceFixes({ provider }: Facts): readonly QuickFix[] {
  switch (provider.provider.audience) {
    case 'resource':
      return [{ kind: 'edit_profile', field: 'resource' }];
    case 'scope':
      return [{ kind: 'edit_profile', field: 'scopes' }];
    case 'none':
      return [];
    default:
      return [{ kind: 'ask_audience' }];
  }
}

function audienceSteps({ provider: { provider } }: Facts): readonly string[] {
  switch (provider.audience) {
    case 'resource':
      return ['Set the resource of the profile to this API’s identifier and get a new token.'];
    case 'scope':
      return [`Ask for a scope of this API: at ${provider.name} the scopes decide which API a token is for.`];
    case 'none':
      return [
        `Check that the API expects tokens of this server. At ${provider.name} the request does not choose the audience: it is set up there.`,
      ];
    default:
      return ['Set the audience (or resource) of the profile to this API’s identifier and get a new token.'];
  }
}

function names(values: readonly string[]): string {
  return values.map((value) => `“${plainText(value, 80)}”`).join(', ');
}
