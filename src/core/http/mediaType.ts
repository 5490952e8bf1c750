/** The media type of a `Content-Type` field, in lower case and without parameters. @see RFC 9110 section 8.3.1 */
export function mediaTypeOf(contentType: string | null | undefined): string | undefined {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase();
}
