import { isObject } from '../../shared/json.ts';
import type { Failure, FlowStep } from '../record/failure.ts';

/** What was under way when a fetch threw. */
export interface FetchAttempt {
  readonly url: URL;
  readonly step: FlowStep;
  /** Milliseconds. */
  readonly timeout: number;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  /** `Exchange.id` */
  readonly exchange?: number;
  /** The status of an answer whose body broke off. */
  readonly status?: number;
}

/** Turns what a fetch threw into a failure of kind `network`, `tls`, `timeout` or `cancelled`. */
export function networkFailure(thrown: unknown, attempt: FetchAttempt): Failure {
  const { host, hostname } = attempt.url;
  const common = {
    step: attempt.step,
    ...(attempt.exchange === undefined ? {} : { exchange: attempt.exchange }),
  };
  if (attempt.cancelled)
    return { ...common, kind: 'cancelled', message: 'The flow was cancelled.', advice: 'Run it again.' };
  if (attempt.timedOut) {
    const seconds = attempt.timeout / 1000;
    return {
      ...common,
      kind: 'timeout',
      seconds,
      message: `${host} did not answer completely within ${seconds} s.`,
      advice:
        'Check that the server is up and that a proxy or VPN does not hold the request back, or raise the setting oauthExplorer.requestTimeout.',
    };
  }
  const { code, reason } = explain(thrown);
  if (attempt.status === undefined && code === withheld)
    return {
      ...common,
      kind: 'http_error',
      status: 407,
      message: `${host} answered with status 407, which asks for a proxy’s credentials.`,
      advice: 'Check the address, and every proxy on the way to it.',
    };
  if (attempt.status !== undefined) return { ...common, ...brokenOff(code, host, attempt.status) };
  if (isTls(code, reason))
    return {
      ...common,
      kind: 'tls',
      code,
      host,
      message: `No secure connection to ${host}: ${refusedCertificate(code) ?? tlsReasons.get(code) ?? `TLS failed (${code})`}.`,
      advice: tlsAdvice(code),
    };
  return {
    ...common,
    kind: 'network',
    code,
    host,
    message: networkMessage(code, host, hostname),
    advice: networkAdvice(code),
  };
}

/** Whether a code means that a body could not be unpacked: zlib's own, and those of Brotli. */
export function isUndecodable(code: string): boolean {
  return /^Z_(?!BUF_ERROR)[A-Z_]+$|^ERR__?BROTLI|^ERR__ERROR_FORMAT/.test(code);
}

/** An answer had begun, so that nothing about reaching the server is wrong. */
function brokenOff(code: string, host: string, status: number) {
  if (isUndecodable(code))
    return {
      kind: 'network',
      code,
      host,
      status,
      message: `${host} answered with status ${status}, and its body is not what its Content-Encoding says.`,
      advice:
        'Look into the server and any proxy in between: one of them packs the body in another way than it says, or changes it.',
    } as const;
  return {
    kind: 'network',
    code,
    host,
    status,
    message: `${host} closed the connection without a complete answer: status ${status} came, and the body broke off.`,
    advice:
      'Run it again; if it stays, look into the log of the server and of any proxy in between: one of them ends the connection.',
  } as const;
}

/** Whether a fetch threw because nobody who is trusted vouches for the certificate: nothing was sent then. */
export function isUntrusted(thrown: unknown): boolean {
  return untrusted.test(explain(thrown).code);
}

/** Whether a code means that a server answered without TLS where TLS was asked for, as Node, OpenSSL and Chromium say it. */
export function isWithoutTls(code: string): boolean {
  return /WRONG_VERSION|PACKET_LENGTH_TOO_LONG|SSL_PROTOCOL_ERROR|EPROTO/.test(code);
}

/** Whether a code means that what answered does not speak HTTP. */
export function isNotHttp(code: string): boolean {
  return /^HPE_|^HTTPParserError$|INVALID_HTTP_RESPONSE/.test(code);
}

