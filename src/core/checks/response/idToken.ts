import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { Check } from '../check.ts';
import { fail, notApplicable, pass } from '../judgement.ts';
import { rfc, openid } from '../../source.ts';

/** The claims that every id_token has. */
export const idToken: Check = {
  id: 'response.id-token',
  area: 'response',
  title: 'The id_token says what it must',
  tries: 'Signs in and reads the id_token.',
  expects: 'It is signed, and names this issuer, this client, a user and its times.',
  judged: 'What is missing or wrong fails.',
  sources: [openid('2'), openid('3.1.3.7'), rfc(8725, '3.2')],
  needs: { authorization: true, signIn: 'always' },
  requests: 0,
  signIns: 0,
  async run(bench) {
    const { token } = await bench.reference();
    if (token.idToken === undefined) return notApplicable('The server gave no id_token.');
    if (isEncrypted(token.idToken)) return notApplicable(encrypted);
    const { issuer, now } = { issuer: bench.server.issuer, now: bench.now() / 1000 };
    const wrong = faultsOf(token.idToken, { issuer, clientId: bench.client.clientId, now });
    if (wrong.length === 0) return pass('The id_token is signed and names issuer, client, user and times.');
    return fail(
      `In the id_token ${wrong.join(', ')}.`,
      'Sign id_tokens, and give them iss, sub, aud, exp and iat as OpenID Connect says.',
    );
  },
};

interface Expected {
  readonly issuer: string | undefined;
  readonly clientId: string;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** Shown when only the client's own key could decrypt an id_token. */
export const encrypted = 'The id_token is encrypted, so nothing in it can be read here.';

/** Whether a token is a JWE, which only its client can read. @see RFC 7516 section 7.1 */
export function isEncrypted(token: string): boolean {
  return token.split('.', 6).length === 5;
}

/** Accepted clock skew, in seconds. */
const tolerance = 300;

function faultsOf(token: string, { issuer, clientId, now }: Expected): readonly string[] {
  const read = parts(token);
  if (read === undefined) return ['nothing can be read: it is not a JWT'];
  const { alg, claims } = read;
  const audience = [claims.aud ?? []].flat();
  return [
    ...(alg === undefined || alg.toLowerCase() === 'none' ? ['there is no signature (alg none)'] : []),
    ...(claims.iss === undefined || (issuer !== undefined && claims.iss !== issuerFor(issuer, claims))
      ? ['iss is not the issuer of the profile']
      : []),
    ...(audience.includes(clientId) ? [] : ['aud does not name this client']),
    ...(typeof claims.sub === 'string' && claims.sub !== '' ? [] : ['sub is missing']),
    ...(typeof claims.exp === 'number' && claims.exp > now - tolerance ? [] : ['exp is missing or past']),
    ...(typeof claims.iat === 'number' && claims.iat < now + tolerance ? [] : ['iat is missing or to come']),
  ];
}

/** The issuer for a token of a multi-tenant server, whose metadata has a placeholder for the tenant. */
function issuerFor(issuer: string, { tid }: JWTPayload): string {
  return typeof tid === 'string' && tid !== '' ? issuer.replace('{tenantid}', () => tid) : issuer;
}

function parts(token: string): { readonly alg: string | undefined; readonly claims: JWTPayload } | undefined {
  try {
    return { alg: decodeProtectedHeader(token).alg, claims: decodeJwt(token) };
  } catch {
    return undefined;
  }
}
