import type { Configuration } from 'oidc-provider';
import { signedOutPage, signOutPage } from './pages.ts';

/** The sign-out that a client starts, with the demo's pages. @see OpenID Connect RP-Initiated Logout 1.0 */
export const signOut: NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']> = {
  enabled: true,
  logoutSource(context, form) {
    context.type = 'html';
    context.body = signOutPage(form);
  },
  postLogoutSuccessSource(context) {
    context.type = 'html';
    context.body = signedOutPage();
  },
};
