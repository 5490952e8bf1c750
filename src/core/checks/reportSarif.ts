import type { Verdict } from './check.ts';
import type { ChecksReport, CheckResult } from './report.ts';
import { areaTitles } from './wording.ts';

/** The kind and level of each verdict in SARIF. @see SARIF 2.1.0 sections 3.27.9 and 3.27.10 */
const levels: Readonly<Record<Verdict, { readonly kind: string; readonly level: string }>> = {
  pass: { kind: 'pass', level: 'none' },
  fail: { kind: 'fail', level: 'error' },
  weakness: { kind: 'fail', level: 'warning' },
  not_determined: { kind: 'open', level: 'none' },
  not_applicable: { kind: 'notApplicable', level: 'none' },
};

/** The place of the profile in a file of a repository. */
interface SarifPlace {
  /** Relative to the root of the repository, with slashes. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What code scanning needs in addition. */
export interface CodeScanning {
  readonly place: SarifPlace;
  /** Whether a failing result is tolerated. */
  isExcused: (result: CheckResult) => boolean;
}

/**
 * A run as SARIF 2.1.0: a rule for each check, a result for each verdict. Contains no exchange and no secret.
 *
 * @param scanning makes it a log for code scanning: with failing results only, as each one becomes an alert there, and with a
 * place for each, without which GitHub refuses the whole log
 */
export function reportSarif(report: ChecksReport, version: string, scanning?: CodeScanning): string {
  return sarifLog([sarifRun(report, version, scanning)]);
}

/** A log of runs of different profiles, which code scanning tells apart by their ids. */
export function sarifLog(runs: readonly ReturnType<typeof sarifRun>[]): string {
  const $schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return `${JSON.stringify({ $schema, version: '2.1.0', runs }, undefined, 2)}\n`;
}

/** One run of such a log. */
export function sarifRun(report: ChecksReport, version: string, scanning?: CodeScanning) {
  const { results, startedAt, endedAt, cancelled, server, refusal } = report;
  const told = results.map((result, ruleIndex) => ({ result, ruleIndex }));
  const shown = told.filter(
    ({ result }) =>
      scanning === undefined || (levels[result.verdict].kind === 'fail' && !scanning.isExcused(result)),
  );
  return {
    tool: { driver: { name: 'OAuth Explorer', semanticVersion: version, rules: results.map(rule) } },
    automationDetails: { id: `oauth-explorer-checks/${report.profileId}/` },
    invocations: [
      {
        executionSuccessful: !cancelled,
        startTimeUtc: new Date(startedAt).toISOString(),
        endTimeUtc: new Date(endedAt).toISOString(),
        ...(refusal !== undefined && {
          toolExecutionNotifications: [{ level: 'warning', message: { text: refusal } }],
        }),
      },
    ],
    results: shown.map(({ result, ruleIndex }) =>
      sarifResult(result, ruleIndex, server, report.clientId, scanning?.place),
    ),
  };
}

function rule({ id, area, title, tries, expects, sources, advice }: CheckResult) {
  return {
    id,
    name: title,
    shortDescription: { text: title },
    fullDescription: { text: `${tries} What a correct server does: ${expects}` },
    ...(sources[0] === undefined ? {} : { helpUri: sources[0].url }),
    help: { text: [advice, `Sources: ${sources.map((source) => source.text).join(', ')}.`].join(' ').trim() },
    properties: { tags: ['oauth', areaTitles[area]] },
  };
}

function sarifResult(
  { id, verdict, meaning, advice }: CheckResult,
  ruleIndex: number,
  server: string,
  clientId: string,
  place: SarifPlace | undefined,
) {
  return {
    ruleId: id,
    ruleIndex,
    ...levels[verdict],
    message: { text: advice === undefined ? meaning : `${meaning} ${advice}` },
    locations: [
      {
        ...(place === undefined ? {} : { physicalLocation: physical(place) }),
        logicalLocations: [{ name: clientId, fullyQualifiedName: `${server} ${clientId}`, kind: 'client' }],
      },
    ],
    partialFingerprints: { 'client/v1': `${server} ${clientId} ${id}` },
  };
}

function physical({ file, line }: SarifPlace) {
  return { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line } };
}
