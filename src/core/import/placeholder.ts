import type { Variables } from './imported.ts';

/** What stands for a variable in another tool: `{{x}}`, `{{ _.x }}`, `{{ _['x-y'] }}`, `<<x>>`, `${x}`, `${x:default}`. */
const variable =
  /\{\{\s{0,9}(?:_\.|_\[['"])?([^{}\s[\]'"]{1,200})(?:["']\])?\s{0,9}\}\}|<<\s{0,9}([^<>\s]{1,200})\s{0,9}>>|\$\{([\w.-]{1,200})(?::-?([^{}]{0,2000}))?\}/g;

/** What says where a value is to be taken from, in `${env:X}`, `${input:x}`: no name with a default behind it. */
const elsewhere =
  /^(?:env|localEnv|input|config|command|file|secrets?|vault|ssm|ENV|workspaceFolder|containerEnv)$/;

/** The longest text that variables are put into, in characters. */
const longest = 20_000;

/** Puts variables into a text, one inside another at most five deep; what is unknown stays as it is. */
export function resolve(text: string, variables: Variables): string {
  let result = text;
  let left = 50 * longest;
  const bounded = (value: string | undefined) => {
    left -= value?.length ?? 0;
    return left < 0 ? undefined : value;
  };
  for (let depth = 0; depth < 5 && result.length <= longest; depth++) {
    const before = result;
    result = before.replace(
      variable,
      (all, double?: string, angle?: string, dollar?: string, fallback?: string) =>
        bounded(valueOf(double ?? angle ?? dollar ?? '', all, variables)) ??
        // `${X:?why}` is an error without X, `${X:+y}` is y only with it, and `${X:-}` leaves open what it is.
        (elsewhere.test(dollar ?? '') || /^[?+]|^$/.test(fallback ?? '') ? all : (fallback ?? all)),
    );
    if (result === before) break;
  }
  return result;
}

/** What a name stands for, unless that is written with the name itself: `X: ${X:-default}` of Docker Compose says nothing of X. */
function valueOf(name: string, written: string, variables: Variables): string | undefined {
  const value = variables.get(name);
  return value?.includes(written) === true ? undefined : value;
}

/** Placeholders wherever they stand in a text; what is encrypted within one is long (Yaak, Insomnia's vault). */
const anywhere: readonly RegExp[] = [
  /\{\{[^{}]{0,4000}\}\}/,
  /\{%[^%]{0,4000}%\}/,
  /<<?[^<>]{1,4000}>>?/,
  /[$#@]\{[^{}]{0,4000}\}/,
  // Of Grafana: `$__file{/etc/secret}`.
  /\$__\w{1,20}\{[^{}]{0,4000}\}/,
  /\$\([^()]{1,4000}\)/,
  /`[^`]{1,4000}`/,
  /\b(?:process|import\.meta)\.env\.\w{1,60}/,
  // What was made unreadable, and the id of nothing.
  /(?:^|(?<=[-_./]))x{4,}(?=[-_./]|$)/i,
  /\b0{8}-(?:0{4}-){3}0{12}\b/,
];

/** Texts that are nothing but a placeholder. */
const whole: readonly RegExp[] = [
  /^%[A-Za-z_]\w{0,60}%$/,
  // Of Argo CD, too: `$oidc.okta.clientSecret`, `$name-of-secret:key`.
  /^\$(?:env:)?[A-Za-z_][\w.-]{0,100}(?::[\w.-]{1,100})?$/,
  /^env\.\w{1,60}$/,
  // What a program reads it from: Python, Ruby, PHP, Java, Deno, Terraform.
  /^(?:os\.|System\.|Deno\.|@)?(?:get)?env(?:iron)?(?:\.get)?[([].{0,200}[)\]]$/i,
  /^(?:var|local)\.\w{1,60}$/,
  // What a variable is called: `MAIN_WEB_CLIENT_SECRET`.
  /^(?:[A-Z][A-Z0-9]*_){1,6}CLIENT_(?:ID|SECRET)$/,
  // Another resource's of Terraform, or a member of an object.
  /^\w{1,60}(?:\.\w{1,60}){0,5}\.(?:client_?(?:secret|id)|secret)$/i,
  // What is asked for or looked up when a program runs: PowerShell, Python, JavaScript, Ruby.
  /^\(?(?:Read|Get|ConvertTo|ConvertFrom|Import|New|Invoke)-[A-Za-z]{3,40}\b.{0,400}$/s,
  /^\[(?:System\.)?Environment\]::.{1,200}$/,
  /^(?:getpass\.getpass|getpass|input|prompt|config|ENV\.fetch|env\.(?:str|get)|config\.get(?:string)?|st\.secrets|secrets\.get)[([].{0,200}[)\]]$/i,
  // Where a store, a file or a program is asked for it.
  /^(?:op|bw|akv|vault|key-?(?:vault|ring|chain)|secret(?:s|ref)?|(?:aws|gcp)?-?s?sm|pass|file|(?:dot)?env|cmd|exec|doppler):\S{1,200}$/i,
  // Of vals (Helmfile), AWS and Google Cloud.
  /^ref\+[a-z0-9]{1,40}:\/\//,
  /^arn:aws[\w-]{0,20}:(?:secretsmanager|ssm):/,
  /^projects\/[\w-]{1,60}\/secrets\//,
  // What is encrypted: dotenvx, SOPS, Jasypt, Spring Cloud Config, Ansible.
  /^encrypted:/i,
  /^ENC[[(].{0,4090}$/s,
  /^\{cipher\}/,
  /^\$ANSIBLE_VAULT;/,
  /^@Microsoft\.KeyVault\(.{0,300}\)$/,
  /^\[[^[\]]{1,100}\]$/,
  /^(?:\.{2,}|…|\*{3,}|x{3,}|-{3,}|_{3,})$/i,
  /^\{[\w .-]{1,60}\}$/,
  // Of Kong and others: `{vault://env/name}`.
  /^\{[a-z]{2,12}:\/\/[^{}]{1,200}\}$/,
  // Azure DevOps, Ansible and the like.
  /^__[A-Za-z]\w{0,60}__$/,
  /^@@?[A-Za-z][\w.-]{0,60}@@?$/,
];

/** Placeholders in the host of a URL or in its path, where nothing else looks like them. */
const inUrl: readonly RegExp[] = [
  /\{[\w .-]{1,60}\}/,
  /\$[A-Za-z_]\w{0,60}/,
  /%(?![0-9A-Fa-f]{2})[A-Za-z_]\w{1,60}%/,
  /(?<=[/.@-])your[-_]?[\w-]{1,60}/i,
  /(?<=[/.])__[A-Za-z]\w{0,60}?__(?![\w-])/,
  /(?<=\/)(?:(?:an?[-_])?(?:tenant|realm|domain)(?:[-_]id)?|\.{3})(?=\/)/i,
];

/** Words that ask to be replaced. */
const fillIn =
  /^(?:your\b|change ?(?:me|it|this)\b|replace ?(?:me|this|your)\b|insert\b|enter\b|paste\b|fill ?in\b|todo\b(?! (?:app|api|spa|ui|web|list)\b)|tbd\b|fixme\b|placeholder\b|redacted\b|dummy\b|client ?id$|client ?secret$|(?:[a-z]+ ){1,5}here$|an? client (?:id|secret)$|(?:id|secret) of (?:the )?client$|(?:[a-z]+ ){1,4}placeholder$|some ?secret$|null$|undefined$)/;

/** What opens the form for a value that may be another client's. */
export const standsElsewhere = (name: string): string =>
  `\${${name.slice(0, 60)}, which stands elsewhere in the text}`;

/** The placeholder that a value still holds; absent when it is a value. */
export function placeholderIn(value: string): string | undefined {
  const text = value.slice(0, 4096).trim();
  for (const pattern of anywhere) {
    const found = pattern.exec(text);
    if (found) return found[0];
  }
  if (whole.some((pattern) => pattern.test(text))) return text;
  if (/^[a-z]{2,10}:\/\//i.test(text)) {
    const found = inUrl.map((pattern) => pattern.exec(text)?.[0]).find((one) => one !== undefined);
    return found;
  }
  return fillIn.test(wordsOf(text)) ? text.slice(0, 60) : undefined;
}

/** `YOUR_CLIENT_ID`, `yourClientId` and `Your client-id` are `your client id`. */
function wordsOf(text: string): string {
  return text
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
