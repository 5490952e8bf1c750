import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findLeaks } from '../../../src/core/leaks/findLeaks.ts';

/** Made for these tests, in the forms that real ones have. */
const opaque = 'mF9aB5f41JqMkZ8xQ2wErTy7';
const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzK8aB3xT0q';
const signature = 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5zA7bC9d%3D';

const found = (text: string) => findLeaks(text).map(({ start, end }) => text.slice(start, end));

/** What a person could write, and what is secret in it. */
const told: readonly (readonly [text: string, secret: string])[] = [
  [`Authorization: Token token=${opaque}`, opaque],
  [`Authorization: Token token="${opaque}"`, opaque],
  [`{Authorization: Bearer ${opaque}}`, opaque],
  [`(Bearer ${opaque})`, opaque],
  ['Authorization: Basic ada:S3cr3t-P4ssw0rd', 'S3cr3t-P4ssw0rd'],
  [`Authorization: Digest ada ${opaque}`, opaque],
  [`Authorization: AWS AKIAJ2K4L6M8N0P1Q3R5 ${key}`, key],
  [`curl -uada:${opaque} https://a`, opaque],
  [`curl -sSu 'ada:${opaque}' https://a`, opaque],
  [`curl --user=ada:${opaque} https://a`, opaque],
  [`curl --proxy-user ada:${opaque} https://a`, opaque],
  [`curl https://a \\\r\n  -H 'A: 1' \\\r\n-u ada:${opaque}`, opaque],
  ['curl -u ada:s3cr3t-P4ss https://a', 's3cr3t-P4ss'],
  [`http -a ada:${opaque} a.example`, opaque],
  [`az login --client-secret ${opaque}`, opaque],
  [`x --client-secret "${opaque}" --y`, opaque],
  [`x --refresh-token '${opaque}'`, opaque],
  [`x --api-key ${opaque}`, opaque],
  [`x --token ${opaque}`, opaque],
  [`x --password=${opaque}`, opaque],
  [`x-functions-key: ${opaque}==`, `${opaque}==`],
  [`GET https://f.azurewebsites.net/api/x?a=1&code=${opaque}==`, `${opaque}==`],
  [`GET https://a.blob.core.windows.net/c/b?sv=2022-11-02&sig=${signature}`, signature],
  [`AccountName=a;AccountKey=${opaque}${opaque}==;EndpointSuffix=core.windows.net`, `${opaque}${opaque}==`],
  [`Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=${opaque}=`, `${opaque}=`],
  [`a=1&client_secret%3D${opaque}%26b%3D1`, opaque],
  [`state=%7B%22client_secret%22%3A%22${opaque}%22%7D`, opaque],
  [`client_secret%253D${opaque}`, opaque],
  [`AWS_SECRET_ACCESS_KEY=${key}\n`, key],
  [`aws_secret_access_key = ${key}\n`, key],
  [`{"SecretAccessKey": "${key}"}`, key],
  [`@secret = ${opaque}\n`, opaque],
  [`postgres://ada:${opaque}@db.example/orders`, opaque],
  // As many characters as MongoDB Atlas makes.
  ['mongodb+srv://orders:aB3dE5fG7hI9jK1l@c0.ab1cd.mongodb.net/', 'aB3dE5fG7hI9jK1l'],
  ['mongodb+srv://orders:TqZwLLbVnd7hrsPK@c0.ab1cd.mongodb.net/', 'TqZwLLbVnd7hrsPK'],
  ['KEY=sb_secret_9nX7Qk2mPzRt5vWbYc8dEfGh', 'sb_secret_9nX7Qk2mPzRt5vWbYc8dEfGh'],
  [
    `STRIPE=${['sk', 'test', '51H8sK2LkdIwHu7ixQvT0pWzYb'].join('_')}`,
    ['sk', 'test', '51H8sK2LkdIwHu7ixQvT0pWzYb'].join('_'),
  ],
  // As `mcp.json` has them.
  [`{"args": ["--token", "${opaque}"]}`, opaque],
  [`{"args": ["--client-secret", "${opaque}"]}`, opaque],
  [`{"args": ["--api-key", "${opaque}"]}`, opaque],
  [`{"args": [\n  "--secret",\n  "${opaque}"]}`, opaque],
];

const innocent: readonly string[] = [
  'Authorization: Token token=<your-token>',
  'Authorization: Token token={{token}}',
  'curl -u user:password https://a',
  'curl -u user:password1 https://a',
  'curl -u user:{{pw}} https://a',
  'curl -u $USER:$PASS https://a',
  'curl -u ${USER}:${PASSWORD} https://a',
  'curl -u user:your-password-goes-here1 https://a',
  'docker run -u 1000:1000 x',
  'docker run -u app:appgroup12345678901',
  'tar -u name:whatever12345678901234',
  'git push -u origin:main1234567890123456789',
  'rsync -u host:/var/lib/x1234567890123456789 .',
  'x --client-secret <client-secret>',
  'x --client-secret $CLIENT_SECRET',
  'x --client-secret ${CLIENT_SECRET}',
  'x --client-secret changeme',
  'x --client-secret xxxxxxxxxxxxxxxxxxxxxxxx',
  'x --client-secret --other',
  'x --client-secret-file /run/secrets/x1234567890',
  'x --secret id=npm,src=.npmrc',
  'x --token {{token}}',
  'x --token=$(cat x)',
  'x --token YOUR_TOKEN_1234567890',
  '"args": ["--token", "${input:tokenNumber1234567890}"]',
  '"args": ["--token", "--other-option-with-a-name-1"]',
  'x --token-type bearer',
  'x --password-stdin',
  'x-functions-key: {{key}}',
  'x-functions-key: <your-function-key>',
  'GET https://f.azurewebsites.net/api/x?code={{code}}',
  'client_secret%3D%7B%7Bsecret%7D%7D',
  'client_secret%3Dyour-secret',
  'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY}',
  'AWS_SECRET_ACCESS_KEY=changeme',
  'sb_secret_xxxxxxxxxxxxxxxxxxxxxxxx',
  'sk_test_xxxxxxxxxxxxxxxxxxxxxxxx',
  'https://a/?sv=1&sig={{sig}}',
  'https://a/?sv=1&sig=<signature>',
  'https://a/?sig=v1&b=1',
  // Azurite's, which everybody has.
  'AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
  'AccountKey=<key>;',
  '@secret = {{other}}',
  'postgres://postgres:postgres@localhost/db',
  'postgres://app:app_password_12@localhost/db',
  'mongodb://root:Passw0rd1234@localhost/',
  'mysql://root:MySecretPassword1@db/',
  'redis://default:LocalRedisCache2024@cache:6379',
  'https://{{user}}:{{password}}@a.example/',
  'integrity sha512-aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5zA7bC9d==',
];

describe('a secret by the place where it stands', () => {
  for (const [text, secret] of told) it(`is told: ${text}`, () => assert.deepEqual(found(text), [secret]));
  for (const text of innocent) it(`is none: ${text}`, () => assert.deepEqual(found(text), []));

  it('is what it says itself that it is, so that a client secret is offered to the keychain', () => {
    for (const [text, kind] of [
      ['x --secret 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', 'client_secret'],
      ['x --token ghr_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5', 'refresh_token'],
      ['https://oauth2:ghp_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5@git.example/a.git', 'bearer'],
      [`x --secret ${opaque}`, 'credentials'],
    ] as const)
      assert.deepEqual(
        findLeaks(text).map((leak) => leak.kind),
        [kind],
        text,
      );
  });
});
