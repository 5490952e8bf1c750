import type { CheckSource } from './check.ts';

/** A section of an RFC, at the RFC editor. */
export function rfc(number: number, section: string): CheckSource {
  return {
    text: `RFC ${number} section ${section}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  };
}

/** A section of the OAuth 2.1 draft. */
export function oauth21(section: string): CheckSource {
  return {
    text: `OAuth 2.1 draft section ${section}`,
    url: `https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-${section}`,
  };
}

/** A section of OpenID Connect Core 1.0. */
export function openId(section: string): CheckSource {
  return {
    text: `OpenID Connect Core 1.0 section ${section}`,
    url: 'https://openid.net/specs/openid-connect-core-1_0.html',
  };
}
