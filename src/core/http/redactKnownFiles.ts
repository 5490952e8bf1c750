import { isMasked, maskSeen, type Seen } from './mask.ts';
import { isErrorCode, isSecretName, plainName } from '../secretNames.ts';

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
  /^([ \t]{0,20}(?:env|arg|setenv|set -g?x)[ \t]{1,9}\w{0,60}(?:secret|passw(?:or)?d|pass|pwd|token|key)[ \t]{1,9}["']?)([^\s"'=]{4,500}={0,2})["']?\r?$/gim,
  /^([ \t]{0,20}ENV[ \t]{1,9}[A-Z\d_]{0,60}(?:SECRET|PASSW(?:OR)?D|PASS|PWD|TOKEN|KEY)[ \t]{1,9}["'])([^"'\n]{1,500})/gm,
  /(\bjdbc:oracle:\w{2,5}:[^\s/@:]{1,100}\/)([^\s/@]{1,200})(?=@)/gi,
  /(\bAUTH[ \t]PLAIN[ \t])([\w+/]{8,500}={0,2})/gi,
  /^((?:requirepass|masterauth)[ \t]{1,9}["']?)([^\s"']{1,500})/gim,
  // What is sent to servers for mail, files and chats: the password that is asked for in base64, and those that follow a user's name or come before it.
  /(\b334[ \t]UGFzc3dvcmQ6\r?\n\W{0,5}(?:C: )?)([\w+/]{4,500}={0,2})/g,
  /^(\W{0,5}(?:C: )?USER[ \t]\S{1,200}[ \t]{0,3}\r?\n(?:[^\n]{0,300}\n){0,2}\W{0,5}(?:C: )?PASS[ \t])(\S{1,500})/gm,
  /^(PASS[ \t]:?)(\S{1,500})(?=\r?\n(?:NICK|USER)\b)/gm,
  /^(\W{0,5}(?:C: )?[A-Za-z]{0,4}\d{1,6}[ \t]LOGIN[ \t](?:"[^"\n]{1,200}"|[^\s"]{1,200})[ \t]"?)([^\s"]{1,500})(?="?\r?$)/gm,
  // Files of accounts of a web server, a dump of a session, a string that PowerShell makes secure.
  /^([^\s:]{1,100}:[^:\n]{1,100}:)([\da-f]{32})(?=\r?$)/gim,
  /(\bConvertTo-SecureString[ \t]{1,3}(?:-String[ \t]{1,3})?["'])([^"'\n]{1,500})/gi,
  // Redis: as people type it, where a word in capitals is a mechanism of another protocol, and as it is sent.
  /^(\W{0,5}(?:HELLO[ \t]\d[ \t])?AUTH[ \t](?:[^\s\d]{1,100}[ \t])?)(?![A-Z\d_-]{1,100}(?:\s|$))((?=\D{0,99}\d)\S{1,500})(?=[ \t]{0,9}\r?$)/gm,
  /(\$4\r?\nAUTH\r?\n(?:\$\d{1,5}\r?\n[^\r\n]{1,100}\r?\n)?\$\d{1,5}\r?\n)([^\r\n]{1,2000})/gi,
];

/** A text in which the secrets of such files are masked, whatever they are; linear in its length. */
export function redactKnownFiles(text: string, seen: Seen | undefined): string {
  return forms.reduce(
    (shown, form) =>
      shown.replace(form, (all: string, before: string, second: string, third: unknown) => {
        const secret = typeof third === 'string' ? third : second;
        return isMasked(secret)
          ? all
          : before + maskSeen(secret, seen) + all.slice(before.length + secret.length);
      }),
    text,
  );
}

/** Pairs that stand together by their brackets or a colon alone: `{password, "x"}` of Erlang, `{:password "x"}` of EDN, those of PHP. */
const pairs =
  /((?:\{\s{0,9}([\w.-]{2,60})\s{0,9},\s{0,9}(?:<<)?|(?<![\w:]):([\w.-]{2,60})[\s,]{1,9}|s:\d{1,5}:"([\w.-]{2,60})";s:\d{1,7}:)")((?![\s,:}\]…])[^"\\\n]{1,2000})(?=")/g;

/** A text in which the values of such pairs are masked that have the name of a secret; linear in its length. */
export function redactPairs(text: string, seen: Seen | undefined): string {
  return text.replace(pairs, (all: string, before: string, ...found: readonly string[]) => {
    const [one, other, third, value = ''] = found;
    const name = one ?? other ?? third ?? '';
    const isHarmless = !isSecretName(name) || (plainName(name) === 'code' && isErrorCode(value));
    return isHarmless ? all : before + maskSeen(value, seen);
  });
}
