import type { Fault } from './fault.ts';

export const hstsMissing: Fault = {
  id: 'hsts-missing',
  title: 'Lets browsers come by http.',
  layer: () => async (request, next) => {
    const response = await next(request);
    const headers = { ...response.headers };
    Reflect.deleteProperty(headers, 'strict-transport-security');
    return { ...response, headers };
  },
};
