import { isAuthorization } from './messages.ts';
import { isPublicHttps } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const errorsAnywhere: Fault = {
  id: 'errors-anywhere',
  title: 'Sends an error to a redirect URI it has not checked yet.',
  layer: () => async (request, next) => {
    const target = request.query.get('redirect_uri') ?? '';
    const early = isAuthorization(request) && request.query.get('response_type') !== 'code';
    if (!early || !isPublicHttps(target)) return next(request);
    const location = `${target}?error=unsupported_response_type&state=${request.query.get('state') ?? ''}`;
    return { status: 303, headers: { location }, body: '' };
  },
};
