import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactBody } from '../../../src/core/http/redactBody.ts';

/**
 * Lines of settings, requests and notes as public documents and repositories have them, with what stands in the place of a secret: the
 * names are exchanged, the values are as they were found (2026-11-30) but for those marked as made up.
 */
const lines: readonly string[] = [
  // In angle brackets.
  'client_secret: <your client secret>',
  'client_secret: <redacted-secret>',
  'client_secret: <Your OAuth Application Secret>',
  'SHOP_CLIENT_SECRET: <generated-secret>',
  'ENTRA_CLIENT_SECRET=<your-client-secret>',
  'export SHOP_CONSUMER_SECRET=<your_consumer_secret>',
  'JWT_SECRET=<your_jwt_secret>',
  'SESSION_SECRET=<your_secret>',
  'JWT_SECRET=<YOUR_JWT_SECRET>',
  'AUTH_SECRET=<your-secret>',
  'OPENAI_API_KEY=<your-openai-api-key>',
  'bearer_token: "<token>"',
  'token: "<your-api-token>"',
  'PLEX_TOKEN: "<token>"',
  'Authorization: Bearer <TOKEN>',
  'Authorization: Bearer <access token>',
  'Authorization: Bearer <access_token>',
  'Authorization: Bearer <your_jwt_token>',
  'AccessToken: "<YOUR_API_KEY_HERE>"',
  'AccessToken: "<TOKEN_PLACEHOLDER>"',
  '{"CLIENT_SECRET": "<client secret for the mail account here>"}',
  '{"access_token":"<token>","token_type":"bearer"}',
  // Of templates and shells.
  'DATABASE_PASSWORD={{DB_PASSWORD}}',
  'c_password={{your_mail_password}}',
  'client_secret: "{{ clientSecret }}"',
  'client_secret: "{{ client_secret }}"',
  'client_secret: "{{ shop_client_secret }}"',
  'MY_SECRET: "{{ .secret_value }}"',
  'rSecret: "{{rSecret}}"',
  'access_key_secret: "{{ sk }}"',
  'client_secret={{secret}}',
  'Authorization: Bearer {{token}}',
  'Authorization: Bearer ${TOKEN}',
  'GOOGLE_CLIENT_SECRET: ${GOOGLE_CLIENT_SECRET}',
  'JWT_SECRET: ${JWT_SECRET}',
  'ADMIN_CLIENT_SECRET: ${process.env.ADMIN_CLIENT_SECRET}',
  'LINKEDIN_CLIENT_SECRET: ${{ secrets.LINKEDIN_CLIENT_SECRET }}',
  'AZURE_CLIENT_SECRET: ${{ secrets.AZURE_CLIENT_SECRET }}',
  'MYSQL_ROOT_PASSWORD: ${MYSQL_ROOT_PASSWORD}',
  'password: ${{ secrets.GITHUB_TOKEN }}',
  'Password: ${password}',
  'Current password: ${user.password}',
  'New Password: ${NEW_PASSWORD}',
  'client_secret=$CLIENT_SECRET',
  'DB_PASSWORD=%DB_PASSWORD%',
  '{"client_secret":"{{clientSecret}}","grant_type":"client_credentials"}',
  'grant_type=client_credentials&client_id={{id}}&client_secret={{client_secret}}',
  'https://id.example/token?client_secret=${CLIENT_SECRET}&x=1',
  // In words.
  'AZURE_CLIENT_SECRET=your-secret',
  'TWITTER_CLIENT_SECRET=your_client_secret',
  'TWITTER_BEARER_TOKEN=your_bearer_token',
  'GOOGLE_CLIENT_SECRET=your_client_secret_here',
  'GOOGLE_CLIENT_SECRET=your-client-secret',
  'GOOGLE_CLIENT_SECRET=your-google-oauth-client-secret',
  'DISCORD_CLIENT_SECRET=your_discord_oauth_client_secret',
  'GOOGLE_CLIENT_SECRET=your_copied_client_secret_here',
  'GOOGLE_CLIENT_SECRET = your_client_secret',
  'GOOGLE_CLIENT_SECRET = "YOUR_CLIENT_SECRET"',
  "clientSecret = 'YOUR_CLIENT_SECRET'",
  '--client-secret YOUR_CLIENT_SECRET',
  'salesforce.clientSecret=your_client_secret',
  'HUBSPOT_CLIENT_SECRET=YOUR_CLIENT_SECRET_HERE',
  'api_key: YOUR_RADARR_API_KEY',
  'api_key: your-moonraker-api-key',
  'eodhd_api_key: your-key',
  '{"client_id":"YOUR_CLIENT_ID","client_secret":"YOUR_CLIENT_SECRET"}',
  '<client><clientSecret>YOUR_CLIENT_SECRET</clientSecret></client>',
  // What is done with credentials, and how something is signed.
  'Credentials: include',
  'credentials: include',
  'credentials: same-origin',
  'credentials: omit',
  'credentials: "same-origin",',
  "fetch('/session', { credentials: 'include' })",
  '{"mode":"cors","credentials":"include"}',
  'Access-Control-Allow-Credentials: true',
  'Signature: RS256',
  'Signature: ES256',
  '- Signature: RS256 (RSA SHA-256)',
  'Signature: RS256(header + payload, private_key)',
  'signature: RS256 only, against the key whose `kid` matches, taken from',
  'openid-wrapper signature: RS256, asymmetric signing using private/public',
  '{"signature":"RS256","encryption":"none"}',
];

