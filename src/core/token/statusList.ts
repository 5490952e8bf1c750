import { member } from '../../shared/json.ts';
import type { FindingView } from '../../shared/views/finding.ts';
import { finding, quoted } from './finding.ts';
import type { JsonObject } from './json.ts';
import { page } from './meaning.ts';

export const statusListPage = page(
  'Token Status List',
  'https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/',
);

/** Tells where the issuer publishes whether a token is still valid. @see draft-ietf-oauth-status-list section 6.2 */
export function statusFindings({ status }: JsonObject): FindingView[] {
  const list = member(status, 'status_list');
  if (list === undefined) return [];
  const [idx, uri] = [member(list, 'idx'), member(list, 'uri')];
  if (typeof uri !== 'string' || !Number.isSafeInteger(idx) || Number(idx) < 0)
    return [
      finding(
        'warning',
        'status_list_unusable',
        'The reference to a status list names no entry (idx) or no list (uri).',
        'Nobody can find out whether the token still holds.',
        statusListPage,
      ),
    ];
  return [
    finding(
      'note',
      'status_list',
      `Whether it still holds is entry ${Number(idx)} of the status list at ${quoted(uri)}.`,
      'Who takes the token asks there, beside the expiry. OAuth Explorer does not.',
      statusListPage,
    ),
  ];
}
