import { provedItself } from '../asked.ts';
import type { ClientAuthentication, Profile } from '../../profile/profile.ts';
import { allAuthentications, authenticationOf, inOtherPlace } from '../../authentication/all.ts';
import { formEncoded } from '../../authentication/clientSecretBasic.ts';
import { grantOf } from '../../grants/all.ts';
import { listed, type Facts } from '../facts.ts';
import {
  clientDoubt,
  clientRefused,
  codeAloneRefused,
  refusedSilently,
  said,
  wasRefused,
  type Rule,
} from '../rule.ts';
import { wantedProof } from '../otherProof.ts';
import { missingParameter } from './parameters.ts';
import { sentParameters } from '../sentParameters.ts';
import { tellingWords } from '../tellingWords.ts';
import { worked } from '../worked.ts';
import type { QuickFix } from '../quickFix.ts';
import { rfc } from '../../source.ts';

/** A way to authenticate that the server's metadata does not list. @see RFC 8414 section 2 */
export const methodNotSupported: Rule = (facts) => {
  const { profile, metadata } = facts;
  const supported = listed(metadata, 'token_endpoint_auth_methods_supported');
  if (!wasRefused(facts) || !provedItself(facts)) return [];
  if (!supported || supported.includes(profile.clientAuthentication)) return [];
  if (worked(facts).method) return [];
  const ours = switchable(profile, supported);
  return [
    {
      id: 'client-authentication-not-supported',
      weight: clientRefused(facts) ? 90 : 40,
      title: `The server does not take ${profile.clientAuthentication}.`,
      evidence: [
        `token_endpoint_auth_methods_supported of its metadata: ${supported.slice(0, 12).join(', ')}.`,
      ],
      steps: ['Choose a client authentication that the server takes and the client is registered with.'],
      fixes: ours.map((method) => ({
        kind: 'set_client_authentication' as const,
        clientAuthentication: method,
      })),
      source: rfc(8414, '2'),
    },
  ];
};

/** What the server takes of what there is; where some need nothing else than the client has already, only those. */
function switchable(profile: Profile, supported: readonly string[]): readonly ClientAuthentication[] {
  const { needs } = authenticationOf(profile);
  const taken = allAuthentications.filter(({ id }) => supported.includes(id));
  const ready = taken.filter((one) => one.needs === needs);
  return (ready.length > 0 ? ready : taken).map(({ id }) => id);
}

/** A server that speaks of a public client, and not of what one would need, nor of one that this is not. */
const ofPublicClient =
  /(?<!(?:case of|if|or|for|unless|not) an? |\b(?:for|only) )public (?:client|application)|\b(?:client|application) is (?:an? )?public\b|\bsecrets?\b.{0,40}\b(?:sent|supplied|provided|presented|allowed)\b.{0,30}\bpublic (?:client|application)/is;
const aSecret = String.raw`client[_ ]?secrets?|secret|client authentication`;
/** How servers say that a client has no secret, in words of their own; one that is missed is “not sent”, too. */
const secretUnwanted = new RegExp(
  [
    String.raw`\b(?:must not|should not|can ?not|can't|may not|need not|not expected to|not supposed to)\b.{0,20}\b(?:present|send|use|include|provide|supply|contain)\b (?:an? |any |the |its )?['"]?(?:${aSecret})`,
    String.raw`\b(?:must not|should not|not expected to) authenticate\b`,
    String.raw`\b(?:${aSecret})['"]?(?: parameter)? (?:is |are |was |should |must |were )?(?:not (?:be )?(?:allowed|expected|permitted|needed|required)\b|not be (?:provided|sent|used)\b|unexpected|superfluous|(?:be )?empty\b(?<=must be empty|should be empty)|not valid for this client)`,
    String.raw`\b(?:unexpected|superfluous) (?:parameter )?['"]?client[_ ]secret`,
    String.raw`\b(?:configured|registered) without (?:an? )?(?:client )?secret|(?<!request )\b(?:has|have) no (?:client )?secret|\bdoes not (?:require|have|need|use) (?:an? )?(?:client )?secret`,
    String.raw`\bremove the authorization header\b`,
  ].join('|'),
  'i',
);

