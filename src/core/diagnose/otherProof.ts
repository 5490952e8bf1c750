import { authenticationOf } from '../authentication/all.ts';
import type { Exchange } from '../record/exchange.ts';
import { refusedCertificate } from '../http/networkFailure.ts';
import type { Facts } from './facts.ts';
import { inBrowser, provedItself } from './asked.ts';
import { authorizationAsked, authorizationSent, sentParameters } from './sentParameters.ts';

/** What a server may want besides, or in the place of, a client secret. */
export type Proof = 'certificate' | 'assertion' | 'dpop' | 'pushed_request' | 'signed_request';

/** What a server wants, whether it said so or only its metadata does, and whether the request had it. */
export interface WantedProof {
  readonly proof: Proof;
  readonly told: boolean;
  readonly sent: boolean;
}

/** Words of servers for each, in descriptions and bodies of any form. */
const words: Readonly<Record<Proof, RegExp>> = {
  certificate:
    /client[ -]certificate|x\.?509 certificate|no (?:required )?(?:ssl|tls) certificate|certificate[ -]bound|mutual[ -]?tls|\bmtls\b|tls[ _]client[ _]auth/i,
  // As one of several ways it is not what is wanted.
  assertion:
    /(?<!\b(?:n?or|neither) (?:an? )?['"`]?)client[ _-]?assertion(?!['"`]? n?or\b)|private_key_jwt|client_secret_jwt/i,
  dpop: /\bdpop\b/i,
  pushed_request:
    /pushed[ _-]?authori[sz]ation|\bpar\b[^.]{0,40}\brequire|\brequire[sd]?[^.]{0,40}\bpar\b|request_uri (?:is )?(?:required|missing)|missing request_uri/i,
  signed_request: /(?:signed|missing|invalid) request object|request object (?:is )?(?:required|missing)/i,
};

const hungUp = /ECONNRESET|EPIPE|UND_ERR_SOCKET/;

const errors: Readonly<Record<string, Proof | undefined>> = {
  invalid_dpop_proof: 'dpop',
  use_dpop_nonce: 'dpop',
  invalid_request_object: 'signed_request',
};

const ofClient: readonly Proof[] = ['certificate', 'assertion', 'dpop'];

/** Members of metadata by which a server demands it of every client. @see RFC 9126 section 5, RFC 9101 section 10.5 */
const demanded: Readonly<Partial<Record<Proof, string>>> = {
  pushed_request: 'require_pushed_authorization_requests',
  signed_request: 'require_signed_request_object',
};

/** What the server wants that this flow did not bring, or brought in vain, as far as its words and metadata tell. */
export function wantedProof(facts: Facts): WantedProof | undefined {
  return certificateWanted(facts) ?? (isLookedAt(facts) ? proofWanted(facts) : undefined);
}

/** A certificate, where the connection itself failed over it. */
function certificateWanted({ failure, exchange }: Facts): WantedProof | undefined {
  const sent = exchange?.request.certificate !== undefined;
  if (failure.kind === 'tls' && refusedCertificate(failure.code) !== undefined)
    return { proof: 'certificate', told: true, sent };
  // A server that refuses a certificate after the handshake may just hang up; so may others.
  return failure.kind === 'network' && sent && hungUp.test(failure.code)
    ? { proof: 'certificate', told: false, sent }
    : undefined;
}

/** Only what was refused, or ended without an answer in the browser, is looked at. */
function isLookedAt(facts: Facts): boolean {
  const { kind } = facts.failure;
  const ended = kind === 'timeout' || kind === 'cancelled';
  return kind === 'oauth_error' || kind === 'http_error' || (ended && inBrowser(facts));
}

function proofWanted(facts: Facts): WantedProof | undefined {
  const { exchange, exchanges } = facts;
  const isProof = provedItself(facts);
  const isAuthorization = inBrowser(facts);
  const asked = isProof ? exchange : authorizationAsked(exchanges);
  const proofs = [
    ...(isProof ? ofClient : []),
    ...(isAuthorization ? ['pushed_request' as const] : []),
    ...(isAuthorization || exchange?.purpose === 'par' ? ['signed_request' as const] : []),
  ];
  const text = `${facts.words.slice(0, 4000)} ${facts.body.slice(0, 4000)}`;
  const named = errors[facts.error ?? ''];
  const told = proofs.find((proof) => proof === named) ?? proofs.find((proof) => words[proof].test(text));
  if (told !== undefined) return { proof: told, told: true, sent: wasSent(told, asked, facts) };
  if (isProof && facts.error === 'invalid_client' && exchange?.request.certificate !== undefined)
    return { proof: 'certificate', told: false, sent: true };
  const silent = proofs.find(
    (proof) => facts.metadata[demanded[proof] ?? ''] === true && !wasSent(proof, asked, facts),
  );
  return silent === undefined ? undefined : { proof: silent, told: false, sent: false };
}

function wasSent(proof: Proof, asked: Exchange | undefined, { profile, exchanges }: Facts): boolean {
  if (asked === undefined) return false;
  const sent = sentParameters(asked);
  // Of an answer that was pasted, the request is what the profile sends.
  const unseen = asked.request.headers.length === 0;
  switch (proof) {
    case 'dpop':
      return (
        (unseen && profile.dpop === true) ||
        asked.request.headers.some(([name]) => name.toLowerCase() === 'dpop')
      );
    case 'assertion':
      return (unseen && authenticationOf(profile).asserts === true) || sent.has('client_assertion');
    case 'pushed_request':
      return sent.has('request_uri');
    case 'signed_request':
      // What was pushed is known here, and other references are not.
      return exchanges.some(({ purpose }) => purpose === 'par')
        ? authorizationSent(exchanges)?.has('request') === true
        : sent.has('request') || sent.has('request_uri');
    case 'certificate':
      return authenticationOf(profile).needs === 'certificate';
  }
}
