import { randomBytes } from 'node:crypto';
import { connect, isIP } from 'node:net';
import { abortReason } from '../abortable.ts';
import { bareHost, portOf } from './urlHost.ts';

/** A version of TLS as it stands on the wire. @see RFC 5246 appendix E.1 */
const tlsVersions = { '1.0': 0x0301, '1.1': 0x0302, '1.2': 0x0303 } as const;

export type TlsVersion = keyof typeof tlsVersions;

/** How a server took the first message of a TLS connection. */
export type HelloAnswer =
  /** It goes on, with this version. */
  | { readonly kind: 'hello'; readonly version: number }
  /** It refuses, with the number of an alert. @see RFC 5246 section 7.2 */
  | { readonly kind: 'alert'; readonly alert: number }
  /** It ends the connection without a word. */
  | { readonly kind: 'closed' }
  /** What it says is not TLS. */
  | { readonly kind: 'other' };

/** Says hello to a server, and nothing else. */
export type SayHello = (url: string, version: TlsVersion, signal: AbortSignal) => Promise<HelloAnswer>;

/** Bytes of an answer that tell. */
const enough = 11;

/**
 * Asks a server for a TLS connection of this version at most, by the bytes themselves: what this machine's own TLS still
 * speaks does not matter. The connection ends with the first answer.
 *
 * @param url https; only its host and port are used
 * @throws what the network throws when there is no connection; the signal's reason
 */
export const sayHello: SayHello = (url, version, signal) => {
  const to = new URL(url);
  const host = bareHost(to.hostname);
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    let connected = false;
    const socket = connect({ host, port: portOf(to), signal });
    socket.once('connect', () => {
      connected = true;
      socket.write(clientHello(host, version));
    });
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      // An alert is shorter than a hello.
      if (received.length >= enough || (received[0] === alertRecord && received.length >= 7))
        socket.destroy();
    });
    socket.once('error', (error) => {
      if (!connected || signal.aborted) reject(signal.aborted ? abortReason(signal) : error);
    });
    // A connection that breaks once it was there is an answer.
    socket.once('close', () => resolve(readAnswer(received)));
  });
};

const alertRecord = 0x15;
const handshakeRecord = 0x16;
const serverHello = 2;

function readAnswer(bytes: Buffer): HelloAnswer {
  if (bytes.length === 0) return { kind: 'closed' };
  const isTls = bytes[1] === 3;
  if (isTls && bytes[0] === alertRecord && bytes.length >= 7) return { kind: 'alert', alert: bytes[6] ?? 0 };
  if (isTls && bytes[0] === handshakeRecord && bytes[5] === serverHello && bytes.length >= enough)
    return { kind: 'hello', version: bytes.readUInt16BE(9) };
  return { kind: 'other' };
}

/** What every server of the last twenty years has some of; the newest first. */
const oldSuites = [
  ...[0xc014, 0xc00a, 0xc013, 0xc009, 0x0039, 0x0038, 0x0033, 0x0032, 0x0035, 0x002f, 0x0088, 0x0084],
  ...[0xc012, 0xc008, 0x0016, 0x0013, 0x000a, 0xc011, 0xc007, 0x0005, 0x0004],
];
const newSuites = [
  ...[0xc02b, 0xc02c, 0xc02f, 0xc030, 0xcca8, 0xcca9, 0x009e, 0x009f, 0xccaa, 0x009c, 0x009d],
  ...[0xc023, 0xc024, 0xc027, 0xc028, 0x0067, 0x006b, 0x003c, 0x003d],
];
/** Stands for secure renegotiation. @see RFC 5746 section 3.3 */
const renegotiation = 0x00ff;
const groups = [0x001d, 0x0017, 0x0018, 0x0019];
const algorithms = [
  ...[0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0807],
  ...[0x0401, 0x0501, 0x0601, 0x0203, 0x0201, 0x0202],
];

/** @see RFC 5246 section 7.4.1.2 */
function clientHello(host: string, version: TlsVersion): Buffer {
  const number = tlsVersions[version];
  const isNew = version === '1.2';
  const suites = [...(isNew ? newSuites : []), ...oldSuites, renegotiation];
  const extensions = [
    // A name only: RFC 6066 section 3 has no addresses.
    ...(isIP(host) === 0 ? [extension(0, sized(2, Buffer.from([0]), sized(2, Buffer.from(host))))] : []),
    extension(10, sized(2, ...groups.map(word))),
    extension(11, sized(1, Buffer.from([0]))),
    ...(isNew ? [extension(13, sized(2, ...algorithms.map(word)))] : []),
  ];
  const hello = [
    ...[word(number), randomBytes(32), sized(1), sized(2, ...suites.map(word)), sized(1, Buffer.from([0]))],
    sized(2, ...extensions),
  ];
  const handshake = Buffer.concat([Buffer.from([1]), sized(3, ...hello)]);
  return Buffer.concat([Buffer.from([handshakeRecord]), word(tlsVersions['1.0']), sized(2, handshake)]);
}

function extension(type: number, content: Buffer): Buffer {
  return Buffer.concat([word(type), sized(2, content)]);
}

function word(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

/** Bytes behind their length, which takes so many bytes itself. */
function sized(width: 1 | 2 | 3, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = Buffer.alloc(width);
  length.writeUIntBE(content.length, 0, width);
  return Buffer.concat([length, content]);
}