/** A public client that sends a secret. @see RFC 6749 section 2.3 */
export const publicWithSecret: Rule = (facts) => {
  const { profile, words, failure } = facts;
  if (!authenticationOf(profile).proves || !wasRefused(facts)) return [];
  // The authorization request carries no secret.
  if (failure.step !== 'token' && failure.step !== 'refresh') return [];
  // Of public clients, some say that they have to use PKCE.
  const isPublic = ofPublicClient.test(words.slice(0, 2000)) && !/pkce/i.test(words);
  const unwanted = (sentence: string) =>
    secretUnwanted.test(sentence) && !/\b(?:query|ur[il]|documents?|metadata)\b/i.test(sentence);
  if (!isPublic && !tellingWords(facts).some(unwanted)) return [];
  // Who has a secret to send may be forbidden something else.
  const other = /public clients? (?:is|are) not (?:allowed|permitted)(?!.{0,80}(?:secret|credential))/is.test(
    words.slice(0, 2000),
  );
  const confidential = grantOf(profile).provesItself || other;
  return [
    {
      id: 'public-client-with-secret',
      weight: 88,
      title: 'The client is registered as public, and public clients send no secret.',
      evidence: [
        isPublic
          ? 'The server’s words speak of a public client.'
          : 'The server’s words say that no secret should come.',
        `The profile authenticates with ${profile.clientAuthentication}.`,
      ],
      steps: [
        grantOf(profile).provesItself
          ? 'Register the client as confidential: a public one cannot get a token for itself.'
          : other
            ? 'Register the client as confidential: a public one is not allowed to do this here.'
            : 'Set the client authentication to none, or register the client as confidential.',
      ],
      fixes: [
        confidential
          ? { kind: 'edit_profile', field: 'clientId' }
          : { kind: 'set_client_authentication', clientAuthentication: 'none' },
      ],
      source: rfc(6749, '2.1'),
    },
  ];
};

/** A confidential client that sends none. @see RFC 6749 section 2.3 */
export const confidentialWithoutSecret: Rule = (facts) => {
  const { profile } = facts;
  if (authenticationOf(profile).proves || !wasRefused(facts) || !provedItself(facts)) return [];
  if (wantedProof(facts)?.told === true) return [];
  const wanted =
    /(?:no|missing|without|requires?) (?:an? |the )?authori[sz]ation header|client_?secret|client[ _]assertion|client authentication|confidential|credentials/i.test(
      tellingWords(facts).join('. '),
    );
  const refused = clientRefused(facts) || said(facts, 'unauthorized_client');
  if (!wanted && (!refused || worked(facts).client)) return [];
  return [
    {
      id: 'confidential-client-without-secret',
      weight: wanted ? 88 : 58,
      title: worked(facts).client
        ? 'The client now has to authenticate, and the profile sends no secret.'
        : 'The client is confidential, and the profile sends no secret.',
      evidence: [
        'The client authentication of the profile is none.',
        ...(wanted ? ['The server’s words ask for credentials.'] : []),
      ],
      steps: [
        'Choose how the secret is sent, and enter it.',
        'Or register the client as public (native) at the server.',
      ],
      fixes: [
        { kind: 'set_client_authentication', clientAuthentication: preferred(facts) },
        { kind: 'enter_secret' },
      ],
      source: rfc(6749, '2.3'),
    },
  ];
};

