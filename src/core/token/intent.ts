import { tokenActions, type TokenViewIntent } from '../../shared/views/tokenView.ts';
import { objectOf } from '../../shared/json.ts';

const slots = ['access', 'id'] as const;
const tabs = [...slots, 'response'] as const;
const parts = ['header', 'payload'] as const;

/** What came from the webview as an intent, or nothing when it is none. */
export function parseTokenIntent(message: unknown): TokenViewIntent | undefined {
  const { type, ...rest } = objectOf(message);
  const slot = oneOf(slots, rest['slot']);
  const part = oneOf(parts, rest['part']);
  const tab = oneOf(tabs, rest['tab']);
  const action = oneOf(tokenActions, rest['action']);
  const name = typeof rest['name'] === 'string' ? rest['name'] : undefined;
  switch (type) {
    case 'tab':
      return tab && { type, tab };
    case 'copyHeader':
    case 'copyCurl':
      return { type };
    case 'copyPath':
      return name === undefined ? undefined : { type, name };
    case 'copyToken':
    case 'checkSignature':
      return slot && { type, slot };
    case 'copyClaim':
      return slot && part && name !== undefined ? { type, slot, part, name } : undefined;
    case 'copyPart':
    case 'openPart':
      return slot && part && { type, slot, part };
    case 'copyResponse':
      return { type };
    case 'copyMember':
      return name === undefined ? undefined : { type, name };
    case 'run':
      return action && { type, action };
    default:
      return undefined;
  }
}

function oneOf<T extends string>(list: readonly T[], value: unknown): T | undefined {
  return list.find((one) => one === value);
}