/** What the other side says of the client's certificate when it ends the handshake for it, as OpenSSL and BoringSSL name alerts. @see RFC 8446 section 6.2 */
const certificateAlerts: readonly (readonly [alert: RegExp, meaning: string])[] = [
  [/ALERT_CERTIFICATE_REQUIRED|CLIENT_AUTH_CERT_NEEDED/, 'it wants a client certificate, and none was shown'],
  [/ALERT_CERTIFICATE_EXPIRED/, 'it says that the client certificate has expired'],
  [/ALERT_CERTIFICATE_REVOKED/, 'it says that the client certificate was revoked'],
  [/ALERT_UNKNOWN_CA/, 'it does not know the authority of the client certificate'],
  [
    /ALERT_(?:BAD|UNSUPPORTED)_CERTIFICATE(?!_)|ALERT_CERTIFICATE_UNKNOWN|BAD_SSL_CLIENT_AUTH_CERT/,
    'it refuses the client certificate',
  ],
  [/ALERT_ACCESS_DENIED/, 'it knows the client certificate and denies it access'],
];

/** What a server says of the client's certificate by the code of a TLS failure; `undefined` for all other codes. */
export function refusedCertificate(code: string): string | undefined {
  return certificateAlerts.find(([alert]) => alert.test(code))?.[1];
}

/**
 * What `fetch` says of an answer with status 407, which it keeps for itself: an error without text or code. Nothing else
 * gives that for a request whose redirects are not followed. @see Fetch Standard, HTTP-network-or-cache fetch
 */
const withheld = 'withheld';

/** As Chromium calls a port that it does not connect to. */
const unsafePort = 'ERR_UNSAFE_PORT';