/** Characters that form-encoding changes, which some servers do not undo. @see RFC 6749 section 2.3.1 */
export const reservedInBasic: Rule = (facts) => {
  const { profile, secret } = facts;
  const doubt = clientDoubt(facts);
  if (authenticationOf(profile).inHeader !== true || !doubt || worked(facts).client) return [];
  const inId = formEncoded(profile.clientId) !== profile.clientId;
  const inSecret = secret?.changedByFormEncoding === true;
  if (!inId && !inSecret) return [];
  const raw = profile.basicEncoding === 'raw';
  const colon = secret?.hasColon === true;
  const otherWay: QuickFix = { kind: 'set_basic_encoding', basicEncoding: raw ? 'form' : 'raw' };
  const inBody: QuickFix = {
    kind: 'set_client_authentication',
    clientAuthentication: 'client_secret_post',
  };
  const takesBody =
    listed(facts.metadata, 'token_endpoint_auth_methods_supported')?.includes('client_secret_post') !== false;
  const where =
    inId && inSecret ? 'client ID and the secret hold' : inId ? 'client ID holds' : 'secret holds';
  return [
    {
      id: 'reserved-characters-in-basic',
      // What unauthorized_client means by the standard comes first.
      weight: doubt === 'told' ? 72 : said(facts, 'unauthorized_client') ? 49 : 56,
      title: raw
        ? 'ID and secret are sent in Basic as they are; the server may expect them form-encoded.'
        : 'ID and secret are form-encoded for Basic, as the RFC requires; some servers do not decode them.',
      evidence: [
        `The ${where} characters that form-encoding changes.`,
        ...(colon ? ['The secret holds a colon, at which some servers cut it where it is not encoded.'] : []),
      ],
      steps: !takesBody
        ? ['Send them the other way.']
        : colon
          ? [
              'Send them in the form body (client_secret_post): the secret holds a colon, at which some servers cut it.',
              'Send them the other way where the server takes HTTP Basic only.',
            ]
          : ['Send them the other way, or in the form body (client_secret_post).'],
      fixes: !takesBody ? [otherWay] : colon ? [inBody, otherWay] : [otherWay, inBody],
      source: rfc(6749, '2.3.1'),
    },
  ];
};

