import type { Middleware } from 'koa';

/**
 * Answers token requests one after the other, so that a code or refresh token is good once even at the same time; servers
 * with a database do that with one statement.
 */
export function oneAtATime(path: string): Middleware {
  let last: Promise<unknown> = Promise.resolve();
  return async (context, next) => {
    if (context.path !== path) {
      await next();
      return;
    }
    const before = last;
    let done: () => void = () => undefined;
    last = new Promise<void>((resolve) => (done = resolve));
    try {
      await before;
      await next();
    } finally {
      done();
    }
  };
}
