import type { SourceView } from '../shared/views/finding.ts';

/** A section or an appendix of an RFC: `rfc(7519, '4.1.4')`, `rfc(7636, 'B')`. */
export function rfc(number: number, section?: string): SourceView {
  const page = `https://www.rfc-editor.org/rfc/rfc${number}`;
  if (section === undefined) return { text: `RFC ${number}`, url: page };
  const anchor = /^[A-Z]/.test(section) ? `appendix-${section}` : `section-${section}`;
  return { text: `RFC ${number} section ${section}`, url: `${page}#${anchor}` };
}

/** A source that is written out, `RFC 6749 section 5.1`, with its address where that is known. */
export function sourceOf(text: string): SourceView {
  const found = /^RFC (\d+)(?: section ([\d.]+\d))?$/.exec(text);
  return found ? rfc(Number(found[1]), found[2]) : { text };
}

/** A section of the OAuth 2.1 draft. */
export function oauth21(section: string): SourceView {
  return {
    text: `OAuth 2.1 draft section ${section}`,
    url: `https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-${section}`,
  };
}

/** The anchors that sections have in OpenID Connect Core 1.0: they are words there, no numbers. */
const openidAnchors = {
  '2': 'IDToken',
  '3.1.2.1': 'AuthRequest',
  '3.1.2.6': 'AuthError',
  '3.1.3.6': 'CodeIDToken',
  '3.1.3.7': 'IDTokenValidation',
  '3.3.2.11': 'HybridIDToken',
  '5.1': 'StandardClaims',
  '5.5': 'ClaimsParameter',
  '9': 'ClientAuthentication',
  '11': 'OfflineAccess',
} as const;

/** A section of the FAPI 2.0 Security Profile (final, 2025): of the network, of authorization servers, of resource servers. */
export function fapi2(section: '5.2.1' | '5.2.3' | '5.3.2.1' | '5.3.2.2' | '5.3.4' | '5.4.1'): SourceView {
  return {
    text: `FAPI 2.0 Security Profile section ${section}`,
    url: 'https://openid.net/specs/fapi-security-profile-2_0-final.html',
  };
}

/** What a server's document says, where its key set is among it. */
export const openidDiscovery: SourceView = {
  text: 'OpenID Connect Discovery 1.0 section 3',
  url: 'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata',
};

/** A section of OpenID Connect Core 1.0. */
export function openid(section: keyof typeof openidAnchors): SourceView {
  return {
    text: `OpenID Connect Core 1.0 section ${section}`,
    url: `https://openid.net/specs/openid-connect-core-1_0.html#${openidAnchors[section]}`,
  };
}
