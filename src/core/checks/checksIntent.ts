import { reportFormats, type ChecksViewIntent } from '../../shared/views/checksView.ts';
import { objectOf } from '../../shared/json.ts';

/** What came from the webview as an intent, or nothing when it is none. */
export function parseChecksIntent(message: unknown): ChecksViewIntent | undefined {
  const { kind, id, area, chosen, wanted, format, index, shown } = objectOf(message);
  switch (kind) {
    case 'run':
    case 'cancel':
    case 'plan':
    case 'copyRegister':
      return { kind };
    case 'shown':
      return shown === 'error' || shown === 'other' ? { kind, shown } : undefined;
    case 'choose':
      return typeof id === 'string' && typeof chosen === 'boolean' ? { kind, id, chosen } : undefined;
    case 'chooseArea':
      return typeof area === 'string' && typeof chosen === 'boolean' ? { kind, area, chosen } : undefined;
    case 'signIn':
      return typeof wanted === 'boolean' ? { kind, wanted } : undefined;
    case 'export': {
      const known = reportFormats.find((one) => one === format);
      return known && { kind, format: known };
    }
    case 'evidence':
      return typeof id === 'string' ? { kind, id } : undefined;
    case 'fix':
      return typeof id === 'string' && Number.isInteger(index)
        ? { kind, id, index: Number(index) }
        : undefined;
    default:
      return undefined;
  }
}
