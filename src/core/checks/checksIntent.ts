import { reportFormats, type ChecksViewIntent } from '../../shared/views/checksView.ts';
import { objectOf } from '../../shared/json.ts';

/** What came from the webview as an intent, or nothing when it is none. */
export function parseChecksIntent(message: unknown): ChecksViewIntent | undefined {
  const { type, id, area, chosen, wanted, format, index, shown } = objectOf(message);
  switch (type) {
    case 'run':
    case 'cancel':
    case 'plan':
    case 'copyRegister':
      return { type };
    case 'shown':
      return shown === 'error' || shown === 'other' ? { type, shown } : undefined;
    case 'choose':
      return typeof id === 'string' && typeof chosen === 'boolean' ? { type, id, chosen } : undefined;
    case 'chooseArea':
      return typeof area === 'string' && typeof chosen === 'boolean' ? { type, area, chosen } : undefined;
    case 'signIn':
      return typeof wanted === 'boolean' ? { type, wanted } : undefined;
    case 'export': {
      const known = reportFormats.find((one) => one === format);
      return known && { type, format: known };
    }
    case 'evidence':
      return typeof id === 'string' ? { type, id } : undefined;
    case 'fix':
      return typeof id === 'string' && Number.isInteger(index)
        ? { type, id, index: Number(index) }
        : undefined;
    default:
      return undefined;
  }
}
