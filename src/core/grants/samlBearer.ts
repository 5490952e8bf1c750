import { requireOwnServer } from '../oauth/clientAuthentication.ts';
import type { GrantDescriptor } from './grant.ts';
import { detailsParameter, scopeParameter } from '../oauth/tokenParameters.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:saml2-bearer';

/**
 * A SAML assertion of a sign-in elsewhere gets the token.
 *
 * @see RFC 7522 section 2.1
 */
export const samlBearer: GrantDescriptor = {
  id: 'saml2_bearer',
  grantType,
  label: 'SAML bearer assertion',
  short: 'SAML bearer',
  summary: 'A SAML 2.0 assertion, pasted or from a file, is exchanged for a token.',
  description: 'A SAML 2.0 assertion gets the token (RFC 7522).',
  icon: 'verified',
  actsForUser: true,
  redirects: false,
  waitsFor: 'nothing',
  provesItself: false,
  defaultAuthentication: 'client_secret_basic',
  needs: [],
  endpoints: ['token_endpoint'],
  exchanges: [{ purpose: 'token', title: 'Hand in the SAML assertion', lane: 'token_endpoint' }],
  input: {
    ...{ what: 'saml_assertion', noun: 'SAML assertion', long: true, once: true },
    async read(text, _passphrase, now) {
      const { readSaml } = await import('../oauth/samlAssertion.ts');
      return readSaml(text, now);
    },
  },
  meanings: [
    {
      error: 'invalid_grant',
      meaning: 'The assertion was refused: its signature, issuer, audience, recipient or times.',
      advice: 'Get a new one; its audience must be this server and its recipient the token endpoint.',
      source: 'RFC 7522 section 3.1',
    },
  ],
  otherNames: ['samlbearer', 'saml'],
  async run(profile, flow) {
    const prepared = await flow.prepare((metadata) => requireOwnServer(profile, metadata, 'assertion'));
    const given = await flow.input();
    const { otherAddressee, samlParameter } = await import('../oauth/samlAssertion.ts');
    const assertion = samlParameter(given, flow.clock.now());
    flow.trace.useSecret(assertion);
    try {
      return await prepared.requestToken({
        parameters: [
          ['grant_type', grantType],
          ['assertion', assertion],
          ...scopeParameter(profile.scopes),
          ...detailsParameter(profile.authorizationDetails),
        ],
      });
    } catch (thrown) {
      throw otherAddressee(thrown, given, prepared.metadata.server) ?? thrown;
    }
  },
};
