import { isToken } from './messages.ts';
import type { FaultResponse } from './fault.ts';
import type { Fault } from './fault.ts';

export const codeReplayAccepted: Fault = {
  id: 'code-replay-accepted',
  title: 'Gives tokens for a used code.',
  layer: () => {
    const answers = new Map<string, FaultResponse>();
    return async (request, next) => {
      const response = await next(request);
      const code = request.form.get('code');
      if (!isToken(request, 'authorization_code') || code === null) return response;
      const first = answers.get(code);
      if (first === undefined && response.status === 200) answers.set(code, response);
      return first ?? response;
    };
  },
};
