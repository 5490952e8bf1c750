import type { SourceView } from '../shared/views/finding.ts';

/** A section of an RFC: `rfc(7519, '4.1.4')`. */
export function rfc(number: number, section?: string): SourceView {
  const page = `https://www.rfc-editor.org/rfc/rfc${number}`;
  return section === undefined
    ? { text: `RFC ${number}`, url: page }
    : { text: `RFC ${number} section ${section}`, url: `${page}#section-${section}` };
}

/** A section of OpenID Connect Core 1.0, with the anchor it has there. */
export function openid(section: string, anchor: string): SourceView {
  return {
    text: `OpenID Connect Core section ${section}`,
    url: `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`,
  };
}
