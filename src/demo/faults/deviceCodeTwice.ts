import { isToken } from './messages.ts';
import type { Fault, FaultResponse } from './fault.ts';

export const deviceCodeTwice: Fault = {
  id: 'device-code-twice',
  title: 'Takes a device code again.',
  layer: () => {
    const given = new Map<string, FaultResponse>();
    return async (request, next) => {
      const code = request.form.get('device_code');
      if (code === null || !isToken(request)) return next(request);
      const before = given.get(code);
      if (before !== undefined) return before;
      const response = await next(request);
      if (response.status === 200) given.set(code, response);
      return response;
    };
  },
};
