import { isToken, withForm, withMembers } from './messages.ts';
import type { Fault } from './fault.ts';

export const refreshWidens: Fault = {
  id: 'refresh-widens',
  title: 'Grants every scope a refresh asks for.',
  layer: () => async (request, next) => {
    const scope = request.form.get('scope');
    if (!isToken(request, 'refresh_token') || scope === null) return next(request);
    const response = await next(withForm(request, { scope: undefined }));
    return response.status === 200 ? withMembers(response, { scope }) : response;
  },
};
