import type { HttpDialect } from './dialect.ts';
import type { RequestNote } from './requestNotes.ts';

/** The settings of tools that change what is sent, and are not used here; one is spelled as httpYac does. */
const settings: Readonly<Partial<Record<HttpDialect, string>>> = {
  rest_client:
    'defaultHeaders certificates rememberCookiesForSubsequentRequests followredirect formParamEncodingStrategy',
  httpyac:
    'requestDefaultHeaders requestGotOptions cookieJarEnabled clientCertficates envDirName requestBodyInjectVariablesExtensions useRegionScopedVariables',
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
  const names = settings[dialect]?.split(' ').map((name) => `${dialect.replace('_', '-')}.${name}`) ?? [];
  return names.filter(isSet).map((name) => ({ line, message: `The setting ${name} is not used.` }));
}
