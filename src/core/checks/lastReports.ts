import { Changes } from '../session/changes.ts';
import { withEarlier, type ChecksReport } from './report.ts';

/**
 * The latest reports of checks in this session, by profile: the next run is compared with them, and contracts are written from
 * them.
 */
export class LastReports {
  /** Fires with the id of a profile whose run has ended. */
  readonly changes = new Changes<string>();
  readonly #reports = new Map<string, ChecksReport>();

  /** The ids of profiles with reports. */
  get ids(): readonly string[] {
    return [...this.#reports.keys()];
  }

  get(profileId: string): ChecksReport | undefined {
    return this.#reports.get(profileId);
  }

  /** Forgets the reports of profiles that have another server now. */
  forget(profileIds: readonly string[]): void {
    for (const id of profileIds) if (this.#reports.delete(id)) this.changes.fire(id);
  }

  /** Keeps a report, completed by earlier results of checks that it lacks. */
  keep(report: ChecksReport): void {
    const { profileId } = report;
    const before = this.#reports.get(profileId);
    // Nothing is taken over from the same profile in another environment.
    const same = before?.server === report.server && before.clientId === report.clientId;
    this.#reports.set(profileId, same ? withEarlier(report, before) : report);
    this.changes.fire(profileId);
  }
}
