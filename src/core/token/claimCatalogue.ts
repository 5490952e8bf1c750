import { openid, rfc } from '../source.ts';
import { group, page, type Catalogue, type Lines } from './meaning.ts';
import { statusListPage } from './statusList.ts';
import { vendorClaims } from './vendorClaims.ts';

const jwtSections: Lines = {
  iss: '4.1.1',
  sub: '4.1.2',
  aud: '4.1.3',
  exp: '4.1.4',
  nbf: '4.1.5',
  iat: '4.1.6',
  jti: '4.1.7',
};
/** Claims of access tokens and ID tokens; later groups never override an RFC's. */
export function claimCatalogue(): Catalogue {
  return { ...vendorClaims(), ...standardClaims() };
}

function standardClaims(): Catalogue {
  return {
    ...group(
      (name) => rfc(7519, jwtSections[name]),
      {
        iss: 'Issuer: who created this token.',
        sub: 'Subject: who the token is about, unique at the issuer; with client credentials, the client itself.',
        aud: 'Audience: who the token is meant for. Any other recipient must refuse it.',
        exp: 'Expiry: the token must not be accepted from this moment on.',
        nbf: 'Not before: the token must not be accepted until this moment.',
        iat: 'Issued at: when the token was created.',
        jti: 'Unique ID of this token, for replay protection and revocation lists.',
      },
      ['exp', 'nbf', 'iat'],
    ),
    ...group(rfc(8693, '4.2'), { scope: 'Scopes granted, separated by spaces.' }),
    ...group(rfc(8693, '4.3'), { client_id: 'The client it was issued to.' }),
    ...group(rfc(8693, '4.1'), { act: 'Actor: who acts for the subject (delegation).' }),
    ...group(rfc(8693, '4.4'), { may_act: 'Who may act for the subject.' }),
    ...group(rfc(9068, '2.2.3.1'), {
      roles: 'Roles of the subject, or of the application, at this audience.',
      groups: 'Groups the subject belongs to.',
      entitlements: 'What the subject is entitled to.',
    }),
    ...group(rfc(7800, '3.1'), {
      cnf: 'Confirmation: the token is bound to a key, and the sender must prove that it has it (DPoP, mutual TLS).',
    }),
    ...group(rfc(9396, '9.1'), { authorization_details: 'Rich authorization: what exactly was permitted.' }),
    ...group(
      rfc(8417, '2.2'),
      {
        events: 'Security events this token reports.',
        txn: 'The transaction it belongs to.',
        toe: 'Time of the event.',
      },
      ['toe'],
    ),
    ...group(rfc(9493, '3'), { sub_id: 'Subject identifier with its format.' }),
    ...group(
      openid('2'),
      {
        nonce: 'Ties the ID token to the request it answers.',
        auth_time: 'When the user signed in.',
        acr: 'How strongly the user was authenticated, as a class.',
        amr: 'How the user was authenticated: pwd, otp, mfa …',
        azp: 'Authorized party: the client it was issued to.',
      },
      ['auth_time'],
    ),
    ...group(openid('3.1.3.6'), {
      at_hash: 'Hash that ties the ID token to its access token.',
    }),
    ...group(openid('3.3.2.11'), { c_hash: 'Hash that ties the ID token to its code.' }),
    ...group(
      page(
        'OpenID Connect Front-Channel Logout',
        'https://openid.net/specs/openid-connect-frontchannel-1_0.html',
      ),
      { sid: 'Session at the server; used for signing out.' },
    ),
    ...group(statusListPage, {
      status: 'Where to learn whether the token is still valid, such as a status list.',
    }),
    ...personClaims(),
  };
}

function personClaims(): Catalogue {
  return group(
    openid('5.1'),
    {
      name: 'Full name.',
      given_name: 'First name.',
      family_name: 'Last name.',
      middle_name: 'Middle name.',
      nickname: 'Casual name.',
      preferred_username: 'Name the user signs in with; not unique and may change.',
      profile: 'Address of the profile page.',
      picture: 'Address of the picture.',
      website: 'Address of the web site.',
      email: 'E-mail address; may change hands, do not use it as a key.',
      email_verified: 'Whether the e-mail address was verified.',
      gender: 'Gender.',
      birthdate: 'Date of birth.',
      zoneinfo: 'Time zone.',
      locale: 'Language and country.',
      phone_number: 'Phone number.',
      phone_number_verified: 'Whether the phone number was verified.',
      address: 'Postal address.',
      updated_at: 'When the profile was last changed.',
    },
    ['updated_at'],
  );
}
