import { Changes } from '../session/changes.ts';
import { withEarlier, type ChecksReport } from './report.ts';

/** What checks found last in this session, by profile: the next run is compared with it, a contract is written from it. */
export class LastReports {
  /** The profile of which a run has ended. */
  readonly changes = new Changes<string>();
  readonly #reports = new Map<string, ChecksReport>();

  /** Of whom there are reports. */
  get ids(): readonly string[] {
    return [...this.#reports.keys()];
  }

  get(profileId: string): ChecksReport | undefined {
    return this.#reports.get(profileId);
  }

  /** Forgets reports of profiles that have another server from now on. */
  forget(profileIds: readonly string[]): void {
    for (const id of profileIds) if (this.#reports.delete(id)) this.changes.fire(id);
  }

  /** Keeps a report, with what earlier runs found of checks that it lacks. */
  keep(report: ChecksReport): void {
    const { profileId } = report;
    const before = this.#reports.get(profileId);
    // Of the same profile in another environment, nothing is taken over.
    const same = before?.server === report.server && before.clientId === report.clientId;
    this.#reports.set(profileId, same ? withEarlier(report, before) : report);
    this.changes.fire(profileId);
  }
}
