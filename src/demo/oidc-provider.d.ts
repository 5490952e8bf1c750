// oidc-provider's entry file prints a warning on Node 20 (which VS Code 1.100 runs) and then works; its parts do not print it.
declare module 'oidc-provider/lib/provider.js' {
  import Provider from 'oidc-provider';
  export { Provider };
}
declare module 'oidc-provider/lib/helpers/errors.js' {
  import type { errors } from 'oidc-provider';
  export const InvalidTarget: typeof errors.InvalidTarget;
  export const InvalidRequest: typeof errors.InvalidRequest;
  export const AccessDenied: typeof errors.AccessDenied;
  export const InvalidGrant: typeof errors.InvalidGrant;
}
declare module 'oidc-provider/lib/helpers/interaction_policy/index.js' {
  import type { interactionPolicy } from 'oidc-provider';
  export const base: typeof interactionPolicy.base;
  export const Check: typeof interactionPolicy.Check;
}
