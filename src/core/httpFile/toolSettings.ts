import type { HttpDialect } from './dialect.ts';
import type { RequestNote } from './requestNotes.ts';

/** The settings of tools that change what is sent, and are not used here. */
const settings: Readonly<Partial<Record<HttpDialect, readonly string[]>>> = {
  rest_client: [
    'rest-client.defaultHeaders',
    'rest-client.certificates',
    'rest-client.rememberCookiesForSubsequentRequests',
    'rest-client.followredirect',
    'rest-client.formParamEncodingStrategy',
  ],
  httpyac: [
    'httpyac.requestDefaultHeaders',
    'httpyac.requestGotOptions',
    'httpyac.cookieJarEnabled',
    // As httpYac spells it.
    'httpyac.clientCertficates',
    'httpyac.envDirName',
    'httpyac.requestBodyInjectVariablesExtensions',
    'httpyac.useRegionScopedVariables',
  ],
};

/**
 * What the settings of the request's own tool would change, said at the line of the request.
 *
 * @param isSet whether the user set a setting to something that does something
 */
export function settingNotes(
  dialect: HttpDialect,
  line: number,
  isSet: (name: string) => boolean,
): readonly RequestNote[] {
  const used = (settings[dialect] ?? []).filter(isSet);
  return used.map((name) => ({ line, message: `The setting ${name} is not used.` }));
}
