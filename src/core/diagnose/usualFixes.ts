import { authenticationOf, inOtherPlace } from '../authentication/all.ts';
import { grantOf } from '../grants/all.ts';
import type { Facts } from './facts.ts';
import type { ProfileField, QuickFix } from './quickFix.ts';

/** Opens the profile at a field. */
export const edit = (field: ProfileField): QuickFix => ({ kind: 'edit_profile', field });

/** The field that holds the address that was asked: of an endpoint that is typed, else the issuer. */
export const address = ({ profile, failure, exchange }: Facts): readonly QuickFix[] => {
  const { step } = failure;
  const purpose = exchange?.purpose ?? (step === 'refresh' || step === 'discovery' ? step : 'token');
  const atToken = purpose === 'token' || purpose === 'refresh';
  const device = purpose === 'device' && profile.deviceAuthorizationEndpoint !== undefined;
  const typed = atToken && profile.tokenEndpoint !== undefined ? 'tokenEndpoint' : 'issuer';
  return [edit(device ? 'deviceAuthorizationEndpoint' : typed)];
};

/** Sends the client's id and secret in the other place. */
export const elsewhere = ({ profile }: Facts): readonly QuickFix[] => {
  const { usesSecret } = authenticationOf(profile);
  return usesSecret
    ? [{ kind: 'set_client_authentication', clientAuthentication: inOtherPlace(profile) }]
    : [];
};

/** Signs in again, where a user does. */
export const signIn = ({ profile }: Facts): readonly QuickFix[] =>
  grantOf(profile).actsForUser ? [{ kind: 'sign_in' }] : [];
