import type { EntryReader } from './entryReader.ts';
import { isLoopbackHost } from './loopbackHost.ts';
import type { ClientAuthentication, Grant } from './profile.ts';

/** The name of a provider or a token dialect. */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/u;

/** A SHA-256 fingerprint as browsers and openssl show it. */
export const fingerprintPattern = /^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$/u;

const named = {
  longest: 64,
  pattern: namePattern,
  shape: 'letters, digits, “.”, “_” or “-”, and begin with a letter or digit',
};

/** The fields that say which server it is and how it differs. */
export function readServer(
  reader: EntryReader,
  grant: Grant | undefined,
  authentication: ClientAuthentication,
) {
  const issuer = reader.url('issuer');
  const tokenEndpoint = reader.url('tokenEndpoint');
  checkPresence(reader, grant);
  if (authentication !== 'none') checkSecretOrigin(reader, issuer, tokenEndpoint);
  const provider = reader.text('provider', named);
  const tokenDialect = reader.text('tokenDialect', named);
  const trustedCertificate = readCertificate(reader, issuer, tokenEndpoint);
  return {
    ...(issuer !== undefined && { issuer }),
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    ...(provider !== undefined && { provider }),
    ...(tokenDialect !== undefined && { tokenDialect }),
    ...(trustedCertificate !== undefined && { trustedCertificate }),
  };
}

function checkPresence(reader: EntryReader, grant: Grant | undefined): void {
  if (reader.has('issuer')) return;
  if (!reader.has('tokenEndpoint')) reader.problem([], 'issuer or tokenEndpoint is missing.');
  else if (grant === 'authorization_code' && !reader.has('authorizationEndpoint'))
    reader.problem([], 'authorizationEndpoint is missing: without an issuer it cannot be looked up.');
}

/** The secret is kept for one origin and goes nowhere else: a typed endpoint elsewhere would carry it off. */
function checkSecretOrigin(reader: EntryReader, issuer?: string, tokenEndpoint?: string): void {
  if (issuer === undefined || tokenEndpoint === undefined) return;
  const [kept, sent] = [new URL(issuer).origin, new URL(tokenEndpoint).origin];
  if (kept !== sent)
    reader.problem(
      ['tokenEndpoint'],
      'tokenEndpoint is on another origin than issuer, and the client secret is kept for the issuer’s origin only. ' +
        'Remove tokenEndpoint to use the one the issuer publishes, or remove issuer.',
    );
}

/** @see RFC 8252 section 8.3: loopback only, where no authority issues certificates */
function readCertificate(reader: EntryReader, ...urls: readonly (string | undefined)[]): string | undefined {
  const certificate = reader.text('trustedCertificate', {
    longest: 95,
    pattern: fingerprintPattern,
    shape: 'a SHA-256 fingerprint: 32 pairs of hexadecimal digits with colons between them',
  });
  if (certificate === undefined) return undefined;
  const servers = urls.filter((url) => url !== undefined).map((url) => new URL(url));
  if (servers.every(({ hostname }) => isLoopbackHost(hostname))) return certificate.toUpperCase();
  reader.problem(
    ['trustedCertificate'],
    'trustedCertificate is only for a server on this machine (127.0.0.1, [::1], localhost).',
  );
  return undefined;
}
