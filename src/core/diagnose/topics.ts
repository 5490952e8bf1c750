import { authenticationOf } from '../authentication/all.ts';
import { grantOf } from '../grants/all.ts';
import { loginHintForm } from '../grants/ciba.ts';
import { withoutQuery } from '../http/ends.ts';
import { plainText } from '../http/plainText.ts';
import type { ClientAuthentication } from '../profile/profile.ts';
import { hasRedirect } from '../profile/profile.ts';
import { headerValue } from '../record/exchange.ts';
import { listed, type Facts } from './facts.ts';
import { inBrowser } from './asked.ts';
import type { ProfileField, QuickFix } from './quickFix.ts';
import { sentParameters } from './sentParameters.ts';
import { spelledOut } from './tellingWords.ts';

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

export const gone = String.raw`not ?found|could ?n[o']t find|(?:does(?:n't| not) |not )exist|unknown|no such|(?:could not|can ?not|can't) be found|not recogni[sz]ed|not registered`;
const off =
  'disabled|inactive|suspended|deactivated|blocked|locked|not (?:in )?(?:an )?active|not enabled|deleted';
const place = String.raw`realm|tenant|organi[sz]ation|identity zone|environment|user ?pool|authori[sz]ation ?server|(?<!for )instance`;
const target = 'audience|resource|api|service|identifier';
export const wrong = String.raw`invalid|wrong|incorrect|bad|error validating|expired|mismatch(?:ed|ing)?|not valid|(?:does|did)(?:n't| not) match`;
/** One of the words, and at most so many characters later one of the others, or the other way round. */
export const near = (one: string, other: string, most = 60) =>
  new RegExp(
    String.raw`\b(?:${one})\b.{0,${most}}\b(?:${other})\b|\b(?:${other})\b.{0,${most}}\b(?:${one})\b`,
    'i',
  );

/** By which a firewall of AWS names itself. */
export const wafHeader = 'x-amzn-waf-action';

/** A gateway's own key, which is no part of OAuth. */
export const keyOfApi = near(
  String.raw`api[ _-]?keys?|subscription[ _-]?keys?|x-api-key`,
  `no|missing|required|without|not (?:found|provided|present)|invalid|must`,
  50,
);

/** Whether a sentence of an answer speaks of a topic. */
export function speaksOf({ words, not }: Pick<Topic, 'words' | 'not'>, sentence: string): boolean {
  const text = spelledOut(sentence);
  return (words.test(sentence) || words.test(text)) && not?.test(text) !== true;
}

/** Opens the profile at a field. */
export const edit = (field: ProfileField): QuickFix => ({
  kind: 'edit_profile',
  field,
});
/** The field that holds the address that was asked: of an endpoint that is typed, else the issuer. */
export const address = ({ profile, failure, exchange }: Facts): readonly QuickFix[] => {
  const { step } = failure;
  const purpose = exchange?.purpose ?? (step === 'refresh' || step === 'discovery' ? step : 'token');
  const atToken = purpose === 'token' || purpose === 'refresh';
  const device = purpose === 'device' && profile.deviceAuthorizationEndpoint !== undefined;
  const typed = atToken && profile.tokenEndpoint !== undefined ? 'tokenEndpoint' : 'issuer';
  return [{ kind: 'edit_profile', field: device ? 'deviceAuthorizationEndpoint' : typed }];
};
const asked = ({ exchange }: Facts): readonly string[] =>
  exchange === undefined ? [] : [`Asked was ${withoutQuery(exchange.request.url).slice(0, 300)}.`];
const clientSent = ({ profile }: Facts): readonly string[] => [
  `The profile sends the client id ${JSON.stringify(profile.clientId).slice(0, 120)} with ${profile.clientAuthentication}.`,
];
/** Sends the client's id and secret in the other place. */
const elsewhere = ({ profile }: Facts): readonly QuickFix[] => {
  const { usesSecret, inHeader } = authenticationOf(profile);
  const other: ClientAuthentication = inHeader === true ? 'client_secret_post' : 'client_secret_basic';
  return usesSecret ? [{ kind: 'set_client_authentication', clientAuthentication: other }] : [];
};
const signIn = ({ profile }: Facts): readonly QuickFix[] =>
  grantOf(profile).actsForUser ? [{ kind: 'sign_in' }] : [];
