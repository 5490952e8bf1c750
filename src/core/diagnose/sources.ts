import type { Source } from './explanation.ts';

/** A section of an RFC as a source: `rfc(6749, '5.2')`. */
export function rfc(number: number, section: string): Source {
  const anchor = /^[A-Z]/.test(section) ? `appendix-${section}` : `section-${section}`;
  return {
    text: `RFC ${number} section ${section}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#${anchor}`,
  };
}

/** A section of OpenID Connect Core 1.0. */
export function openid(section: string): Source {
  return {
    text: `OpenID Connect Core 1.0 section ${section}`,
    url: 'https://openid.net/specs/openid-connect-core-1_0.html',
  };
}
