import { isToken } from './messages.ts';
import type { Fault } from './fault.ts';

export const authenticationErrorVague: Fault = {
  id: 'authentication-error-vague',
  title: 'Answers a failed HTTP Basic authentication with 400 and without WWW-Authenticate.',
  layer: () => async (request, next) => {
    const response = await next(request);
    if (!isToken(request) || response.status !== 401) return response;
    const headers = { ...response.headers };
    Reflect.deleteProperty(headers, 'www-authenticate');
    return { ...response, status: 400, headers };
  },
};
