import { exchangeRedactor } from '../http/redact.ts';
import { saysInstead } from './insteadOfCode.ts';
import { tally, type ChecksReport } from './report.ts';

/** A run as JSON with redacted exchanges: of every secret at most the last 6 characters are shown. */
export function reportJson(report: ChecksReport): string {
  const { profileId, profileName, clientId, server, cancelled, refusal, matching } = report;
  // A server may repeat to one check what another has sent.
  const redacted = exchangeRedactor(report.results.flatMap(({ evidence }) => evidence));
  return `${JSON.stringify(
    {
      format: 'oauth-explorer-checks',
      version: 1,
      profile: { id: profileId, name: profileName, clientId },
      server,
      startedAt: new Date(report.startedAt).toISOString(),
      endedAt: new Date(report.endedAt).toISOString(),
      cancelled,
      counts: tally(report.results),
      refusal,
      redirectMatching: matching,
      differences: report.differences,
      results: report.results.map(({ evidence, fixes, startedAt, endedAt, noCode, ...result }) => ({
        ...result,
        noCode: noCode && saysInstead(noCode),
        profileChanges: fixes,
        milliseconds: endedAt - startedAt,
        exchanges: evidence.map(redacted).map(({ purpose, leg, request, response }) => ({
          purpose,
          leg,
          request: { method: request.method, url: request.url, body: request.body },
          response: response && { status: response.status, headers: response.headers },
        })),
      })),
    },
    undefined,
    2,
  )}\n`;
}
