import type { Fault } from './fault.ts';

export const framingAllowed: Fault = {
  id: 'framing-allowed',
  title: 'Lets its sign-in page be put into a frame.',
  layer: () => async (request, next) => {
    const response = await next(request);
    const headers = { ...response.headers };
    for (const name of ['content-security-policy', 'x-frame-options']) Reflect.deleteProperty(headers, name);
    return { ...response, headers };
  },
};
