import { FailureError, type FlowStep } from '../record/failure.ts';
import type { IdTokenProblem } from './idTokenProblem.ts';
import { withoutEncryption } from './isJwt.ts';

/**
 * The failure for an id_token that is refused. A missing claim is called missing, not wrong; what was compared is shown.
 *
 * @see OpenID Connect Core 1.0 section 3.1.3.7
 */
export function idTokenRefused(problem: IdTokenProblem, step: FlowStep = 'id_token'): FailureError {
  const { code, problem: what, expected, received } = problem;
  return new FailureError({
    kind: 'invalid_id_token',
    step,
    code,
    problem: what,
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
    message: `The id_token of the server was refused: ${reasonOf(problem)}.`,
    advice: adviceOf(problem),
  });
}

/** What is wrong with a token that the server signed, to follow a colon. */
export function reasonOf({
  code,
  problem,
  expected = '',
  received = '',
  off,
  detail,
}: IdTokenProblem): string {
  if (detail !== undefined) return detail;
  if (problem === 'missing') return missing[code] ?? `it has no ${code}`;
  if (problem === 'type') return `its ${code} is ${received}, which it must not be`;
  const away = off === undefined ? '' : `${off} s `;
  switch (code) {
    case 'iss':
      return `its issuer is another one: ${received} instead of ${expected}`;
    case 'aud':
      return expected === ''
        ? `its aud names others beside this client (${received}), and no azp says which of them it was issued to`
        : `${received === 'empty' ? 'it names no client' : 'it is for another client'}: its aud is ${received}, the client ID of the profile is ${expected}`;
    case 'azp':
      return `it was issued to another client: its azp is ${received}, the client ID of the profile is ${expected}`;
    case 'exp':
      return `it has expired: it ended at ${received}, ${away}before the time of this machine`;
    case 'nbf':
      return `it is not valid yet: it begins at ${received}, ${away}after the time of this machine`;
    case 'sub':
      return `it is of another user than the one who signed in: its sub is ${received} instead of ${expected}`;
    case 'alg':
      return received === 'none'
        ? 'it is not signed (alg none)'
        : `it is signed with ${received}, which is not among what is accepted here (${expected})`;
    default:
      return wrong[code] ?? `its ${code} is not what it must be`;
  }
}

const missing: Readonly<Record<string, string>> = {
  iss: 'it has no iss, so it does not say who issued it',
  aud: 'it has no aud, so it does not say which client it is for',
  exp: 'it has no exp, so it does not say when it ends',
  iat: 'it has no iat, so it does not say when it was issued',
  sub: 'it has no sub, so it does not say who signed in',
  nonce: 'it has no nonce, although one was sent with the authorization request',
  alg: 'its header has no alg, so it does not say how it is signed',
};

const wrong: Readonly<Record<string, string>> = {
  nonce: 'its nonce is not the one of this flow',
  at_hash: 'its at_hash is not the hash of the access token that came with it',
  c_hash: 'its c_hash is not the hash of the code that it was exchanged for',
  encrypted: 'it is encrypted',
  crit: 'its header demands an extension (crit) that OAuth Explorer does not know',
  malformed: 'it is not a JSON Web Token',
};

function adviceOf({ code, problem, expected, received }: IdTokenProblem): string {
  if (code === 'aud' && problem === 'wrong' && expected === undefined)
    return 'Have the server name this client in azp, or issue the id_token for this client alone.';
  if (problem !== 'wrong' && code !== 'nonce')
    return 'Report it to the operator of the server: OpenID Connect Core 1.0 (section 2) says what an id_token has to hold.';
  if (code === 'signature' && received?.startsWith('HS') === true) return signedWithSecret;
  return advice[code] ?? 'Check the issuer and the client ID of the profile against the server.';
}

const signedWithSecret =
  'If the client secret is right, the server signs with a secret of its own: have it sign with the client secret, or with a key that it publishes (OpenID Connect Core 1.0, section 10.1).';
const clocks = 'Compare the clock of this machine with that of the server.';

const advice: Readonly<Record<string, string>> = {
  exp: clocks,
  nbf: clocks,
  nonce: 'Run the flow again; if it stays, the server does not return the nonce as it must.',
  sub: 'Get a new token by signing in; if it stays, report it to the operator of the server.',
  encrypted: withoutEncryption('id_token_encrypted_response_alg'),
  iss: 'Compare the issuer of the profile and that of the metadata with that of the token: a server behind a proxy may put an inner address into its tokens.',
  aud: 'Compare the client ID of the profile with the registration at the server.',
  azp: 'Compare the client ID of the profile with the registration at the server.',
  at_hash:
    'Run the flow again; if it stays, report it to the operator: at_hash has to be the hash of the access token beside it.',
  c_hash:
    'Run the flow again; if it stays, report it to the operator: c_hash has to be the hash of the code.',
  alg: 'Compare the id_token signing algorithm of the client’s registration with id_token_signing_alg_values_supported of the metadata.',
  crit: 'Register the client for id_tokens without extensions, or report it to the operator of the server.',
  signature:
    'Run the flow again; if it stays, report it to the operator: what signs has to be the key that the server publishes.',
  jwks: 'Report it to the operator of the server: its key set has to hold the public keys that it signs with.',
  key_not_found:
    'Run the flow again, since servers change their keys; if it stays, the server has to publish the key that it signs with, as one for this algorithm.',
};
