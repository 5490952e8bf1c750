/** Those that OpenSSL 3 reads no more by itself: object identifiers with tag and length. @see RFC 7292 appendix C, RFC 8018 appendix A.3 */
const oldCiphers = {
  '060a2a864886f70d010c0101': 'RC4',
  '060a2a864886f70d010c0102': 'RC4',
  '060a2a864886f70d010c0105': 'RC2',
  '060a2a864886f70d010c0106': 'RC2',
  '06092a864886f70d010501': 'DES',
  '06092a864886f70d010503': 'DES',
  '06092a864886f70d01050a': 'DES',
  '06092a864886f70d010504': 'RC2',
  '06092a864886f70d010506': 'RC2',
  '06092a864886f70d01050b': 'RC2',
} as const;

/** The cipher in a PFX or an encrypted key that is too old for OpenSSL. */
export function oldCipherIn(
  bytes: Buffer,
): { readonly name: string; readonly identifier: Buffer } | undefined {
  return Object.entries(oldCiphers)
    .map(([oid, name]) => ({ name, identifier: Buffer.from(oid, 'hex') }))
    .find(({ identifier }) => bytes.includes(identifier));
}

/**
 * Why an encrypted key cannot be read, with how it is decrypted.
 *
 * @param form what OpenSSL has to be told of its form
 * @param thrown by who tried: BoringSSL, which VS Code has, reads some of the old ciphers
 */
export function whyUnread(bytes: Buffer, form: 'pem' | 'der', thrown: unknown): string {
  const tried = thrown instanceof Error && /decrypt/i.test(thrown.message);
  const old = tried ? undefined : oldCipherIn(bytes);
  const [legacy, inform] = [old && ' -provider legacy -provider default', form === 'der' && ' -inform DER'];
  const command = `openssl pkey${legacy ?? ''}${inform || ''} -in key.${form} -out plain.pem`;
  return old === undefined
    ? `The passphrase is wrong, or the key is encrypted in a way that is not read here (${command} decrypts it).`
    : `The key is encrypted with ${old.name}, which is too old to be read here. Decrypt it: ${command}.`;
}
