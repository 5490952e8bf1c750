import { CompactEncrypt, SignJWT, exportJWK, generateKeyPair, type JWTPayload } from 'jose';
import type { TokenSet } from '../../src/core/record/report.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { keyPlan } from '../../src/core/token/keyIssuer.ts';
import { readTokens, type ProfileTokens } from '../../src/core/token/reading.ts';
import { tokenView, type TokenViewState } from '../../src/core/token/tokenView.ts';
import { verifySignature } from '../../src/core/token/verify.ts';
import type { TokenViewModel } from '../../src/shared/views/tokenView.ts';

const now = Date.now();
const seconds = Math.floor(now / 1000);
const issuer = 'https://login.example.com/realms/orders';

const profile: Profile = {
  id: 'orders',
  name: 'Orders API (user)',
  grant: 'authorization_code',
  issuer,
  clientId: 'orders-desktop',
  clientAuthentication: 'none',
  scopes: ['openid', 'profile', 'offline_access', 'orders.read', 'orders.write'],
  audience: 'https://api.example.com/orders',
  resource: [],
  redirectUri: 'http://127.0.0.1/callback',
  authorizationParameters: {},
  tokenParameters: {},
};

const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k-2026-10', alg: 'RS256', use: 'sig' }] };

function sign(claims: JWTPayload, header: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'k-2026-10', ...header })
    .sign(privateKey);
}

const accessClaims: JWTPayload = {
  iss: issuer,
  sub: '248289761001',
  aud: ['https://api.example.com/orders'],
  client_id: 'orders-desktop',
  iat: seconds - 1200,
  nbf: seconds - 1200,
  exp: seconds + 2400,
  jti: '0f8fad5b-d9cb-469f-a165-70867728950e',
  scope: 'openid profile offline_access orders.read',
  realm_access: { roles: ['clerk', 'buyer'] },
};

const tokens: TokenSet = {
  access_token: await sign(accessClaims, { typ: 'at+jwt' }),
  token_type: 'Bearer',
  refresh_token: 'rt-SECRET-0123456789-abcdef',
  id_token: await sign({
    iss: issuer,
    sub: '248289761001',
    aud: 'orders-desktop',
    iat: seconds - 1200,
    exp: seconds + 2400,
    auth_time: seconds - 1230,
    nonce: 'n-0S6_WzA2Mj',
    name: 'Zoë 山田',
    email: 'zoe@example.com',
    email_verified: true,
  }),
  scope: 'openid profile offline_access orders.read',
  received_at: now - 1_200_000,
  expires_at: now + 2_400_000,
  requested_scopes: profile.scopes,
  extra: { session_state: '9a1f' },
};

function model(input: ProfileTokens, state: Partial<TokenViewState> = {}): TokenViewModel {
  const reading = readTokens(input);
  const { access, id } = reading.tokens;
  const keys = { kind: 'keys', jwks, from: `${issuer}/protocol/openid-connect/certs` } as const;
  const signatures = {
    ...(access && { access: verifySignature(access, keys) }),
    ...(id && { id: verifySignature(id, keys) }),
  };
  return tokenView(reading, { now, signatures, ...state });
}

function textModel(text: string): TokenViewModel {
  const reading = readTokens({ kind: 'text', text, from: 'the clipboard' });
  const plan = keyPlan(reading, 'access', false);
  return tokenView(reading, { now, signatures: plan.kind === 'show' ? { access: plan.progress } : {} });
}

const client = {
  ...profile,
  grant: 'client_credentials',
  clientAuthentication: 'client_secret_post',
} as const;

/** Models that show every state of the token view. */
export async function tokenSamples(): Promise<Readonly<Record<string, TokenViewModel>>> {
  const user: ProfileTokens = { kind: 'profile', profile, tokens, hasFlow: true };
  const hostile = await sign({
    ...accessClaims,
    aud: '',
    exp: seconds - 7200,
    iat: seconds - 7200 - 30 * 86_400,
    iss: 'https://login.example.com/realms/orders/',
    name: '<img src=x onerror="document.title=1">\u202eevil\u0000',
    email: 'zoe@example.com',
    big: 'word '.repeat(4000),
    nested: { a: [1, { b: '</script><script>document.title=2</script>' }] },
  });
  const encrypted = await new CompactEncrypt(new TextEncoder().encode('{}'))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT', kid: 'e1' })
    .encrypt((await generateKeyPair('RSA-OAEP-256')).publicKey);
  const unsigned = `${btoa('{"alg":"none"}').replace(/=+$/, '')}.${btoa('{"sub":"me","exp":1300819380}').replace(/=+$/, '')}.`;
  return {
    user: model(user),
    id: model(user, { tab: 'id' }),
    response: model(user, { tab: 'response' }),
    checking: model(user, { signatures: {} }),
    opaque: model({
      kind: 'profile',
      profile: {
        ...client,
        id: 'sf',
        name: 'Salesforce (integration)',
        issuer: 'https://acme.my.salesforce.com',
        scopes: ['api', 'full'],
      },
      tokens: {
        access_token: '00D5g00000ABCde!AQ4AQPx1nExampleOpaqueTokenOfSalesforce.kJ9',
        token_type: 'Bearer',
        scope: 'api',
        received_at: now - 60_000,
        requested_scopes: ['api', 'full'],
        extra: {
          instance_url: 'https://acme.my.salesforce.com',
          id: 'https://login.salesforce.com/id/00D/005',
          issued_at: String(now),
        },
      },
      deviations: [
        {
          code: 'expires_in_missing',
          message: 'The response has no expires_in.',
          source: 'RFC 6749 section 5.1',
        },
      ],
    }),
    hostile: model({ ...user, tokens: { ...tokens, access_token: hostile } }),
    asked: model({
      ...user,
      profile: {
        ...profile,
        ...{ loginHint: 'bob@example.com', prompt: 'select_account', maxAge: 60, uiLocales: 'de en' },
        acrValues: 'urn:example:<b>phr</b>',
      },
    }),
    pasted: textModel(`Authorization: Bearer ${await sign(accessClaims)}`),
    unsigned: textModel(unsigned),
    encrypted: textModel(encrypted),
    malformed: textModel(tokens.access_token.slice(0, 300).replace(/.{9}$/, '*$&')),
    many: model({
      ...user,
      tokens: {
        ...tokens,
        access_token: await sign({
          ...accessClaims,
          scope: Array.from({ length: 200 }, (_, index) => `api.part${index}.read`).join(' '),
          ...Object.fromEntries(
            Array.from({ length: 500 }, (_, index) => [`claim_${index}`, `value ${index}`]),
          ),
        }),
      },
    }),
    answered: model({
      ...user,
      answers: [
        {
          ...{ title: 'Introspection', at: now - 1000, slot: 'access' },
          meaning: 'The server says that the token is active, for the user ada.',
          members: {
            ...{ active: true, token_type: 'Bearer', sub: accessClaims.sub, iss: accessClaims.iss },
            ...{
              exp: seconds + 60,
              username: '<img src=x onerror="document.title=1">',
              aud: 'https://other',
            },
          },
        },
      ],
    }),
    nothing: textModel('hello world'),
  };
}
