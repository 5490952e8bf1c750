import type { Truth } from './truths.ts';
import type { Trace } from './trace.ts';

const isLoopback = ({ all }: Trace) =>
  all.some(({ request }) => /^https:\/\/(?:127\.|localhost|\[::1\])/.test(request.url));
const own = [
  ...[
    'ENOTFOUND',
    'EAI_AGAIN',
    'NAME_NOT_RESOLVED',
    'CONNECTION_REFUSED',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
  ],
  ...['UND_ERR_SOCKET', 'ETIMEDOUT', 'CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'PROXY', 'TUNNEL'],
  ...['UNSAFE_PORT', 'HPE_', 'HTTPParserError', 'INVALID_HTTP_RESPONSE'],
];

/** What has to be in the trace of a request without a whole answer for each cause to be true. */
export const connectionTruths: readonly (readonly [id: RegExp, truth: Truth])[] = [
  [/^self-signed-on-loopback$/, (t) => isLoopback(t) && t.lost(/SELF_SIGNED|UNABLE_TO|AUTHORITY|INVALID_CA/)],
  [
    /^(?:authority-not-trusted|proxy-inspects-tls)$/,
    (t, { evidence }) =>
      t.lost(/SELF_SIGNED|UNABLE_TO|AUTHORITY|UNTRUSTED|INVALID_CA/) && !evidence.includes('A proxy is set.'),
  ],
  [/^certificate-expired$/, (t) => t.lost(/EXPIRED|NOT_YET|DATE/)],
  [/^certificate-for-another-host$/, (t) => t.lost(/ALTNAME|COMMON_NAME|HOSTNAME/)],
  [/^no-tls-on-this-port$/, (t) => t.lost(/WRONG_VERSION|PACKET_LENGTH|SSL_PROTOCOL_ERROR|EPROTO/)],
  [
    /^tls-failed$/,
    (t) => t.lost(/SSL|TLS|CERT/) && !t.lost(/EXPIRED|ALTNAME|WRONG_VERSION|SELF_SIGNED|UNABLE/),
  ],
  [/^host-not-found$/, (t) => t.lost(/ENOTFOUND|EAI_AGAIN|NAME_NOT_RESOLVED/)],
  [/^nothing-listens$/, (t) => t.lost(/REFUSED/)],
  [/^connection-broken$/, (t) => t.lost(/ECONNRESET|EPIPE|UND_ERR_SOCKET/)],
  [/^host-unreachable$/, (t) => t.lost(/ETIMEDOUT|CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH/)],
  [/^proxy-in-the-way$/, (t) => t.lost(/PROXY|TUNNEL/)],
  [/^port-is-blocked$/, (t) => t.lost(/UNSAFE_PORT/)],
  [/^not-http$/, (t) => t.lost(/HPE_|HTTPParserError|INVALID_HTTP_RESPONSE/)],
  [/^connection-failed$/, (t) => t.lost(/^/) && !own.some((code) => t.lost(new RegExp(code)))],
  // No proxy is known in any world.
  [/^proxy-wants-credentials$/, () => false],
  [/^proxy-credentials-unasked$/, (t) => t.status(407) || t.lost(/http_error/)],
  [/^no-answer-in-time$/, (t) => t.lost(/timeout/i)],
  // No world has a profile of a demo server.
  [/^demo-ended$/, () => false],
];
