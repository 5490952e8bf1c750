import { grantOf } from '../../grants/all.ts';
import { loginHintForm } from '../../grants/ciba.ts';
import { plainText } from '../../http/plainText.ts';
import { listed, type Facts } from '../facts.ts';
import { address, edit } from '../usualFixes.ts';
import type { Topic } from './topic.ts';
import { gone, near } from './words.ts';

const target = 'audience|resource|api|service|identifier';
/** An address that is not there is called a resource, too. @see RFC 9110 section 15.5.5 */
const isOfAddress = ({ status, words }: Facts): boolean => status === 404 && /\bresource\b/i.test(words);
const noTarget = ({ profile }: Facts): boolean =>
  profile.audience === undefined && profile.resource.length === 0;

/** What servers say of the request’s own parameters. */
export const requestTopics: readonly Topic[] = [
  {
    id: 'parameter-twice',
    words:
      /\bduplicated?\b.{0,40}\bparameter|\bparameter\b.{0,60}(?:more than once|duplicate|repeated|twice)/i,
    weight: 81,
    title: 'The server’s words say that a parameter came twice.',
    steps: ['Remove it from the extra parameters of the profile, and from the query of the token endpoint.'],
    fixes: address,
  },
  {
    id: 'audience-wanted',
    words: near(
      'no|missing|without|required|must be (?:given|set|present|provided|specified|supplied|included)|not provided|empty',
      'audience|resource',
      30,
    ),
    // What a request wants to get at is called a resource, too.
    not: /assertion|resource owner|\baccess (?:to )?(?:this|that|the|an?|protected|requested)\b.{0,20}\bresource/i,
    weight: 86,
    title: 'The server wants to be told which API the token is for.',
    steps: ['Set the audience (or resource) of the profile to the API’s identifier.'],
    fixes: () => [{ kind: 'ask_audience' }, edit('resource')],
    evidence: () => ['The profile names neither audience nor resource.'],
    when: (facts) => !isOfAddress(facts),
    fits: noTarget,
  },
  {
    id: 'target-refused',
    words: new RegExp(
      `${near(target, `${gone}|(?:could not|can ?not) find|not (?:been )?(?:allowed|white-?listed|permitted|authori[sz]ed|enabled)`, 80).source}|\\bclient-grant\\b|not authori[sz]ed to access`,
      'i',
    ),
    not: /http method|grant type|app(?:lication)? identifier|service account|api[ _-]?key|client id|\b(?:client|app(?:lication)?) with (?:the )?id|explicit deny|execute.api|access this resource/i,
    weight: 80,
    title: 'The server does not know the API that the token is for, or does not allow it to this client.',
    steps: [
      'Use the API’s identifier exactly as the server has it, and allow the client to use that API there.',
    ],
    fixes: () => [{ kind: 'ask_audience' }, edit('resource')],
    evidence: ({ profile }) =>
      [...profile.resource, ...(profile.audience === undefined ? [] : [profile.audience])]
        .slice(0, 5)
        .map((value) => `Sent: ${plainText(value, 120)}.`),
    when: (facts) => facts.error !== 'invalid_target' && !isOfAddress(facts),
  },
  {
    id: 'authorization-details-refused',
    words: /authori[sz]ation[ _-]?details/i,
    weight: 80,
    title: 'The server does not take the authorization details as they are.',
    steps: [
      'Compare each entry with what the server documents: its type, its members and their values, and whether this client may use the type.',
    ],
    fixes: () => [edit('authorizationDetails')],
    evidence: ({ profile, metadata }) => {
      const types = listed(metadata, 'authorization_details_types_supported');
      return [
        profile.authorizationDetails === undefined
          ? 'The profile has none.'
          : `Sent: ${plainText(JSON.stringify(profile.authorizationDetails), 300)}`,
        ...(types === undefined ? [] : [`The server lists the types ${plainText(types.join(', '), 300)}.`]),
      ];
    },
  },
  {
    id: 'login-hint-refused',
    words: /\bhint|^invalid request$/i,
    weight: 60,
    title: 'The server may want the login hint in another form.',
    steps: [loginHintForm],
    fixes: () => [edit('loginHint')],
    evidence: ({ profile: { loginHint } }) => [`Sent: ${plainText(loginHint ?? 'none', 120)}`],
    when: ({ profile, failure, description = 'hint' }) =>
      grantOf(profile).waitsFor === 'decision' &&
      profile.loginHint !== undefined &&
      failure.step === 'authorization' &&
      /hint/i.test(description),
  },
  {
    id: 'hint-token-refused',
    words: /\bhint|^invalid request$/i,
    weight: 60,
    title: 'The server does not take the token that names the user.',
    steps: [
      'An ID token must have been issued by this server to this very client: choose a profile with the same client ID. A login hint token must be of the form that the server documents, and not have ended.',
    ],
    fixes: () => [edit('loginHint')],
    when: ({ profile, failure, description = 'hint' }) =>
      grantOf(profile).waitsFor === 'decision' &&
      profile.loginHint === undefined &&
      failure.step === 'authorization' &&
      /hint/i.test(description),
  },
  {
    id: 'delivery-mode',
    words: /client_notification|\b(?:push|ping) ?mode|token_delivery_mode/i,
    weight: 92,
    title: 'The server wants to call the client back (ping or push mode), and an editor cannot be called.',
    steps: ['Have the client registered for poll mode: backchannel_token_delivery_mode is poll.'],
    fixes: () => [],
    when: ({ profile }) => grantOf(profile).waitsFor === 'decision',
  },
];
