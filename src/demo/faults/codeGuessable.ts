import { authorizationResponse, isToken, withForm } from './messages.ts';
import type { Fault } from './fault.ts';

export const codeGuessable: Fault = {
  id: 'code-guessable',
  title: 'Numbers its codes.',
  layer: () => {
    const codes: string[] = [];
    return async (request, next) => {
      const [, number] = /^demo-(\d{4})$/.exec(request.form.get('code') ?? '') ?? [];
      const code = number === undefined ? undefined : codes[Number(number)];
      const response = await next(
        isToken(request) && code !== undefined ? withForm(request, { code }) : request,
      );
      const url = authorizationResponse(response);
      const issued = url?.searchParams.get('code');
      if (url === undefined || typeof issued !== 'string') return response;
      url.searchParams.set('code', `demo-${String(codes.push(issued) - 1).padStart(4, '0')}`);
      return { ...response, headers: { ...response.headers, location: url.href } };
    };
  },
};
