import type { Fault, FaultResponse } from './fault.ts';
import { isToken, members, tokenError, withForm, withMembers, withQuery } from './messages.ts';

export const deviceFaults: readonly Fault[] = [
  {
    id: 'user-codes-count-up',
    title: 'Numbers the codes that users type.',
    layer: () => {
      const codes: string[] = [];
      return async (request, next) => {
        const typed = request.form.get('user_code') ?? request.query.get('user_code') ?? '';
        const code = codes[Number(typed) - 1000];
        const known = { user_code: code };
        const form = request.form.has('user_code') ? withForm(request, known) : request;
        const response = await next(
          code === undefined ? request : form.query.has('user_code') ? withQuery(form, known) : form,
        );
        if (request.path !== '/device/auth' || response.status !== 200) return response;
        const { user_code: issued, verification_uri: uri } = members(response);
        const number = String(codes.push(String(issued)) + 999);
        return withMembers(response, {
          user_code: number,
          verification_uri_complete: `${String(uri)}?user_code=${number}`,
        });
      };
    },
  },
  {
    id: 'polling-unlimited',
    title: 'Answers devices however fast they ask.',
    layer: () => async (request, next) => {
      const response = await next(request);
      const slow = isToken(request) && members(response)['error'] === 'slow_down';
      return slow ? tokenError('authorization_pending') : response;
    },
  },
  {
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
  },
];
