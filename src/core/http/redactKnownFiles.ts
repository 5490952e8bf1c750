import { maskSeen, type Seen } from './mask.ts';

/** What stands before a secret, and the secret, in files and protocols that are known by the form of their lines. */
const forms: readonly RegExp[] = [
  // A `.netrc`: `machine a login b password c`.
  /(\b(?:machine\s{1,20}\S{1,255}|default)(?:\s{1,20}(?:login|account)\s{1,20}\S{1,255}){0,2}\s{1,20}passw(?:or)?d\s{1,20})(\S{1,2000})/g,
  // A `.pgpass`: host, port, database, user. `a.c:1:2:error:undeclared` is none.
  /^((?=[^:\n]{0,255}[a-z*])[^:\s]{1,255}:(?:\d{1,5}|\*):(?!\d{1,9}:)[^:\s]{1,100}:[^:\s]{1,100}:)([^:\s]{1,500})\r?$/gim,
  // Hashes of passwords: of crypt, and of LDAP.
  /(\$(?:apr1|[156y]|2[abxy]|argon2(?:id?|d))\$)([\w./$=,+-]{20,500})/g,
  /(\{(?:s?sha|s?md5|crypt)\d{0,3}\})([\w+/$.]{12,300}={0,2})/gi,
  // What curl reads its options from: `user = "me:password"`. Of `user = 1000:1000` both are the same.
  /^([ \t]{0,20}(?:proxy-)?user[ \t]{0,9}=[ \t]{0,9}["']?([^\s:"'=]{1,100}):)((?!\2["']?[ \t]{0,9}\r?$)[^\s"'/][^\s"']{0,500})/gim,
  // SQL.
  /(\b(?:identified[ \t]{1,9}(?:with[ \t]{1,9}\S{1,40}[ \t]{1,9})?(?:by|as)|(?:with|encrypted)[ \t]{1,9}password)[ \t]{1,9}["'])([^\s"']{1,500})(?=["'])/gi,
  // What a Dockerfile, Apache and shells set without a sign between.
  /^([ \t]{0,20}(?:env|arg|setenv|set -g?x)[ \t]{1,9}\w{0,60}(?:secret|passw(?:or)?d|pass|pwd|token|key)[ \t]{1,9}["']?)([^\s"'=]{4,500})["']?\r?$/gim,
  /(\bjdbc:oracle:\w{2,5}:[^\s/@:]{1,100}\/)([^\s/@]{1,200})(?=@)/gi,
  /(\bAUTH[ \t]PLAIN[ \t])([\w+/]{8,500}={0,2})/gi,
  /^((?:requirepass|masterauth)[ \t]{1,9}["']?)([^\s"']{1,500})/gim,
];

/** A text in which the secrets of such files are masked, whatever they are; linear in its length. */
export function redactKnownFiles(text: string, seen: Seen | undefined): string {
  return forms.reduce(
    (shown, form) =>
      shown.replace(form, (all: string, before: string, second: string, third: unknown) => {
        const secret = typeof third === 'string' ? third : second;
        return secret.includes('…')
          ? all
          : before + maskSeen(secret, seen) + all.slice(before.length + secret.length);
      }),
    text,
  );
}
