import { isOpaque, isPassword, isRandom, isSecret } from './secretText.ts';
import type { Span } from './valueBehind.ts';

/** A secret that is known by where it stands. */
export interface PlacedSecret extends Span {
  readonly kind: 'bearer' | 'credentials';
  readonly name: string;
}

interface Place {
  readonly kind: PlacedSecret['kind'];
  readonly name: string;
  /** Words that always stand there: a text without them need not be searched. */
  readonly held: readonly string[];
  /** Sticky, matched where one of these words begins: what stands before the secret, then the secret. */
  readonly form: RegExp;
  /** Whether a text can be the secret, besides not being a placeholder. */
  readonly is: (secret: string) => boolean;
  /** What else a text with such a secret contains. */
  readonly within?: string;
  /** Searched for once in each line. */
  readonly ofLine?: true;
}

/** A name and a password behind an option, for HTTP. @see https://curl.se/docs/manpage.html#-u; HTTPie, Authentication */
const pair = String.raw`["']?[^\s:"'{}<$]{1,200}:)([^\s"'{}<$]{8,500})(?=["'\s]|$)`;

const places: readonly Place[] = [
  {
    ...{ kind: 'bearer', name: 'Authorization', held: ['oken token='], is: isOpaque },
    form: /(oken token=["']?)([^\s"',;{}<$]{16,2000})/y,
  },
  {
    // The command may go on in further lines, and options stand together: `-sSu`.
    ...{ kind: 'credentials', name: 'user', held: ['curl ', 'http '], is: isPassword },
    ofLine: true,
    form: new RegExp(
      String.raw`((?:curl|http) (?:[^\r\n\\]|\\\r?\n|\\.){0,2000}?(?<=[ \t\n])(?:-[a-zA-Z]{0,6}[ua][ \t]{0,9}|--(?:proxy-)?(?:user|auth)[ \t=]{1,9})${pair}`,
      'y',
    ),
  },
  {
    ...{ kind: 'credentials', name: 'secret', held: ['--', '@secret', '@bearer'], is: isRandom },
    form: /((?:--(?:(?:auth-)?token|secret(?:-key)?|password)(?:[ \t]{1,9}|=|["'],\s{0,40})|@(?:secret|bearer)[ \t]{0,9}=[ \t]{0,9})["']?)([^\s"'{}<$]{20,2000})/y,
  },
  {
    // @see Azure Storage, service SAS; Logic Apps, request triggers
    ...{ kind: 'credentials', name: 'sig', held: ['sig='], is: isSignature },
    form: /((?<=[?&;])sig=)((?:[\w+/-]|%2[BbFf]){43,120}(?:=|%3[Dd]){0,2})(?![\w%])/y,
  },
  {
    // @see Azure Functions, access keys
    ...{ kind: 'credentials', name: 'code', held: ['.azurewebsites.net/'], is: isSignature },
    form: /(\.azurewebsites\.net\/[^\s"'?]{0,300}\?(?:[^\s"'&]{1,200}&){0,20}code=)((?:[\w+/-]|%2[BbFf]){20,120}(?:=|%3[Dd]){0,2})(?![\w%])/y,
  },
  {
    // The form that REST Client and httpYac sign with. @see REST Client, AWS Signature v4
    ...{ kind: 'credentials', name: 'Authorization', held: ['AWS A'], is: isRandom },
    form: /(AWS A[A-Z\d]{15,31}[ \t]{1,9})([A-Za-z\d/+]{40})(?![\w/+])/y,
  },
  {
    // RFC 3986 section 3.2.1
    ...{ kind: 'credentials', name: 'password', held: ['://'], is: isMade, within: '@' },
    form: /(:\/\/[^\s:@/"'{}<$]{1,100}:)([^\s:@/"'{}<$]{16,500})(?=@[\w[])/y,
  },
];

/** A password that nobody chose: opaque, or short with a digit within its letters. @see MongoDB Atlas, Autogenerate Secure Password */
function isMade(text: string): boolean {
  return isOpaque(text) || (isSignature(text) && /^[A-Za-z]*\d+[A-Za-z][A-Za-z\d]*$/.test(text));
}

/** A signature in base64, as it is or percent-encoded. */
function isSignature(text: string): boolean {
  return /\d/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text);
}

/** Finds secrets that have no name of their own, by what stands before them: options of commands, addresses, schemes. */
export function* placedSecrets(text: string): Iterable<PlacedSecret> {
  for (const { kind, name, held, form, is, ofLine, within = '' } of places)
    for (const word of text.includes(within) ? held : [])
      for (let at = text.indexOf(word); at >= 0;) {
        form.lastIndex = at;
        const [all, before = '', secret = ''] = form.exec(text) ?? [];
        const end = all === undefined ? at + 1 : at + before.length + secret.length;
        if (all !== undefined && is(secret) && isSecret(secret))
          yield { kind, name, start: end - secret.length, end };
        // A command that has no such option is not looked at again from its middle.
        const next = all === undefined && ofLine ? text.indexOf('\n', at) : end;
        at = next < 0 ? -1 : text.indexOf(word, next);
      }
}