/** Addresses to which servers send the browser back, as their documentation and the tests of clients have them. */
const addresses: readonly string[] = [
  'https://app.example/cb?error=access_denied&error_description=The+user+denied+access&mcpServerId=mcp_123',
  'http://localhost/myapp/permissions?error=permission_denied&error_description=The+admin+canceled+the+request',
  'http://localhost/?error=access_denied&error_description=The+user+denied+you+access',
  'https://app.example/oob?error=access_denied&error_description=The+user+has+cancelled+entering+self-asserted+information&state=arbitrary_data',
  'https://login.microsoftonline.com/common/oauth2/nativeclient?error=access_denied&error_description=the+user+canceled+the+authentication',
  'https://app.example/cb?error=access_denied&error_description=The+resource+owner+or+authorization+server+denied+the+request.',
  'https://app.example/cb?error=bad_verification_code&error_description=The+code+passed+is+incorrect+or+expired.&error_uri=https%3A%2F%2Fdocs.example%2Fapps%2Ftroubleshooting',
  'http://your-application.com/callback?error=application_suspended&error_description=Your+application+has+been+suspended.+Contact+support@github.com.',
  'http://your-application.com/callback?error=redirect_uri_mismatch&error_description=The+redirect_uri+MUST+match+the+registered+callback+URL+for+this+application.&error_uri=/apps/troubleshooting/%23redirect-uri-mismatch',
  'https://app.example/callback?error=access_denied&error_description=User%20denied%20access',
  'https://app.example/callback?error=unauthorized_client&error_description=invalid%20grant',
  'https://app.example/callback?error=access_denied&error_description=invalid%20json%20response%20body%20at%20https%3A%2F%2Flibrary.example%2Fv1%2Fgraphql%20reason%3A%20Unexpected%20token%20',
  'https://app.example/cb?error=invalid_request&error_description=Invalid%20code_challenge%20format',
  'https://app.example/cb?error=invalid_request&error_description=Invalid%20verification%20link',
  'https://app.example/cb?error=server_error&error_code=server_error&error_description=Invalid%20client%20secret',
  'https://app.example/error?error=invalid_token&error_description=invalid%20token%20provided',
  'https://app.example/cb?error=invalid_scope&error_description=Invalid%20scope:%20notSupported',
  'https://app.example/cb?error=invalid_scope&error_description=Invalid%20parameter%3A%20%60scope%60',
  'https://app.example/#error=access_denied&error_description=AADSTS90094%3A+admin+permission',
  'https://app.example/cb?error=access_denied&error_description=AADSTS65004%3A+declined+to+consent',
  'http://localhost/myapp/permissions?error=consent_required&error_description=AADSTS65004%3a+The+resource+owner+or+authorization+server+denied+the+request.%0d%0aTrace+ID%3a+d320620c-3d56-42bc-bc45-4cdd85c41f00%0d%0aCorrelation+ID%3a+8478d534-5b2c-4325-8c2c-51395c342c89%0d%0aTimestamp%3a+2017-06-08+09%3a22%3a07Z',
  'https://app.example/_/?error=login_required&error_description=AADSTS50058:+A+silent+sign+in+request+was+sent+but+no+user+is+signed+in.',
];

/** Sentences that say nothing secret with a word in two cases, from public sources and, the last five, made up. */
const sentences: readonly string[] = [
  'It says: the client secret is NotSet',
  'It says: invalid token: MissingKid',
  'It says: no token: JwtSecurityTokenHandler',
  'The token is JsonWebToken of OpenIdConnect',
  'Caused by: token: UsernamePasswordAuthenticationToken [Principal=x]',
];

