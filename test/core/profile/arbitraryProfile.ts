import fc from 'fast-check';
import { isSecretName } from '../../../src/core/secretNames.ts';

const word = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/);
const line = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 }).map((text) => `x${text}x`);
const host = fc.constantFrom('https://as.example.com', 'http://127.0.0.1:3000', 'https://[::1]:8443/id');
const parameters = fc.dictionary(
  word.map((name) => `x_${name}`).filter((name) => !isSecretName(name)),
  fc.string({ maxLength: 40 }),
  { maxKeys: 3 },
);

/** Fields any grant may have; only the required ones are always there. */
const common = {
  id: word,
  name: line,
  clientId: line,
  issuer: host,
  provider: word,
  tokenDialect: word,
  basicEncoding: fc.constantFrom('form', 'raw'),
  scopes: fc.uniqueArray(fc.stringMatching(/^[!#-[\]-~]{1,20}$/), { maxLength: 5 }),
  audience: line,
  resource: fc.uniqueArray(
    word.map((path) => `https://api.example.com/${path}`),
    { maxLength: 3 },
  ),
  tokenParameters: parameters,
  renew: fc.boolean(),
};

/** Valid entries of `oauthExplorer.profiles`, as they may stand in settings.json. */
export const anyProfileJson: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.record(
    {
      ...common,
      grant: fc.constant('client_credentials'),
      clientAuthentication: fc.constantFrom('client_secret_basic', 'client_secret_post'),
    },
    { requiredKeys: ['id', 'grant', 'clientId', 'issuer'] },
  ),
  fc.record(
    {
      ...common,
      grant: fc.constant('authorization_code'),
      clientAuthentication: fc.constantFrom('client_secret_basic', 'client_secret_post', 'none'),
      authorizationEndpoint: host.map((base) => `${base}/authorize`),
      redirectUri: fc.constantFrom('http://127.0.0.1/callback', 'http://localhost:8123/cb', 'http://[::1]/x'),
      authorizationParameters: parameters,
    },
    { requiredKeys: ['id', 'grant', 'clientId', 'issuer'] },
  ),
);
