import type { Fault } from './fault.ts';

export const referrerLeaks: Fault = {
  id: 'referrer-leaks',
  title: 'Lets browsers tell other hosts the address of the sign-in page.',
  layer: () => async (request, next) => {
    const response = await next(request);
    return { ...response, headers: { ...response.headers, 'referrer-policy': 'unsafe-url' } };
  },
};
