import type { HttpDialect } from './dialect.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/**
 * The headers as they go out: `Basic user password` and `Basic user:password` are encoded, as every tool does.
 *
 * @see RFC 7617 section 2
 */
export function withBasicCredentials(headers: Headers, dialect?: HttpDialect): Headers {
  return headers.map(([name, value]) =>
    name.toLowerCase() === 'authorization'
      ? ([name, encoded(value, dialect)] as const)
      : ([name, value] as const),
  );
}

function encoded(value: string, dialect: HttpDialect | undefined): string {
  // httpYac takes all there is, blanks too, once a colon stands behind a name.
  const whole = dialect === 'httpyac' ? /^basic\s+([^\s:].*)$/i.exec(value.slice(0, 5000))?.[1] : undefined;
  if (whole?.includes(':')) return `Basic ${Buffer.from(whole).toString('base64')}`;
  // With a blank between them both may hold colons but the name; the password may be empty behind a colon.
  const plain = /^(basic)\s+([^\s:]+)(?:\s+(?=\S)|:)(.*)$/is.exec(value.slice(0, 5000));
  const [, scheme, user, password] = plain ?? [];
  if (scheme === undefined || user === undefined || password === undefined) return value;
  return `${scheme} ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
