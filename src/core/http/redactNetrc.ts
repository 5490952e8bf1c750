import { maskSeen, type Seen } from './mask.ts';

const passwords =
  /(\b(?:machine\s{1,20}\S{1,255}|default)(?:\s{1,20}(?:login|account)\s{1,20}\S{1,255}){0,2}\s{1,20}passw(?:or)?d\s{1,20})(\S{1,2000})/g;

/** A text in which the passwords of a `.netrc` are masked, whatever they are: `machine a login b password c`. Linear in its length. */
export function redactNetrc(text: string, seen: Seen | undefined): string {
  return text.replace(
    passwords,
    (_all, before: string, password: string) => before + maskSeen(password, seen),
  );
}