/** The browser sends none. */
const sentSecret = (facts: Facts): boolean => authenticationOf(facts.profile).usesSecret && !inBrowser(facts);
const forUser = ({ profile }: Facts): boolean => grantOf(profile).actsForUser;
const noTarget = ({ profile }: Facts): boolean =>
  profile.audience === undefined && profile.resource.length === 0;

/** What servers say in words of their own; from their documentation, sources and users' reports. */
export const topics: readonly Topic[] = [
  {
    id: 'secret-refused',
    words: new RegExp(
      String.raw`${near(wrong, '(?:client[ _-]?|app)?secrets?|(?:client )?credentials?').source}|\bauthentication failed: client[ _]secret`,
      'i',
    ),
    not: /\buser(?:name)?\b|password/i,
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
    not: /grant|scope|redirect|callback|url|policy|audience|authenticat(?!ion failed: client)|credential|secret|\bcode\b/i,
    weight: 76,
    title: 'The server’s words say that it does not know this client.',
    steps: [
      'Compare the client id with the registration, character by character, and the server with the one it is registered at.',
    ],
    fixes: (facts) => [edit('clientId'), ...address(facts)],
    evidence: clientSent,
  },
  {
    id: 'key-of-gateway-wanted',
    words: keyOfApi,
    // An OAuth client may be called an API key.
    not: /secret/i,
    when: ({ error }) => error !== 'invalid_client',
    weight: 86,
    title:
      'What answers wants a key of its own (API key or subscription key) beside the client’s credentials.',
    steps: [
      'Compare the address with the server’s documentation: a gateway stands before it, or it is that of an API.',
    ],
    fixes: address,
    evidence: asked,
  },
  {
    id: 'answers-as-an-api',
    words:
      /\bapi invocation\b|(?:missing|no|requires?|without) (?:an? |the |valid )*bearer\b|\bbearer (?:access )?tokens? (?:is |was )?(?:missing|required|not (?:found|provided|present|set))/i,
    weight: 88,
    title: 'What answers wants an access token, as an API does: this is no token endpoint.',
    steps: ['Compare the address with the server’s documentation.'],
    fixes: address,
    evidence: asked,
    fits: sentSecret,
  },
  {
    id: 'provision-key-wanted',
    words: /provision[ _]?key/i,
    weight: 88,
    title:
      'Kong wants the provision key of its plugin, which only the application with the sign-in page has.',
    steps: [
      'Ask at the address of that application: it adds the key and hands the request on.',
      'For a grant without a page, set provision_key as an extra token parameter.',
    ],
    fixes: address,
  },
  {
    id: 'test-and-live-mixed',
    words: near('live ?mode|production|live', 'test ?mode|sandbox|test', 80),
    weight: 75,
    title:
      'The server’s words speak of test and live: client, secret and address must all be of the same one.',
    steps: ['Compare client id, secret and address: test (or sandbox) and live have their own.'],
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
  },
  {
    id: 'client-authentication-not-found',
    words: near(
      'no|without|missing|required|not found|not present|not included|cannot retrieve|could not be found|not identified',
      'client (?:authentication|credentials?|authenticator)|auth(?:ori[sz]ation)? header|full authentication',
      30,
    ),
    not: /\buser|grant|flow|scope/i,
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
    not: /bearer|dpop|scheme/i,
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
      'invalid|missing|no|format|malformed',
      'authori[sz]ation header|basic auth(?:entication)?',
      30,
    ),
    not: /bearer|dpop/i,
    weight: 82,
    title: 'The server looks for the client’s credentials in the Authorization header.',
    steps: ['Send the client’s id and secret there (client_secret_basic).'],
    fixes: elsewhere,
    evidence: clientSent,
    fits: (facts) => sentSecret(facts) && authenticationOf(facts.profile).inHeader !== true,
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
    id: 'parameter-twice',
    words:
      /\bduplicated?\b.{0,40}\bparameter|\bparameter\b.{0,60}(?:more than once|duplicate|repeated|twice)/i,
    weight: 81,
    title: 'The server’s words say that a parameter came twice.',
    steps: ['Remove it from the extra parameters of the profile, and from the query of the token endpoint.'],
    fixes: address,
  },
  {
    id: 'server-in-trouble',
    words: /\bsystem (?:error|busy)|internal (?:server )?error|try again later/i,
    weight: 60,
    title: 'The server’s words say that it has a problem itself.',
    steps: ['Wait a little and run again.', 'If it stays, look into the server’s log or status page.'],
    fixes: () => [{ kind: 'run_again' }],
    when: ({ status, error }) => (status ?? 0) < 500 && error !== 'server_error',
  },
  {
    id: 'asked-too-often',
    words:
      /\brate[ _-]?limit|too many requests|flood control|\bthrottl|\bquota\b.{0,20}\bexceed|too frequent/i,
    weight: 74,
    title: 'The server’s words say that it is asked too often.',
    steps: ['Wait a little and run again.', 'See that the same client does not run elsewhere.'],
    fixes: () => [{ kind: 'run_again' }],
    when: ({ status }) => status !== 429,
  },
  {
    id: 'client-switched-off',
    words: near('client|app(?:lication)?', off, 40),
    // What is off for a client is something else than the client.
    not: /grant|flow|service account|user|exchange|\b(?:for|to|on) (?:the|this|your|an?) (?:client|app)/i,
    weight: 78,
    title: 'The server’s words say that this client is switched off.',
    steps: ['Have the client switched on at the server.'],
    fixes: () => [edit('clientId')],
    evidence: clientSent,
  },
  {
    id: 'https-wanted',
    words: near('https|plain http|tls|ssl', 'https port|required|requires?|only|must|utilize|needed', 30),
    not: /certificate|mutual|redirect|callback/i,
    weight: 85,
    title: 'The server takes this request by https only.',
    steps: [
      'Use the https address of the server.',
      'If the address is https, a proxy before the server hands the request on by http: have it tell the server (X-Forwarded-Proto).',
    ],
    fixes: address,
    evidence: asked,
  },
  {
    id: 'realm-not-known',
    words: near(place, `${gone}|does not map`, 80),
    weight: 84,
    title: 'The server’s words say that it does not know the realm or tenant of this address.',
    steps: [
      'Compare the address with the server’s documentation: the name of the realm or tenant is part of it, and its case counts.',
    ],
    fixes: address,
    evidence: asked,
  },
  {
    id: 'realm-switched-off',
    words: near(place, off, 30),
    not: /client|user|account|grant|flow|scope/i,
    weight: 84,
    title: 'The server’s words say that the realm or tenant of this address is switched off.',
    steps: ['Have it switched on at the server, or use the address of another one.'],
    fixes: address,
    evidence: asked,
  },
  {
    id: 'post-not-taken',
    words: /\bhttp method\b.{0,40}\bnot\b|\bnot\b.{0,40}\bhttp method\b|missing authentication token/i,
    weight: 76,
    title: 'This is not the endpoint’s address: what is there takes no such request.',
    steps: ['Compare the address with the server’s documentation.'],
    fixes: address,
    evidence: asked,
  },
  {
    id: 'taken-for-a-page',
    words: /\b[cx]srf\b|cross[- ]site request/i,
    weight: 84,
    title: 'The server took the request for one of a web page.',
    steps: ['Check the address: something there checks for a page’s own token (CSRF), which no client has.'],
    fixes: address,
    evidence: asked,
    // In a browser it is one of a web page.
    fits: (facts) => !inBrowser(facts),
  },
  {
    id: 'cookies-lost',
    words:
      /\bcookies? (?:is |are |was |were )?(?:not (?:found|enabled|present|sent)|missing|blocked|disabled)|\b(?:no|missing|enable|allow) (?:\w+ )?cookies?\b|\bcorrelation failed\b/i,
    weight: 83,
    title: 'The server’s words say that the browser did not bring back its cookie.',
    steps: [
      'Start the sign-in anew, in one tab: an old page, or one that was opened twice, has no cookie any more.',
      'Have the browser keep the server’s cookies: blockers, private windows, and http in place of https lose them, and to a browser localhost and 127.0.0.1 are two hosts.',
    ],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'code-not-taken',
    words: new RegExp(
      `${near('code', `${wrong}|${gone}|consumed|already|(?:re)?used|revoked`, 40).source}|^(?:bad_verification|invalid)_code$`,
      'i',
    ),
    // A user code is sent nowhere with an authorization code: Zitadel’s “Errors.User.Code.Invalid” speaks of the latter.
    not: /verifier|challenge|status|pkce|redirect|device/i,
    weight: 76,
    title:
      'The server’s words say that it does not take the code: it has ended, was used before, or is another client’s.',
    steps: ['Sign in again, and let nothing else take the redirect.'],
    fixes: signIn,
    fits: ({ error, exchange }) =>
      error !== 'invalid_grant' && exchange?.leg === 'extension' && sentParameters(exchange).has('code'),
  },
  {
    id: 'refresh-token-not-taken',
    words: new RegExp(
      `${near('refresh[ _-]?token', `${wrong}|${gone}|revoked|already|used`, 40).source}|^invalid_code$`,
      'i',
    ),
    weight: 76,
    title: 'The server’s words say that it does not take the refresh token.',
    steps: ['Sign in again.'],
    fixes: signIn,
    fits: ({ error, failure }) => failure.step === 'refresh' && error !== 'invalid_grant',
  },
  {
    id: 'refresh-token-of-another-client',
    words:
      /\btoken client\b.{0,40}\bmatch|\btoken\b.{0,60}\b(?:another|other|different) client|\btoken\b.{0,40}\bnot (?:issued|belong)[^.]{0,30}\bclient/i,
    not: /\bor\b/i,
    weight: 84,
    title: 'The server’s words say that the refresh token is another client’s.',
    steps: ['Sign in with this client: a refresh token works only for the one that it was issued to.'],
    fixes: (facts) => [...signIn(facts), edit('clientId')],
    evidence: clientSent,
    fits: ({ failure }) => failure.step === 'refresh',
  },
  {
    id: 'email-not-verified',
    words: near(
      'e-?mail(?: address)?',
      String.raw`verify|not (?:been )?verified|unverified|confirm|not (?:been )?confirmed`,
      40,
    ),
    not: /domain/i,
    weight: 83,
    title: 'The user’s e-mail address is not verified yet.',
    steps: ['Have the user open the server’s mail and confirm the address, then sign in again.'],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'users-account',
    words: near(
      'user|account',
      `unverified|verified (?:primary )?email|not verified|${off}|locked out|expired|not fully set ?up|${gone}`,
      30,
    ),
    not: /service account|session|client/i,
    weight: 82,
    title: 'The server’s words say that the user’s account cannot be used.',
    steps: ['Have the account looked at by whoever runs the server, then sign in again.'],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'sign-in-timed-out',
    words: near('authentication|sign-?in|login', 'expired|time(?:d ?|-)?out', 20),
    not: /client|token|code/i,
    weight: 83,
    title: 'The server’s words say that its sign-in page was open for too long.',
    steps: ['Sign in again, from a new page.'],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'refresh-token-of-another-issuer',
    words: near('token issuer|issuer', wrong, 30),
    weight: 84,
    title:
      'The server’s words say that the refresh token names another issuer: it was issued under another address of the server.',
    steps: ['Sign in again at the address that is asked now.', 'Have the server use one host name for all.'],
    fixes: signIn,
    evidence: asked,
    fits: ({ failure }) => failure.step === 'refresh',
  },
  {
    id: 'session-ended',
    words: near('session', `not active|expired|ended|invalid|terminated|revoked|idle|${gone}`, 40),
    not: /csrf/i,
    weight: 82,
    title: 'The user’s session at the server has ended, and what was issued in it with it.',
    steps: [
      'Sign in again.',
      'For a refresh token that outlives the session, servers want a scope such as offline_access.',
    ],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'second-factor',
    words: /multi-?factor|\bmfa\b|second factor|two-?factor/i,
    weight: 82,
    title: 'The server wants a second factor of the user.',
    steps: ['Sign in again in the browser, with the second factor.'],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'audience-wanted',
    words: near(
      'no|missing|without|required|must be (?:given|set|present|provided|specified|supplied|included)|not provided|empty',
      'audience|resource',
      30,
    ),
    // What a request wants to get at is called a resource, too.
    not: /assertion|\baccess (?:to )?(?:this|that|the|an?|protected|requested)\b.{0,20}\bresource/i,
    weight: 86,
    title: 'The server wants to be told which API the token is for.',
    steps: ['Set the audience (or resource) of the profile to the API’s identifier.'],
    fixes: () => [{ kind: 'ask_audience' }, edit('resource')],
    evidence: () => ['The profile names neither audience nor resource.'],
    fits: noTarget,
  },
  {
    id: 'target-refused',
    words: new RegExp(
      `${near(target, `${gone}|(?:could not|can ?not) find|not (?:been )?(?:allowed|white-?listed|permitted|authori[sz]ed|enabled)`, 80).source}|\\bclient-grant\\b|not authori[sz]ed to access`,
      'i',
    ),
    not: /http method|service account|api[ _-]?key|client id|\b(?:client|app(?:lication)?) with (?:the )?id/i,
    weight: 80,
    title: 'The server does not know the API that the token is for, or does not allow it to this client.',
    steps: [
      'Use the API’s identifier exactly as the server has it, and allow the client to use that API there.',
    ],
    fixes: () => [{ kind: 'ask_audience' }, edit('resource')],
    evidence: ({ profile }) =>
      [...profile.resource, ...(profile.audience === undefined ? [] : [profile.audience])]
        .slice(0, 5)
        .map((value) => `Sent was ${plainText(value, 120)}.`),
    // An address that is not there is called a resource, too. @see RFC 9110 section 15.5.5
    when: ({ error, status, words }) =>
      error !== 'invalid_target' &&
      !(status === 404 && /\brequested resource\b|\bresource not found\b/i.test(words)),
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
          : `Sent was ${plainText(JSON.stringify(profile.authorizationDetails), 300)}`,
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
    evidence: ({ profile: { loginHint } }) => [`Sent was ${plainText(loginHint ?? 'none', 120)}`],
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
  {
    id: 'consent-wanted',
    words:
      /\bconsent|not (?:been |admin |yet )?approved|(?:has ?n[’']t|has not|have not) approved|needs? approval/i,
    // The user was asked.
    not: /\b(?:den(?:y|ied)|declined|rejected|refused|cancell?ed)\b/i,
    weight: 78,
    title: 'The server wants a consent that nobody has given.',
    steps: ['Sign in again and consent, or ask an administrator to do so.'],
    fixes: ({ profile }) =>
      hasRedirect(profile)
        ? [{ kind: 'set_authorization_parameter', name: 'prompt', value: 'consent' }, { kind: 'sign_in' }]
        : [],
  },
  {
    id: 'network-refused',
    words: near(
      String.raw`ip(?: address)?|network zone|ip range`,
      'not allowed|blocked|restricted|denied|white-?list|allow-?list|not permitted',
      60,
    ),
    weight: 80,
    title: 'The server does not take requests from this network.',
    steps: [
      'Ask whoever runs the server which networks may ask, or go through the proxy or VPN that they name.',
    ],
    fixes: () => [{ kind: 'run_again' }],
  },
  {
    id: 'policy-refused',
    words: /\bpolic(?:y|ies)\b|conditional access|not assigned|\borg_internal\b|admin_policy|^rbac: /i,
    weight: 70,
    title: 'A rule of the server’s operator refuses this client or user.',
    steps: ['Ask whoever runs the server which rule it is: its log names it.'],
    fixes: () => [],
    // A page may speak of any policy.
    when: ({ body }) => !/^\s*</.test(body),
  },
  {
    id: 'firewall',
    words:
      /cloudflare|incapsula|akamai|edgesuite|support id|reference(?: |&#32;)(?:#|&#35;)|just a moment|could not be satisfied|request (?:was |has been )?(?:blocked|rejected)|firewall|captcha|zscaler|(?:website|web ?page) (?:is )?blocked|internet (?:use|usage|access) policy|\bwaf\b|^error code: 1\d{3}$/i,
    weight: 86,
    title: 'A firewall or gateway before the server refused the request.',
    steps: [
      'Give whoever runs it the number in its answer, and ask to let this request through.',
      'If it wants a browser or another network, that is nothing a client can change.',
    ],
    fixes: () => [{ kind: 'run_again' }],
    evidence: () => ['The answer has the words of such a gateway.'],
    when: ({ failure, body, exchange }) =>
      headerValue(exchange?.response?.headers ?? [], wafHeader) === undefined &&
      (failure.kind === 'malformed_response' ||
        (failure.kind === 'http_error' && failure.status < 500 && failure.status !== 429)) &&
      /^\s*<|^error code: 1\d{3}\s*$|\bwaf\b/i.test(body),
  },
];
