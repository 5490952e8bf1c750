import type { Services } from '../services.ts';
import { requestFromFile, type ToSend } from './apiCommands.ts';

/** Opens the checks of how an API looks at tokens: on the request under the cursor, with tokens of its profile. */
export async function checkApi(services: ToSend & Pick<Services, 'views'>, argument: unknown): Promise<void> {
  const found = await requestFromFile(services, argument);
  if (found === undefined) return;
  const { method, url, headers, body } = found.request;
  if (!URL.canParse(url)) return;
  const withoutToken = headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  const request = { method, url, headers: withoutToken, ...(body && { body }) };
  (await services.views.checks()).showApi({ request, profile: found.profile });
}
