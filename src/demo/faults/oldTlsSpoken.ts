import type { Fault } from './fault.ts';

export const oldTlsSpoken: Fault = {
  id: 'old-tls-spoken',
  title: 'Speaks TLS 1.0 and 1.1.',
  oldTls: true,
};
