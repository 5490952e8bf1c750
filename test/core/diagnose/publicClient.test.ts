import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cause, causeIds, explained } from './play.ts';
import { answered, rightlyExplained } from './realAnswer.ts';

/** How servers tell a public client that it sends a secret: published texts where the server is named, else variations of them. */
const unwanted: readonly (readonly [who: string, error: string, description: string])[] = [
  ['Entra, of an account of Microsoft', 'invalid_request', "Public clients can't send a client secret."],
  ['Cognito', 'invalid_client', 'Client is configured without secret but secret was received'],
  ['OpenIddict', 'invalid_client', "The 'client_secret' parameter is not valid for this client application."],
  ['OpenIddict', 'invalid_client', 'Client authentication cannot be used with public applications.'],
  [
    'AD FS',
    'invalid_client',
    "MSIS9321: Received invalid OAuth request. The client 'abc' is a public client and must not present a client secret.",
  ],
  ['', 'invalid_client', 'The OAuth 2.0 Client is public and must not authenticate'],
  ['', 'invalid_client', 'Client secret should not be provided for a public client.'],
  ['', 'invalid_client', 'A secret was sent for a Public client'],
  ['', 'invalid_client', 'Client authentication not required for this client'],
  ['', 'invalid_client', 'client is not expected to authenticate'],
  ['', 'invalid_client', 'Client does not require a secret'],
  ['', 'invalid_client', 'Client has no secret'],
  ['', 'invalid_client', 'Unexpected client_secret'],
  ['', 'invalid_client', 'client_secret must be empty'],
  ['', 'invalid_request', 'Parameter client_secret is superfluous'],
  ['', 'invalid_client', 'Client authentication is not permitted. Remove the Authorization header.'],
];

describe('a public client that sends a secret', () => {
  for (const [who, error, error_description] of unwanted)
    it(`is told so, in the words of ${who || 'a server'}: ${error_description}`, async () => {
      const body = { error, error_description };
      const found = rightlyExplained(await answered('code', 400, body), 'public-client-with-secret');
      const [first] = found.causes;
      assert.deepEqual(first?.fixes[0], { kind: 'set_client_authentication', clientAuthentication: 'none' });
    });

  for (const words of [
    'Client secret is required',
    'client_secret must be provided',
    'client_secret is empty',
    'The client secret supplied for a confidential client is invalid.',
    'Client authentication failed',
    'The client secret must not be expired',
    'PKCE is required for a public client',
    'The server enforces PKCE for public clients.',
    'None of the client auth methods matched',
  ])
    it(`and nobody else: ${words}`, async () => {
      const found = explained(
        await answered('code', 400, { error: 'invalid_client', error_description: words }),
      );
      assert.ok(!causeIds(found).includes('public-client-with-secret'), causeIds(found).join());
    });

  it('neither … nor is no wish for the second of them (Entra)', async () => {
    const said =
      "AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
    const found = explained(
      await answered('code', 400, { error: 'invalid_client', error_description: said }),
    );
    assert.ok(!causeIds(found).includes('client-assertion-wanted'), causeIds(found).join());
  });

  it('a method that is named in capital letters is named (PingOne)', async () => {
    const said = "Unsupported authentication method. Application's token endpoint auth method is NONE";
    const found = explained(
      await answered('code', 401, { error: 'invalid_client', error_description: said }),
    );
    assert.match(cause(found, 'client-authentication-other').title, /registered for none/);
  });
});
