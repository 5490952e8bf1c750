import type { Grant } from '../profile/profile.ts';

/** How the form calls the fields that settings call otherwise. */
const words: Readonly<Record<string, string>> = {
  clientId: 'client ID',
  clientAuthentication: 'client authentication',
  tokenEndpoint: 'token endpoint',
  authorizationEndpoint: 'authorization endpoint',
  redirectUri: 'redirect URI',
  basicEncoding: 'encoding',
  tokenDialect: 'token dialect',
  trustedCertificate: 'trusted certificate',
  authorizationParameters: 'authorization parameters',
  tokenParameters: 'token parameters',
};

/** A sentence about a settings entry in the words of the form. */
export function inForm(message: string): string {
  const text = message.replace(/\b[a-z]+[A-Z][A-Za-z]*\b/g, (word) => words[word] ?? word);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const grantNames: Readonly<Record<Grant, string>> = {
  client_credentials: 'Client credentials',
  authorization_code: 'Authorization code with PKCE',
};

/** `a, b and 3 more`, so that a hostile list stays short. */
export function shortList(values: readonly string[], most = 4): string {
  const shown = values.slice(0, most).map((value) => shorten(value, 60));
  const rest = values.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

/** The beginning of a text from outside. */
export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
