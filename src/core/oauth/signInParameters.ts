import { signInFields } from '../profile/fields/signIn.ts';
import type { ExtraParameters, Profile } from '../profile/profile.ts';
import type { Parameter } from './tokenRequest.ts';

/** The parameters by which the profile's fields shape the sign-in. @see OpenID Connect Core 1.0 sections 3.1.2.1 and 5.5 */
export function signInParameters(profile: Profile): readonly Parameter[] {
  const { claims } = profile;
  return [
    ...signInFields.flatMap(([name, field]) => {
      const value = profile[field];
      return value === undefined ? [] : [[name, String(value)] as const];
    }),
    ...(claims === undefined ? [] : [['claims', JSON.stringify(claims)] as const]),
  ];
}

/** The same with the user's own parameters, which replace none of them. */
export function signInAskedWith(profile: Profile): ExtraParameters {
  return { ...profile.authorizationParameters, ...Object.fromEntries(signInParameters(profile)) };
}
