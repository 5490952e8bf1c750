import { authenticationOf } from '../../authentication/all.ts';
import { clientDoubt, type Rule } from '../rule.ts';
import { rfc } from '../../source.ts';
import { textsOf } from '../../../shared/json.ts';

/** A JWT that proves the client and is not taken: its key, its audience or its times. @see RFC 7523 section 3 */
export const assertionRefused: Rule = (facts) => {
  const { profile, metadata } = facts;
  const authentication = authenticationOf(profile);
  if (authentication.fields?.includes('clientAssertionAudience') !== true || !clientDoubt(facts)) return [];
  const forIssuer = profile.clientAssertionAudience !== 'token_endpoint';
  const audience = forIssuer ? 'the issuer' : 'the token endpoint';
  const listed = metadata['token_endpoint_auth_signing_alg_values_supported'];
  const taken = textsOf(listed).slice(0, 12);
  const hasKey = !authentication.usesSecret;
  const ofAudience = /\baud(?:ience)?\b/i.test(facts.words.slice(0, 2000));
  const otherAudience = `Name ${forIssuer ? 'the token endpoint' : 'the issuer'} as the audience: some servers know only that.`;
  return [
    {
      id: 'assertion-refused',
      weight: ofAudience ? 88 : 60,
      title: ofAudience
        ? 'The server wants another audience in the assertion.'
        : hasKey
          ? 'The server does not know the public half of this key, or the assertion is not as it wants it.'
          : 'The assertion is signed with another secret, or is not as the server wants it.',
      evidence: [
        `The profile proves the client with ${profile.clientAuthentication}, for ${audience}.`,
        ...(taken.length > 0 ? [`The server takes assertions signed with ${taken.join(', ')}.`] : []),
      ],
      steps: [
        ...(ofAudience ? [otherAudience] : []),
        ...(hasKey
          ? [
              'Register the public key at the server (“Copy Public Key” in the profile’s menu), and compare its key ID.',
            ]
          : ['Enter the secret again: what it signs must verify with the one that is registered.']),
        ...(ofAudience ? [] : [otherAudience]),
        'Compare the clock of this machine with that of the server: an assertion lives for a minute.',
      ],
      fixes: [
        { kind: 'edit_profile', field: 'clientAssertionAudience' },
        { kind: 'enter_secret' },
        ...(hasKey ? [{ kind: 'edit_profile' as const, field: 'keyId' as const }] : []),
      ],
      source: rfc(7523, '3'),
    },
  ];
};
