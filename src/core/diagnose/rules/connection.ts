import { isNotHttp, isUndecodable, isWithoutTls, refusedCertificate } from '../../http/networkFailure.ts';
import { isLoopbackHost } from '../../profile/loopbackHost.ts';
import type { Cause } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../rule.ts';

/** Why TLS ended, and what to trust or change. */
export const tls: Rule = (facts) => {
  const { failure } = facts;
  // The other side wants a certificate of ours: a rule of its own says so.
  if (failure.kind !== 'tls' || refusedCertificate(failure.code) !== undefined) return [];
  const { host, code } = failure;
  const cause: TlsCause = (id, weight, title, ...steps) => ({
    ...{ id, weight, title, steps, fixes: [] },
    evidence: [`${host}: ${code}`],
  });
  if (/SELF_SIGNED|UNABLE_TO|CERT_AUTHORITY|CERT_UNTRUSTED|INVALID_CA/.test(code)) {
    const url = facts.exchange?.request.url ?? `https://${host}`;
    return isLoopbackHost(URL.canParse(url) ? new URL(url).hostname : host)
      ? [selfSigned(cause, url)]
      : nobodyTrusted(cause, code, facts.proxy);
  }
  if (/EXPIRED|NOT_YET|DATE_INVALID/.test(code))
    return [
      cause(
        'certificate-expired',
        85,
        'The server’s certificate is not valid now.',
        'Have the certificate renewed.',
        'Check the clock of this machine.',
      ),
    ];
  if (/ALTNAME|COMMON_NAME|HOSTNAME/.test(code)) return [ofAnotherHost(cause)];
  if (isWithoutTls(code))
    return [
      cause(
        'no-tls-on-this-port',
        80,
        'The server does not speak TLS on this port.',
        'Check the port. For a local server the URL may have to start with http.',
      ),
    ];
  return [
    cause('tls-failed', 50, 'TLS failed.', 'Check the TLS set-up of the server and of a proxy in between.'),
  ];
};

/** A cause whose evidence is the host and the code. */
type TlsCause = (id: string, weight: number, title: string, ...steps: readonly string[]) => Cause;

function selfSigned(cause: TlsCause, url: string): Cause {
  return {
    ...cause(
      'self-signed-on-loopback',
      95,
      'This machine does not trust the certificate of the local server.',
      'Look at the certificate and trust it for this profile by its fingerprint.',
      'If your own authority issued it, you can make the operating system trust that authority instead.',
    ),
    fixes: [{ kind: 'trust_certificate', url }],
  };
}

function nobodyTrusted(cause: TlsCause, code: string, proxy: string | undefined): readonly Cause[] {
  const inspects = cause(
    'proxy-inspects-tls',
    proxy !== undefined || code === 'SELF_SIGNED_CERT_IN_CHAIN' ? 70 : 40,
    'A proxy or virus scanner on the way intercepts TLS with a certificate of its own.',
    'Get the certificate of its authority and trust it as above.',
  );
  return [
    cause(
      'authority-not-trusted',
      75,
      'This machine does not trust the authority that issued the certificate.',
      'Add the authority’s certificate to the operating system, or name its file in NODE_EXTRA_CA_CERTS before the editor starts.',
    ),
    proxy === undefined ? inspects : { ...inspects, evidence: [...inspects.evidence, 'A proxy is set.'] },
  ];
}

function ofAnotherHost(cause: TlsCause): Cause {
  return {
    ...cause(
      'certificate-for-another-host',
      88,
      'The server’s certificate is for another host name.',
      'Use the host name in the certificate, or have one issued for this name.',
    ),
    fixes: [{ kind: 'edit_profile', field: 'issuer' }],
  };
}

/** Why no connection came about. */
export const network: Rule = (facts) => {
  const { failure, profile, proxy } = facts;
  if (failure.kind === 'timeout' && failure.step !== 'redirect') return [timedOut(facts)];
  if (failure.kind === 'http_error' && failure.status === 407) return [proxyWantsCredentials(proxy)];
  if (failure.kind !== 'network') return [];
  if (failure.status !== undefined && isUndecodable(failure.code))
    return [undecodable(failure.host, failure.status)];
  if (failure.status !== undefined) return [brokenOff(failure.host, failure.status, proxy)];
  const viaProxy = proxy === undefined ? [] : ['A proxy is set: it may be what cannot be reached.'];
  const known = networkCauses.find(({ codes }) => codes.test(failure.code)) ?? otherwise;
  if (facts.demo === true && known.id === 'nothing-listens' && isServerOf(profile, failure.host))
    return [demoEnded(`${failure.host}: ${failure.code}`)];
  return [
    {
      id: known.id,
      weight: 75,
      title: known.title,
      evidence: [`${failure.host}: ${failure.code}`, ...viaProxy],
      steps: known.steps,
      fixes: [{ kind: 'run_again' }, { kind: 'edit_profile', field: 'issuer' }],
    },
  ];
};

interface NetworkCause {
  readonly id: string;
  readonly codes: Pick<RegExp, 'test'>;
  readonly title: string;
  readonly steps: readonly string[];
}

const otherwise: NetworkCause = {
  id: 'connection-failed',
  codes: /./,
  title: 'The connection failed.',
  steps: ['Check network, VPN and proxy (setting http.proxy), then run again.'],
};

