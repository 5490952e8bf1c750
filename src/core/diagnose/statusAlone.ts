import { STATUS_CODES } from 'node:http';
import { isObject } from '../../shared/json.ts';
import { membersIn } from '../http/jsonDepth.ts';
import type { Facts } from './facts.ts';

/** Members of a frame's answer that say nothing of its reason. */
const noReason = /^(?:timestamp|path|instance|type|trace|status|statuscode|httpcode|success|ok)$|id$/i;

/**
 * Whether all that an answer says is its status and what that is called, as frameworks, gateways and proxies answer for themselves.
 *
 * @see RFC 9110 section 15
 */
export function saysOnlyStatus({ body, status = 0 }: Pick<Facts, 'body' | 'status'>): boolean {
  const own = (STATUS_CODES[status] ?? '').toLowerCase();
  const texts = body.trimStart().startsWith('{') ? reasonsIn(membersIn(body)) : [body];
  return texts.every((text) => {
    const left = text.toLowerCase().replace(own, '').replace(String(status), '');
    return !/[^\W_]/.test(left.replace(/^(?:access (?:is )?denied|no message available)\W*$/, ''));
  });
}

/** The texts of members that may say a reason; of an `error` that is an object its own. */
function reasonsIn(members: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(members).flatMap(([name, value]) => {
    if (isObject(value)) return reasonsIn(value);
    if (Array.isArray(value)) return [JSON.stringify(value)];
    // A problem’s own type says what it is.
    if (name === 'type' && /^(?!about:|https?:.*(?:rfc|status))\w+:/i.test(String(value)))
      return [String(value)];
    return typeof value === 'string' && !noReason.test(name) && !/^\d+$/.test(value) ? [value] : [];
  });
}
