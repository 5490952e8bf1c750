import { authenticationOf } from '../../authentication/all.ts';
import { provedItself } from '../asked.ts';
import { sentParameters } from '../sentParameters.ts';
import { address, edit, elsewhere } from '../usualFixes.ts';
import { clientSent, sentSecret, type Topic } from './topic.ts';
import { gone, near, off, wrong } from './words.ts';

/** What servers say of the client, its credentials and where it sends them. */
export const clientTopics: readonly Topic[] = [
  {
    id: 'secret-refused',
    words: new RegExp(
      String.raw`${near(wrong, '(?:client[ _-]?|app)?secrets?|(?:client )?credentials?').source}|\bauthentication failed: client[ _]secret|${near(off, 'secrets?', 30).source}`,
      'i',
    ),
    not: /\buser(?:name)?\b|secret (?:basic|post|jwt)|password|\biap\b|access is denied due to/i,
    weight: 74,
    title: 'The server’s words say that it does not take the client’s secret.',
    steps: [
      'Enter the secret again: its value, not its id.',
      'If it has ended, make a new one at the server.',
    ],
    fixes: () => [{ kind: 'enter_secret' }, edit('clientId')],
    evidence: clientSent,
    fits: sentSecret,
  },
  {
    id: 'client-not-known',
    words: new RegExp(
      String.raw`${near('oauth client|client(?:[ _-]?id)?|app(?:lication)?(?:[ _-]?id)?', gone, 40).source}|\binvalid (?:client|app)[ _-]?id|\bclient ?id(?:entifier)?:? (?:is )?(?:invalid|not valid)\b|\bno registered client\b|\binvalid oauth app\b|\berror validating app|\bauthentication failed: client[ _]id`,
      'i',
    ),
    not: /grant|scope|redirect|callback|url|policy|audience|authenticat(?!ion failed: client)|certificate|credential|secret|\bcode\b|\bhttp\b/i,
    weight: 76,
    title: 'The server’s words say that it does not know this client.',
    steps: [
      'Compare the client ID with the registration, character by character, and the server with the one it is registered at.',
    ],
    fixes: (facts) => [edit('clientId'), ...address(facts)],
    evidence: clientSent,
  },
  {
    id: 'test-and-live-mixed',
    words: near('live ?mode|production|live', 'test ?mode|sandbox|test', 80),
    weight: 75,
    title:
      'The server’s words speak of test and live: client, secret and address must all be of the same one.',
    steps: ['Compare client ID, secret and address: test (or sandbox) and live have their own.'],
    fixes: () => [edit('clientId'), { kind: 'enter_secret' }],
    evidence: clientSent,
  },
  {
    id: 'two-client-authentications',
    words:
      /(?:more than one|multiple|several|two|only one) (?:client )?(?:authentications?\b|auth\w* (?:method|mechanism)|credentials?\b|method may be used to auth)|only be provided using one mechanism|\b(?:body and headers?|headers? and body)\b.{0,40}\b(?:authori[sz]ation|credentials)/i,
    weight: 90,
    title: 'The server counts more than one client authentication in the request.',
    steps: [
      'Remove client_id, client_secret and client_assertion from the extra parameters and from the query of the token endpoint.',
      'Else send them in the other place: a proxy may add an Authorization header of its own.',
    ],
    fixes: elsewhere,
    evidence: clientSent,
    fits: provedItself,
  },
  {
    id: 'client-authentication-not-found',
    words: near(
      'no|without|missing|required|not (?:provided|sent|supplied)|not found|not present|not included|cannot retrieve|could not be found|not identified',
      'client (?:authentication|credentials?|authenticator)|auth(?:ori[sz]ation)? header|full authentication',
      30,
    ),
    not: /\buser|grant|flow|scope|not required/i,
    weight: 83,
    title: 'The server’s words say that it finds no client authentication in the request.',
    steps: [
      'Send the client’s id and secret in the other place: in the form, or in the Authorization header.',
      'If the server should find them, see whether a proxy removes the header.',
    ],
    fixes: elsewhere,
    evidence: clientSent,
    fits: sentSecret,
  },
  {
    id: 'authorization-header-not-read',
    words: near(
      'decod(?:e|ing)|malformed|invalid|format|pars(?:e|ing)|bad|unreadable|base64|corrupt',
      'authori[sz]ation header|auth header|basic (?:auth(?:entication)?(?: (?:token|header|credentials))?|credentials)',
      40,
    ),
    // Of wrong ones some servers say no more than that.
    not: /bearer|dpop|scheme|\b(?:invalid|bad) basic (?:auth\w* )?credentials/i,
    weight: 84,
    title:
      'The server’s words say that it cannot read the Authorization header with the client’s credentials.',
    steps: [
      'Enter the secret, if it is empty: some servers cannot read a header without one.',
      'Send the client’s id and secret in the form instead.',
      'See whether a proxy changes the header.',
    ],
    fixes: (facts) => [...elsewhere(facts), { kind: 'enter_secret' }],
    evidence: clientSent,
    fits: (facts) => sentSecret(facts) && authenticationOf(facts.profile).inHeader === true,
  },
  {
    id: 'authorization-header-wanted',
    words: near(
      'invalid|missing|no|format|malformed|must be|provided in|sent in',
      'authori[sz]ation header|basic auth(?:entication)?',
      30,
    ),
    not: /bearer|dpop|basic (?:auth\w* )?credentials/i,
    weight: 82,
    title: 'The server looks for the client’s credentials in the Authorization header.',
    steps: ['Send the client’s id and secret there (client_secret_basic).'],
    fixes: elsewhere,
    evidence: clientSent,
    fits: (facts) => sentSecret(facts) && authenticationOf(facts.profile).inHeader !== true,
  },
  {
    id: 'issuer-is-not-subject',
    words: near('iss(?:uer)?', 'sub(?:ject)? must be|(?:and|to|match) (?:the )?sub(?:ject)?', 40),
    weight: 86,
    title: 'The server’s words say that iss and sub of the assertion must be the same.',
    steps: [
      'Have iss and sub of the assertion be one and the same, as the server documents it: the client’s id, or that of the service account it is for.',
    ],
    fixes: () => [],
    fits: ({ exchange }) =>
      exchange?.leg === 'extension' &&
      [...sentParameters(exchange).keys()].some((name) => name.includes('assertion')),
  },
  {
    id: 'encryption-key-wanted',
    words: near(
      'no|not|unable|missing|cannot|without|failed',
      String.raw`encrypt\w*[ _]?(?:kek|key|certificate)|kek`,
      40,
    ),
    weight: 82,
    title: 'The server is to encrypt what it gives this client, and has no key of the client for that.',
    steps: [
      'Switch off the encryption of tokens and id_tokens in the client’s registration, or register a public key for it (JWKS, use: enc).',
    ],
    fixes: () => [{ kind: 'run_again' }],
  },
  {
    id: 'client-switched-off',
    // Kakao says it by a number.
    words: new RegExp(`${near('client|app(?:lication)?', off, 40).source}|\\bKOE004\\b`, 'i'),
    // What is off for a client is something else than the client.
    not: /grant|flow|service account|user|exchange|secret|certificate|authentication|\b(?:for|to|on) (?:the|this|your|an?) (?:client|app)/i,
    weight: 78,
    title: 'The server’s words say that this client is switched off.',
    steps: ['Have the client switched on at the server.'],
    fixes: () => [edit('clientId')],
    evidence: clientSent,
  },
];
