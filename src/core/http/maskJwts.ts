import { mask } from './mask.ts';

/** Whatever looks like a JSON Web Token is masked, wherever it stands. */
export function maskJwts(text: string): string {
  return text.replace(/(?<![\w-])eyJ[\w-]{8,}\.[\w-]+\.[\w-]*(?:\.[\w-]+\.[\w-]+)?/g, mask);
}
