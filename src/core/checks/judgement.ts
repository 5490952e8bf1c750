import type { Judgement } from './check.ts';

type More = Omit<Judgement, 'verdict' | 'meaning'>;

/** The server does what it should. */
export const pass = (meaning: string, more: More = {}): Judgement => ({ verdict: 'pass', meaning, ...more });

/** The server does what it must not. */
export const fail = (meaning: string, advice: string, more: More = {}): Judgement => ({
  verdict: 'fail',
  meaning,
  advice,
  ...more,
});

/** The server is laxer than best practice. */
export const weakness = (meaning: string, advice: string, more: More = {}): Judgement => ({
  verdict: 'weakness',
  meaning,
  advice,
  ...more,
});

/** It could not be found out; the meaning tells why. */
export const notDetermined = (meaning: string): Judgement => ({ verdict: 'not_determined', meaning });

/** The check makes no sense for this client; the meaning tells why. */
export const notApplicable = (meaning: string): Judgement => ({ verdict: 'not_applicable', meaning });
