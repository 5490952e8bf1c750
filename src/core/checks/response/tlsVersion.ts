import type { HelloAnswer, TlsVersion } from '../../http/tlsHello.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { fail, notApplicable, notDetermined, pass } from '../judgement.ts';
import { securePlaces, noTls } from '../securePlaces.ts';
import { rfc } from '../../source.ts';

const old = ['1.1', '1.0'] as const;

/** Connections with TLS 1.0 and 1.1 can be read by others. */
export const tlsVersion: Check = {
  id: 'response.tls-version',
  area: 'response',
  title: 'TLS 1.0 and 1.1 are refused',
  tries:
    'Asks the hosts of the server for a connection by TLS 1.1 and by TLS 1.0, and sends nothing over it.',
  expects: 'They refuse both.',
  judged: 'A connection fails.',
  sources: [rfc(8996, '4'), rfc(9325, '3.1.1')],
  needs: {},
  requests: 6,
  signIns: 0,
  async run(bench) {
    const places = securePlaces(bench.server);
    if (places.length === 0) return notApplicable(noTls);
    const spoken: string[] = [];
    for (const place of places)
      for (const version of old) {
        const how = await taken(bench, place, version);
        if (how === 'accepted') spoken.push(`TLS ${version} at ${new URL(place).host}`);
        else if (how !== 'refused') return notDetermined(`${new URL(place).host} ${how}.`);
      }
    if (spoken.length > 0)
      return fail(
        `The server still speaks ${spoken.join(', ')}, so an attacker on the network may force a client to use it and read the traffic.`,
        'Allow TLS 1.2 and 1.3 only.',
      );
    return pass(
      `TLS 1.0 and 1.1 are refused at ${places.map((place) => new URL(place).host).join(' and ')}.`,
    );
  },
};

/** @see RFC 5246 section 7.2.2 */
const protocolVersion = 70;

/** Whether the server accepts a TLS version; if that is not certain, what it does instead, to follow its host. */
async function taken(bench: Bench, place: string, version: TlsVersion): Promise<string> {
  const answer = await bench.hello(place, version);
  if (answer.kind === 'hello') return 'accepted';
  if (answer.kind === 'alert' && answer.alert === protocolVersion) return 'refused';
  if (answer.kind === 'other') return 'does not answer by TLS';
  // It may have refused something else: then it refuses the same greeting with a version that it has to speak, too.
  const newer = await bench.hello(place, '1.2');
  if (newer.kind === 'hello') return 'refused';
  return `${said(answer)} for TLS ${version} as well as for TLS 1.2, which does not tell`;
}

function said(answer: HelloAnswer): string {
  return answer.kind === 'alert' ? `sends alert ${answer.alert}` : 'ends the connection';
}
