import type { Context, Middleware } from 'koa';

/** Milliseconds: the interval of RFC 8628, less what a network takes. */
const interval = 4500;
const mostCodes = 1000;

/** Answers `slow_down` where a device asks again within the interval. @see RFC 8628 section 3.5 */
export function slowDown(path: string): Middleware {
  const asked = new Map<string, number>();
  return async (context: Context & { oidc?: { params?: { device_code?: unknown } } }, next) => {
    await next();
    const { body } = context as { body?: { error?: unknown } };
    if (context.path !== path || body?.error !== 'authorization_pending') return;
    const code = context.oidc?.params?.device_code;
    if (typeof code !== 'string') return;
    const before = asked.get(code) ?? -Infinity;
    asked.set(code, Date.now());
    for (const oldest of [...asked.keys()].slice(0, -mostCodes)) asked.delete(oldest);
    if (Date.now() - before >= interval) return;
    context.body = { error: 'slow_down', error_description: 'asked again within 5 seconds' };
  };
}
