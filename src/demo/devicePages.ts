import type { Configuration } from 'oidc-provider';
import { confirmCodePage, deviceDonePage, userCodePage } from './pages.ts';

/** The device flow, with the demo's pages. @see RFC 8628 section 3.3 */
export const deviceFlow: NonNullable<NonNullable<Configuration['features']>['deviceFlow']> = {
  enabled: true,
  userCodeInputSource(context, form, _out, error) {
    context.type = 'html';
    context.body = userCodePage(form, error !== undefined);
  },
  userCodeConfirmSource(context, form, client, _device, userCode) {
    context.type = 'html';
    context.body = confirmCodePage(form, client.clientName ?? client.clientId, userCode);
  },
  successSource(context) {
    context.type = 'html';
    context.body = deviceDonePage();
  },
};