/** What says that something is missing, and names nothing. */
const missesUnnamed = /^(?!.*(?:[a-z]_[a-z]|["'`:])).*\b(?:missing|required)\b/is;

/** An invalid_request that names nothing where the client ID stands in the header alone: some servers look for it in the form. @see RFC 6749 section 2.3.1 */
export const idInHeaderOnly: Rule = (facts) => {
  const { profile, exchange, description } = facts;
  const bare = description === undefined || missesUnnamed.test(description);
  if (!bare || missingParameter(facts) !== undefined || worked(facts).method) return [];
  if (!said(facts, 'invalid_request') || !provedItself(facts)) return [];
  if (authenticationOf(profile).inHeader !== true || !exchange) return [];
  if (sentParameters(exchange).has('client_id')) return [];
  return [
    {
      id: 'client-id-in-header-only',
      weight: 36,
      title: 'The server may look for the client ID in the form.',
      evidence: [
        'The server said invalid_request, and not which parameter it means.',
        'The client ID was sent in the Authorization header only.',
      ],
      steps: ['Send client ID and secret in the form (client_secret_post).'],
      fixes: [{ kind: 'set_client_authentication', clientAuthentication: 'client_secret_post' }],
      source: rfc(6749, '2.3.1'),
    },
  ];
};

/** Nothing more is known than that the client was refused. @see RFC 6749 section 5.2 */
export const clientUnknown: Rule = (facts) => {
  const { profile } = facts;
  const doubt = clientDoubt(facts);
  if (!doubt) return [];
  const { proves, usesSecret } = authenticationOf(profile);
  const { client: before, id, method } = worked(facts);
  const coded = codeCame(facts);
  const known = coded || id;
  const proof = usesSecret ? 'secret' : proves ? 'key' : 'nothing';
  const confidential: readonly QuickFix[] = [
    { kind: 'enter_secret' },
    ...(method
      ? []
      : [{ kind: 'set_client_authentication', clientAuthentication: inOtherPlace(profile) } as const]),
  ];
  return [
    {
      id: 'client-unknown-or-secret-wrong',
      // With unauthorized_client a code that was given shows the grant to be allowed.
      weight: codeAloneRefused(facts)
        ? 40
        : doubt === 'possible' && (refusedSilently(facts) || known)
          ? 52
          : 45,
      title: before ? since[proof] : mayBeWrong[proof][known ? 1 : 0],
      evidence: [
        ...workedBefore(facts),
        ...(doubt === 'told' ? [] : [asWrongCredentials(facts)]),
        ...asksFor(facts),
        ...(coded ? ['The authorization endpoint knows the client: it gave a code.'] : []),
        `The profile sends the client ID ${JSON.stringify(profile.clientId).slice(0, 120)} with ${profile.clientAuthentication}.`,
      ],
      steps: [
        ...(known
          ? []
          : ['Compare the client ID with the registration at the server, character by character.']),
        ...(before ? ['Check at the server whether the client is still enabled.'] : []),
        ...(usesSecret ? ['Enter the secret again.'] : []),
        ...(method ? [] : ['Check which client authentication the client is registered with.']),
        ...(method && !before && !usesSecret ? ['Register the key of this client at the server.'] : []),
      ],
      fixes: [
        ...(usesSecret ? confidential : []),
        ...(known ? [] : [{ kind: 'edit_profile', field: 'clientId' } as const]),
      ],
      source: rfc(6749, '5.2'),
    },
  ];
};

function workedBefore(facts: Facts): readonly string[] {
  const { client, id } = worked(facts);
  if (client)
    return [
      authenticationOf(facts.profile).proves
        ? 'The same credentials gave a token earlier in this session.'
        : 'The same client got a token earlier in this session.',
    ];
  return id ? ['The same client ID got a token earlier in this session, with other credentials.'] : [];
}

function asWrongCredentials({ error }: Facts): string {
  return error === undefined
    ? 'The answer does not say why; servers answer wrong credentials like this.'
    : 'Servers answer wrong credentials like this, too.';
}

/** The ways to authenticate that the answer itself names. @see RFC 9110 section 11.6.1 */
function asksFor({ challenges }: Facts): readonly string[] {
  const named = challenges.filter(({ scheme }) => /^(?!none$)[a-z][a-z-]{1,20}$/.test(scheme));
  const spelled = named.map(({ scheme }) => scheme.charAt(0).toUpperCase() + scheme.slice(1));
  const schemes = [...new Set(spelled)].slice(0, 5);
  return schemes.length > 0 ? [`The answer asks for ${schemes.join(', ')}.`] : [];
}

/** What may be wrong, by what the client proves itself with: without a code that was given, and with one. */
const mayBeWrong = {
  secret: [
    'The client ID or secret is wrong, or is sent in a way this client is not registered for.',
    'The client secret is wrong, or is sent in a way this client is not registered for.',
  ],
  key: [
    'The client ID is wrong, or the server does not know this client’s key, or expects another kind of authentication.',
    'The server does not know this client’s key, or expects another kind of authentication.',
  ],
  nothing: [
    'The client ID is wrong, or the client is registered for another kind of authentication.',
    'The client is registered for another kind of authentication.',
  ],
} as const;

/** What may have changed since the very same request was good. */
const since = {
  secret: 'Since it was last accepted, the client was disabled or its secret expired.',
  key: 'Since it was last accepted, the client was disabled or its key was removed.',
  nothing: 'Since it was last accepted, the client was disabled or now has to authenticate.',
} as const;

/** Whether a code was exchanged: then the authorization endpoint knows the client, and lets it use this grant. */
function codeCame({ exchange }: Facts): boolean {
  return exchange !== undefined && sentParameters(exchange).has('code');
}

function preferred({ metadata, provider }: Facts): ClientAuthentication {
  const supported = listed(metadata, 'token_endpoint_auth_methods_supported');
  const known = provider.provider.grants['client_credentials']?.clientAuthentication;
  if (
    known &&
    authenticationOf({ clientAuthentication: known }).proves &&
    (supported?.includes(known) ?? true)
  )
    return known;
  return supported?.includes('client_secret_basic') === false ? 'client_secret_post' : 'client_secret_basic';
}