describe('what is left out where a secret would stand', () => {
  it('stays as it is in a line', () => {
    for (const line of lines) assert.equal(redactBody(line, true), line);
  });

  it('stays as it is among other lines', () => {
    for (const line of lines.filter((each) => !/^[{<]/.test(each))) {
      const text = `# settings\nname: shop\n${line}\nport: 80\n`;
      assert.equal(redactBody(text, true), text);
    }
  });

  it('stays in the addresses and sentences of servers', () => {
    for (const text of [...addresses, ...sentences])
      for (const said of [text, JSON.stringify({ location: text }), `Location: ${text}`])
        assert.equal(redactBody(said, true), said);
  });
});

/** Forms of the above with a secret in them, made up; `@` is where it stands. */
const planted: readonly (readonly [text: string, ...secrets: string[]])[] = [
  ...[
    'error=invalid_grant&error_description=The+password+is+@',
    'error_description=The%20password%20is%20@&error=x',
    'error_description=Wrong+password+%22@%22+for+ann&state=x',
    'https://app.example/cb?error=x&error_description=The+temporary+password+is+@.',
    'https://app.example/cb?error=x&error_description=The%20user%27s%20password%3A%20@%20is%20wrong',
    'https://app.example/cb#error_description=Das+Passwort+lautet+@',
    'https://app.example/cb?back=https%3A%2F%2Fb.example%2F%3Fmessage%3DThe%2520password%2520is%2520@',
    'https://app.example/cb?back=https%3A%2F%2Fb.example%2F%3Fmessage%3DThe%2Bpassword%2Bis%2B@',
    '{"u":"https://app.example/cb?error_description=The+password+is+@"}',
    String.raw`{"u":"https://app.example/cb?error_description=The+password+is+@\u0026state=1"}`,
    '{"log":"GET /cb?error_description=The%20password%20is%20@ HTTP/1.1"}',
    '<a href="https://app.example/cb?error_description=The+password+is+@">x</a>',
    'Location: https://app.example/cb?error_description=The+password+is+@',
    'error_description=password%3a+@',
    'error_description=Password%20@%20was%20refused',
  ].map((text): [string, ...string[]] => [text, 'hunter2', 'Xy-77pk', 'TrustNo1']),
  ...[
    'error_description=The+client+secret+is+@',
    'https://app.example/cb?error_description=Invalid%20token%20%27@%27&x=1',
    'https://app.example/cb?error_description=unknown+token%3A+@',
    'https://app.example/cb?m=the+access+token+is+@+and+expired',
  ].map((text): [string, ...string[]] => [text, 'q7Rk2vXb9LmN4pTs', 'abcd1234EFGH']),
  ...[
    'It says: the client secret is @',
    'The secret is @',
    'It says: token is @',
    'The access token is now @',
    'Caused by: token: @',
    'It says: client secret: @',
    'The API key is @',
    'The password is @',
    'It says: Password: @',
    'error_description=The+client+secret+is+@',
    'invalid token @',
    'using the client secret @ it failed',
  ].map((text): [string, ...string[]] => [
    text,
    'TrustNoOneButMe',
    'OpenSesameForMe',
    'CorrectHorseBatteryStaple',
    'MyDogBarksLoudly',
  ]),
  ...['The password is @', 'It says: Password: @'].map((text): [string, ...string[]] => [
    text,
    'OpenSesame',
    'TrustNoOne',
  ]),
  ...['The password is @', 'It says: password: @', 'wrong password (@)'].map(
    (text): [string, ...string[]] => [text, '$word1', '$ummer24', '$UMMER2024', '%Winter1'],
  ),
  ...[
    '<otp code="@"/>',
    '<verification code="@"/>',
    '<mfa id="7" code="@">sent</mfa>',
    '<ns:Otp ns:code="@"/>',
    'otp code="@"',
  ].map((text): [string, ...string[]] => [text, '8910', '482913']),
  ...[
    'client_secret: @',
    'client_secret=@',
    '{"client_secret":"@"}',
    '<client_secret>@</client_secret>',
    'password = @',
  ].map((text): [string, ...string[]] => [
    text,
    'your-dog-barks',
    'Your2Secret',
    'yours',
    'secretly',
    'RS256x',
    'omitted',
    '{{hunter2}}',
    '${hunter2}',
    '$Passw0rd1',
    '{hunter}',
  ]),
  ...['password: @', 'token: @', '{"password":"@"}'].map((text): [string, ...string[]] => [
    text,
    'include',
    'same-origin',
    'omit',
    'your',
    '<hunter2>',
    '<b>',
    'changeme',
    'YOUR_LIFE_MATTERS',
  ]),
  [
    'signature: @',
    'RS256.MEUCIQD8x',
    'ab12RS256',
    'MEUCIQDRS256Zk',
    'sha256=0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  ],
  ['credentials: @', 'includes', 'ann:hunter2'],
];

describe('what looks like it and is a secret', () => {
  it('is masked', () => {
    const shown = planted.flatMap(([text, ...secrets]) =>
      secrets
        .map((secret) => [text.replace('@', () => secret), secret] as const)
        .filter(([said, secret]) => redactBody(said, true).includes(secret))
        .map(([said]) => said),
    );
    assert.deepEqual(shown, []);
  });

  it('is masked in what is sent, where codes are secret, too', () => {
    for (const [text, secret] of [
      ['<login code="8910"/>', '8910'],
      ['<a><b:code>8910</b:code></a>', '8910'],
    ] as const)
      assert.ok(!redactBody(text, false).includes(secret), text);
  });
});