const networkCauses: readonly NetworkCause[] = [
  {
    id: 'host-not-found',
    codes: /ENOTFOUND|EAI_AGAIN|NAME_NOT_RESOLVED/,
    title: 'The host name is misspelt, or this network does not know it.',
    steps: [
      'Check the spelling of the host.',
      'Check VPN and network: internal names resolve only inside.',
      'Behind a proxy, set http.proxy.',
    ],
  },
  {
    id: 'nothing-listens',
    codes: /ECONNREFUSED|CONNECTION_REFUSED/,
    title: 'Nothing is listening at this host and port.',
    steps: ['Start the server.', 'Check the host and port of the URL.'],
  },
  {
    id: 'connection-broken',
    codes: /ECONNRESET|EPIPE|UND_ERR_SOCKET/,
    title: 'The server, or something on the way, dropped the connection.',
    steps: ['Check whether the URL should be https.', 'Check proxy, VPN and firewall, then run again.'],
  },
  {
    id: 'host-unreachable',
    codes: /ETIMEDOUT|CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH/,
    title: 'This host cannot be reached from here.',
    steps: ['Check VPN, firewall and proxy (setting http.proxy).'],
  },
  {
    id: 'proxy-in-the-way',
    codes: /_PROXY_CONNECTION_FAILED|TUNNEL_CONNECTION|SUPPORTED_PROXIES/,
    title: 'The proxy on the way lets nothing through.',
    steps: ['Check address and rules of the proxy (setting http.proxy).'],
  },
  {
    id: 'port-is-blocked',
    codes: /UNSAFE_PORT/,
    title: 'Browsers and this editor refuse to connect to this port, which belongs to another protocol.',
    steps: ['Let the server listen at another port, such as 8080.', 'Change the URL in the profile.'],
  },
  {
    id: 'not-http',
    codes: { test: isNotHttp },
    title: 'What answers there does not speak HTTP.',
    steps: ['Check the host and port of the URL.', 'Check whether the URL should be https.'],
  },
];

/** Whether a host is that of the profile's own server: an API beside it may be anybody's. */
function isServerOf({ issuer }: Facts['profile'], host: string): boolean {
  return issuer !== undefined && URL.canParse(issuer) && new URL(issuer).host === host;
}

function demoEnded(seen: string): Cause {
  return {
    id: 'demo-ended',
    weight: 95,
    title: 'The demo server that made this profile has stopped.',
    evidence: [seen, 'It runs until it is stopped or its window closes; the next one may use another port.'],
    steps: ['Start a demo server, and this profile will use it.', 'Or remove the demo’s profiles.'],
    fixes: [{ kind: 'start_demo' }, { kind: 'remove_demo' }],
  };
}

function undecodable(host: string, status: number): Cause {
  return {
    id: 'answer-not-unpacked',
    weight: 75,
    title: 'The body of the answer is not packed as its Content-Encoding says.',
    evidence: [`${host} answered with status ${status}; its body could not be unpacked.`],
    steps: ['Have the server, or the proxy that changes its answers, say how it packs them.'],
    fixes: [{ kind: 'run_again' }],
  };
}

function brokenOff(host: string, status: number, proxy: string | undefined): Cause {
  return {
    id: 'answer-broken-off',
    weight: 75,
    title: 'The answer began and broke off: the server, or something on the way, ended the connection.',
    evidence: [
      `${host} answered with status ${status}; its body has no end.`,
      ...(proxy === undefined ? [] : ['A proxy is set: it may be what ends the connection.']),
    ],
    steps: ['Run again.', 'If it persists, look at the log of the server and of any proxy in between.'],
    fixes: [{ kind: 'run_again' }],
  };
}

function proxyWantsCredentials(proxy: string | undefined): Cause {
  const fixes = [{ kind: 'run_again' }] as const;
  if (proxy !== undefined)
    return {
      id: 'proxy-wants-credentials',
      weight: 95,
      title: 'The proxy on the way wants credentials.',
      evidence: ['The answer has status 407, and a proxy is set.'],
      steps: ['Set http.proxyAuthorization, or put user and password into http.proxy.'],
      fixes,
    };
  return {
    id: 'proxy-credentials-unasked',
    weight: 95,
    title: 'Something on the way, or the server itself, answers as a proxy that wants credentials.',
    evidence: ['The answer has status 407, and no proxy is known here.'],
    steps: [
      'Check host and port: they may be those of a proxy.',
      'If this network has a proxy, set http.proxy with user and password.',
      'Else ask whoever runs the server: a server refuses a client with 401.',
    ],
    fixes,
  };
}

function timedOut({ proxy }: Facts): Cause {
  return {
    id: 'no-answer-in-time',
    weight: 60,
    title: 'The server is slow or unreachable, or something on the way swallows the request.',
    evidence:
      proxy === undefined
        ? ['No answer came within the time limit.']
        : ['No answer came within the time limit.', 'A proxy is set.'],
    steps: [
      'Check that the server is up, then check VPN, firewall and proxy.',
      'If the server is just slow, raise oauthExplorer.requestTimeout.',
    ],
    fixes: [{ kind: 'run_again' }],
  };
}
