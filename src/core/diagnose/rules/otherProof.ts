import { allAuthentications } from '../../authentication/all.ts';
import type { SourceView } from '../../../shared/views/finding.ts';
import type { Facts } from '../facts.ts';
import { wantedProof, type Proof, type WantedProof } from '../otherProof.ts';
import type { QuickFix } from '../quickFix.ts';
import type { Rule } from '../rule.ts';
import { rfc } from '../../source.ts';

/** The server wants a certificate, an assertion, a DPoP proof or another form of the authorization request: the secret is not the cause. */
export const otherProofWanted: Rule = (facts) => {
  const wanted = wantedProof(facts);
  // An assertion that was sent and refused has a rule of its own.
  if (wanted === undefined || (wanted.proof === 'assertion' && wanted.sent)) return [];
  const { id, title, refused, steps, source } = texts[wanted.proof];
  return [
    {
      id: wanted.sent ? `${id}-refused` : `${id}-wanted`,
      weight: wanted.told ? 94 : 72,
      title: wanted.sent ? refused : title,
      evidence: evidenceFor(wanted, facts),
      steps: wanted.sent && wanted.proof !== 'assertion' ? againStepsFor(wanted.proof, facts) : steps,
      fixes: wanted.sent ? sentFixes(wanted) : fixesFor(wanted, facts),
      source,
    },
  ];
};

function evidenceFor({ proof, told, sent }: WantedProof, { error, failure }: Facts): readonly string[] {
  const { what, member } = texts[proof];
  return [
    told
      ? failure.kind === 'tls'
        ? `The TLS handshake ended with ${failure.code}.`
        : error !== undefined && /dpop|request_object/.test(error)
          ? `The server said ${error}.`
          : 'The server’s words speak of it.'
      : member === undefined
        ? error === undefined
          ? 'The server ended the connection without an answer.'
          : `The server said ${error}.`
        : `Its metadata has ${member}: true.`,
    sent ? `The request had ${what}.` : `The request had no ${what.replace(/^an? /, '')}.`,
  ];
}

/** The ways of this product to prove a client as the server wants it. */
function fixesFor({ proof }: WantedProof, { profile }: Facts): readonly QuickFix[] {
  if (proof === 'dpop') return [{ kind: 'edit_profile', field: 'dpop' }];
  return allAuthentications
    .filter(({ id, needs }) =>
      proof === 'certificate'
        ? needs === 'certificate'
        : proof === 'assertion' && id.endsWith('_jwt') && id !== profile.clientAuthentication,
    )
    .map(({ id }) => ({ kind: 'set_client_authentication', clientAuthentication: id }));
}

/** A certificate that was refused may be another one than the registered one. */
function sentFixes({ proof }: WantedProof): readonly QuickFix[] {
  return proof === 'certificate' ? [{ kind: 'enter_secret' }] : [];
}

interface Texts {
  readonly id: string;
  /** With its article. */
  readonly what: string;
  readonly title: string;
  readonly refused: string;
  readonly steps: readonly string[];
  /** Of the metadata, where it says that every client has to. */
  readonly member?: string;
  readonly source: SourceView;
}

const texts: Readonly<Record<Proof, Texts>> = {
  certificate: {
    id: 'client-certificate',
    what: 'a client certificate',
    title: 'The server wants the client to show a certificate (mutual TLS).',
    refused: 'The server does not accept the client’s certificate.',
    steps: [
      'Choose a client authentication by certificate in the profile (tls_client_auth, or self_signed_tls_client_auth for one of your own), and set the certificate with its key.',
      'If the client is registered for another client authentication, use an endpoint without mutual TLS.',
    ],
    source: rfc(8705, '2'),
  },
  assertion: {
    id: 'client-assertion',
    what: 'a client assertion',
    title: 'The server wants the client to prove itself with a signed assertion.',
    refused: 'The server does not accept the client’s assertion.',
    steps: [
      'Choose the client authentication the client is registered with: private_key_jwt or client_secret_jwt.',
    ],
    source: rfc(7523, '2.2'),
  },
  dpop: {
    id: 'dpop-proof',
    what: 'a DPoP proof',
    title: 'The server binds tokens to a key and wants a DPoP proof.',
    refused: 'The server does not accept the DPoP proof.',
    steps: ['Switch on DPoP in the profile, or have the client registered for bearer tokens.'],
    source: rfc(9449, '5'),
  },
  pushed_request: {
    id: 'pushed-request',
    what: 'a pushed request (request_uri)',
    member: 'require_pushed_authorization_requests',
    title: 'The server takes only authorization requests that were pushed to it before (PAR).',
    refused: 'The server does not accept the pushed authorization request.',
    steps: ['Have the client registered without the demand for pushed requests, or push them.'],
    source: rfc(9126, '4'),
  },
  signed_request: {
    id: 'signed-request',
    what: 'a signed request object',
    member: 'require_signed_request_object',
    title: 'The server takes only authorization requests that are signed (request object).',
    refused: 'The server does not accept the request object.',
    steps: ['Have the client registered without the demand for signed requests, or sign them.'],
    source: rfc(9101, '5'),
  },
};

/** A proof names the address it is for; behind a proxy a server may take another one for its own. @see RFC 9449 section 4.3 */
function againStepsFor(proof: Exclude<Proof, 'assertion'>, { words }: Facts): readonly string[] {
  return proof === 'dpop' && /\b(?:htu|ur[li])\b/i.test(words.slice(0, 2000))
    ? [
        'Use the address of the endpoint as the server knows itself: the proof names that which was asked (htu).',
        'Behind a proxy, have it tell the server host and scheme (X-Forwarded-Host, X-Forwarded-Proto).',
      ]
    : againSteps[proof];
}

/** What to look at when it was there and was refused. */
const againSteps: Readonly<Record<Exclude<Proof, 'assertion'>, readonly string[]>> = {
  certificate: [
    'Compare the certificate with the one that is registered: its subject or thumbprint (x5t#S256), its authority and its end.',
    'If an authority in between issued it, set the certificates of that authority with it.',
  ],
  dpop: ['Check the clock of this machine, and run it again: each proof works once.'],
  pushed_request: ['Run it again: a pushed request works once and for a short time.'],
  signed_request: [
    'Check that the key it is signed with is registered, and which algorithm the server wants.',
  ],
};
