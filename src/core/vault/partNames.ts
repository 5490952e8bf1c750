import { randomBytes } from 'node:crypto';

/** Names for the parts of long values, by which other windows see whether the write under way there can still go on. */
export interface PartNames {
  /** A name that no other write has. */
  readonly draw: () => string;
  /** Says that the write of that name is over, whatever came of it. */
  readonly release: (name: string) => void;
  /** Whether a window that lives may yet switch over to the parts of that name. */
  readonly isUnderWay: (name: string) => boolean;
}

const underWay = new Set<string>();
const digits = 8;

/** Names that end in the id of their process. One that ended, or said that it is done, writes no more under them. */
export const partNames: PartNames = {
  draw: () => {
    const name = randomBytes(6).toString('base64url') + process.pid.toString(36).padStart(digits, '0');
    underWay.add(name);
    return name;
  },
  release: (name) => void underWay.delete(name),
  isUnderWay: (name) => {
    if (name.length !== 2 * digits) return false;
    const writer = Number.parseInt(name.slice(-digits), 36);
    return writer === process.pid ? underWay.has(name) : isAlive(writer);
  },
};

/** Whether a process with that id runs, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user cannot be signalled, and lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
