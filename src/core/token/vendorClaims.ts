import { group, page, type Catalogue } from './meaning.ts';

const entra = page(
  'Entra ID: access token claims',
  'https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference',
);
const auth0 = page('Auth0: access tokens', 'https://auth0.com/docs/secure/tokens/access-tokens');
const okta = page(
  'Okta: access tokens',
  'https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/',
);
const cognito = page(
  'Amazon Cognito: access token',
  'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html',
);
const keycloak = page(
  'Keycloak: server administration',
  'https://www.keycloak.org/docs/latest/server_admin/',
);
const duende = page(
  'Duende IdentityServer: tokens',
  'https://docs.duendesoftware.com/identityserver/tokens/',
);
const google = page(
  'Google: OpenID Connect',
  'https://developers.google.com/identity/openid-connect/openid-connect',
);

/** Claims that vendors add; from their own documentation. */
export function vendorClaims(): Catalogue {
  return {
    ...group(google, { hd: 'Google Workspace domain of the user.' }),
    ...group(duende, {
      idp: 'Identity provider through which the user signed in.',
      role: 'Role of the subject.',
      client_role: 'Role of the client.',
    }),
    ...group(keycloak, {
      typ: 'Kind of token: Bearer, ID, Refresh.',
      realm_access: 'Roles in the realm.',
      resource_access: 'Roles per client.',
      session_state: 'Session at the server.',
      'allowed-origins': 'Origins that may call with this token (CORS).',
      clientId: 'Client, of a service account.',
      clientHost: 'Host the client asked from.',
      clientAddress: 'Address the client asked from.',
    }),
    ...group(cognito, {
      token_use: 'Which token this is: access or id.',
      'cognito:groups': 'Groups in the user pool.',
      'cognito:username': 'User name in the user pool.',
      'cognito:roles': 'IAM roles of the groups.',
      'cognito:preferred_role': 'IAM role that counts.',
      username: 'User name in the user pool.',
      event_id: 'Sign-in this token comes from.',
      origin_jti: 'ID of the sign-in; revoking it revokes all its tokens.',
      device_key: 'Device that was remembered.',
    }),
    ...group(okta, {
      uid: 'User id in Okta.',
      cid: 'Client it was issued to.',
      scp: 'Scopes granted.',
      ver: 'Version of the token format.',
    }),
    ...group(auth0, {
      gty: 'Grant it came from: client-credentials, password …',
      permissions: 'Permissions granted at this API (role-based access control).',
      org_id: 'Organization the user signed in to.',
      org_name: 'Name of the organization.',
    }),
    ...entraClaims(),
  };
}

function entraClaims(): Catalogue {
  return group(
    entra,
    {
      tid: 'Tenant it was issued in.',
      oid: 'Object id of the user or service principal, the same in every application.',
      scp: 'Scopes granted, separated by spaces (delegated permissions).',
      roles: 'Application permissions, or roles of the user.',
      wids: 'Directory roles of the user.',
      appid: 'Client it was issued to (v1 tokens).',
      appidacr: 'How the client authenticated: 0 public, 1 secret, 2 certificate (v1 tokens).',
      azpacr: 'How the client authenticated: 0 public, 1 secret, 2 certificate.',
      idtyp: 'app: issued to an application without a user.',
      ver: 'Version of the token format: 1.0 or 2.0.',
      upn: 'User principal name.',
      unique_name: 'A readable name; not unique, do not use it as a key.',
      ipaddr: 'Address the user signed in from.',
      hasgroups: 'There are groups, but too many to list.',
      'groups:src1': 'Where the groups can be asked for.',
      onprem_sid: 'Security identifier in Active Directory.',
      puid: 'Internal user id of Microsoft.',
      xms_tcdt: 'When the tenant was made.',
      xms_cc: 'What the client can do, such as cp1 for continuous access evaluation.',
      acct: 'Kind of account: 0 member, 1 guest.',
      login_hint: 'Hint for the next sign-in.',
      aio: 'For Microsoft only.',
      rh: 'For Microsoft only.',
      uti: 'For Microsoft only: id of this token.',
    },
    ['xms_tcdt'],
  );
}
