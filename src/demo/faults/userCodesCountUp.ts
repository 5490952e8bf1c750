import { members, withForm, withMembers, withQuery } from './messages.ts';
import type { Fault } from './fault.ts';

export const userCodesCountUp: Fault = {
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
};