/** The most telling code in a chain of causes, as `fetch failed` hides it in its `cause`. */
function explain(thrown: unknown): { code: string; reason: string } {
  let reason = '';
  let code = '';
  if (isWithheld(thrown)) return { code: withheld, reason };
  if (isUnsendable(thrown)) return { code: unsendable, reason };
  for (let error = thrown, depth = 0; isObject(error) && depth < 8; depth++) {
    if (typeof error['message'] === 'string') reason += ` ${error['message']}`;
    if (typeof error['code'] === 'string') code = error['code'];
    // On Node 24 this error has no code.
    else if (error['name'] === 'HTTPParserError') code = error['name'];
    const errors: unknown = error['errors'];
    error = error['cause'] ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  // Node says it in words only. @see Fetch Standard, port blocking
  if (code === '' && /\bbad port\b/.test(reason)) return { code: unsafePort, reason };
  // Electron's network stack has no codes, only texts such as `net::ERR_CERT_AUTHORITY_INVALID`.
  return { code: code === '' ? (/\bERR_[A-Z_]+/.exec(reason)?.[0] ?? 'unknown') : code, reason };
}

/** Node's code, also where `fetch` says it in words alone, which hold the field's value. */
const unsendable = 'ERR_INVALID_CHAR';

function isUnsendable(thrown: unknown): boolean {
  return thrown instanceof TypeError && /invalid header value|to a ByteString/.test(thrown.message);
}

function isWithheld(thrown: unknown): boolean {
  if (!(thrown instanceof TypeError) || thrown.message !== 'fetch failed') return false;
  const { cause } = thrown;
  return cause instanceof Error && cause.message === '' && !('code' in cause) && cause.name === 'Error';
}

const noAgreement =
  'the server and this editor do not agree on a TLS version or cipher, or it does not speak TLS on this port';

const tlsReasons: ReadonlyMap<string, string> = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is self-signed and not trusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate comes from an authority that is not trusted'],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'its certificate comes from an authority that is not trusted or not sent',
  ],
  ['UNABLE_TO_GET_ISSUER_CERT', 'its certificate comes from an authority that is not trusted or not sent'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate comes from an authority that is not trusted'],
  ['ERR_CERT_AUTHORITY_INVALID', 'its certificate comes from an authority that is not trusted'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['ERR_CERT_DATE_INVALID', 'its certificate has expired or is not valid yet'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet'],
  ['CERT_REVOKED', 'its certificate was revoked'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another host name'],
  ['ERR_CERT_COMMON_NAME_INVALID', 'its certificate is for another host name'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'the server does not speak TLS on this port'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'the server does not speak TLS on this port'],
  ['ERR_SSL_PROTOCOL_ERROR', noAgreement],
  ['EPROTO', noAgreement],
]);

const untrusted =
  /SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|CERT_AUTHORITY|CERT_UNTRUSTED|INVALID_CA|CERT_SIGNATURE/;

function isTls(code: string, reason: string): boolean {
  return (
    tlsReasons.has(code) ||
    untrusted.test(code) ||
    /^(?:CERT_|ERR_SSL_|ERR_TLS_|ERR_CERT_|HOSTNAME_MISMATCH)/.test(code) ||
    /certificate|\bSSL\b/i.test(reason)
  );
}

function tlsAdvice(code: string): string {
  if (refusedCertificate(code) !== undefined)
    return 'Set the certificate that the server has registered for this client, whole with those of its authorities, and choose a client authentication by certificate in the profile.';
  if (untrusted.test(code))
    return 'Add the certificate of its authority to the operating system or name its file in NODE_EXTRA_CA_CERTS before starting the editor; for a local server trust its certificate in the profile.';
  if (/ALTNAME|COMMON_NAME|HOSTNAME/.test(code))
    return 'Use the host name that the certificate was issued for, or correct the certificate.';
  if (/EXPIRED|NOT_YET|DATE_INVALID/.test(code))
    return 'Renew the certificate of the server, and check the clock of this machine.';
  if (isWithoutTls(code)) return 'Check the port of the URL and whether it should be http.';
  return 'Check the TLS set-up of the server and of any proxy in between.';
}

function networkMessage(code: string, host: string, hostname: string): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'ERR_NAME_NOT_RESOLVED':
      return `The host name ${hostname} does not exist or cannot be resolved.`;
    case 'EAI_AGAIN':
      return `The host name ${hostname} cannot be resolved now: the DNS server does not answer.`;
    case 'ECONNREFUSED':
    case 'ERR_CONNECTION_REFUSED':
      return `Nothing accepts connections at ${host}.`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return `${host} closed the connection without a complete answer.`;
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${host} cannot be reached from here.`;
    case unsendable:
      return `Nothing was sent to ${host}: a header field holds a character that HTTP does not allow there.`;
    case 'ERR_PROXY_CONNECTION_FAILED':
      return `The proxy on the way to ${host} cannot be reached.`;
    case 'ERR_TUNNEL_CONNECTION_FAILED':
      return `The proxy on the way to ${host} lets no connection through.`;
    case unsafePort:
      return `${host} was not asked: browsers and this editor connect to no such port (10080, 6000, 6666 and others that belong to other protocols).`;
    case 'ERR_NO_SUPPORTED_PROXIES':
      return `The proxy that is set for ${host} is not an http or https address.`;
    default:
      return isNotHttp(code)
        ? `What came from ${host} is not HTTP.`
        : `The request to ${host} failed (${code}).`;
  }
}

function networkAdvice(code: string): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ERR_NAME_NOT_RESOLVED':
      return 'Check the spelling of the host, the VPN and the network; behind a proxy check the setting http.proxy.';
    case 'ECONNREFUSED':
    case 'ERR_CONNECTION_REFUSED':
      return 'Start the server, or check host and port of the URL.';
    case unsendable:
      return 'Look for line breaks, and for letters that are not Latin, in the token, the client ID and what else goes out in a header.';
    case unsafePort:
      return 'Let the server listen at another port, such as 8080, and change the URL.';
    case 'ERR_PROXY_CONNECTION_FAILED':
    case 'ERR_TUNNEL_CONNECTION_FAILED':
    case 'ERR_NO_SUPPORTED_PROXIES':
      return 'Check the proxy (setting http.proxy), and whether it lets this host through.';
    default:
      if (isNotHttp(code)) return 'Check host and port of the URL, and whether it should be https.';
      return 'Check the server, the network and the VPN; behind a proxy check the setting http.proxy.';
  }
}
