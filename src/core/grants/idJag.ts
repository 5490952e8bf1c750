import { requireOwnServer } from '../oauth/clientAuthentication.ts';
import { requireOwnAudience } from '../oauth/requireOneServer.ts';
import { detailsParameter, scopeParameter } from '../oauth/tokenParameters.ts';
import type { GrantDescriptor } from './grant.ts';
import { jwtBearer } from './jwtBearer.ts';

const { grantType } = jwtBearer;

const draft = 'draft-ietf-oauth-identity-assertion-authz-grant';

/**
 * Cross-app access: who has signed in at the identity provider gets a token of another server, without being asked there. The
 * ID token is exchanged for an assertion for that server (ID-JAG), which is handed in there.
 *
 * @see draft-ietf-oauth-identity-assertion-authz-grant section 4
 */
export const idJag: GrantDescriptor = {
  id: 'id_jag',
  grantType,
  label: 'Cross-app access (ID-JAG)',
  short: 'cross-app access',
  summary: 'Signing in at your identity provider gets a token from another server, in one run.',
  description:
    'An ID token of the identity provider (`subjectProfile`) is exchanged there for an assertion (ID-JAG), which gets the token here.',
  icon: 'arrow-swap',
  actsForUser: true,
  redirects: false,
  waitsFor: 'redirect',
  provesItself: false,
  defaultAuthentication: 'client_secret_basic',
  needs: ['subjectProfile'],
  fields: ['subjectProfile'],
  endpoints: ['token_endpoint'],
  exchanges: [
    {
      purpose: 'id_jag',
      title: 'Exchange the ID token for an assertion for the other server',
      lane: 'identity_provider',
      parameters: { audience: ['The server that the assertion is for: its issuer.', `${draft} section 4.3`] },
    },
  ],
  meanings: [
    {
      error: 'invalid_grant',
      meaning:
        'The server refused the assertion of the identity provider: its issuer, audience, client_id or times, or it was used before.',
      advice:
        'Compare iss, aud and client_id of the assertion in the flow view with what this server trusts and with the client ID here.',
      source: `${draft} section 4.4`,
    },
    {
      error: 'unauthorized_client',
      meaning: 'This client may not hand in assertions of an identity provider here.',
      advice: 'Have the server trust the identity provider, and allow the client the JWT bearer grant.',
      source: 'RFC 6749 section 5.2',
    },
  ],
  otherNames: ['idjag', 'crossappaccess', 'identityassertion'],
  async run(profile, flow) {
    // The server that is to trust the assertion comes first: nobody signs in for one that cannot be reached.
    const prepared = await flow.prepare(async (metadata) => {
      requireOwnServer(profile, metadata, 'assertion');
      await requireOwnAudience(profile, metadata, flow.isOneService);
    });
    const { idJagFor } = await import('../oauth/idJag.ts');
    const assertion = await idJagFor(profile, prepared.metadata.server.issuer, flow);
    return prepared.requestToken({
      parameters: [
        ['grant_type', grantType],
        ['assertion', assertion],
        ...scopeParameter(profile.scopes),
        ...detailsParameter(profile.authorizationDetails),
      ],
    });
  },
};
