/** What a password is called, in the languages that servers and people write in; forms have it typed twice. */
const passwords =
  /(?:clave|passw(?:or)?d|pass(?:phrase|wort|ord)|pwd|kennwort|motdepasse|contrase[ñn]a|senha|palavrapasse|wachtwoord|(?:lösen|pass)ordet|lösenord|adgangskoden?|has[łl]o|heslo|jelszó|şifre|parola|пароль|パスワード|비밀번호|[密口][码碼令])(?:confirm(?:ation)?|\d)?$/;

/**
 * What a name ends in that holds a secret, without case and separators: `client_secret`, `X-Auth-Token`, `dbPassword`.
 * The one list: settings, redaction, exports and views ask here.
 */
const endings: readonly string[] = [
  ...['secret', 'password', 'passwd', 'passphrase', 'passcode', 'pwd', 'token'],
  ...['apikey', 'accesskey', 'secretkey', 'privatekey', 'sharedkey', 'subscriptionkey', 'accountkey'],
  ...['masterkey', 'signingkey', 'encryptionkey', 'authkey', 'servicekey', 'licensekey', 'sessionkey'],
  ...['functionskey', 'sharedaccesskey', 'storagekey'],
  ...['assertion', 'credential', 'credentials', 'signature', 'authorization', 'jwt', 'sessionid', 'cookie'],
  ...['codeverifier', 'authorizationcode', 'authcode', 'devicecode', 'usercode', 'verificationcode'],
  ...['tokenvalue', 'secretvalue', 'secrettext', 'passwordhash', 'hmackey', 'oauthverifier', 'pkceverifier'],
  ...['cléapi', 'jetondaccès', 'tokendeacceso', 'chavedeapi', 'clavedeapi', 'apischlüssel'],
  ...['geheimnis', 'secreto', 'segredo', 'segreto', 'токен', 'トークン'],
  ...[
    'securitycode',
    'recoverycode',
    'backupcode',
    'onetimecode',
    'mfacode',
    'otpcode',
    'factorcode',
    '2facode',
    'smscode',
    'samlresponse',
  ],
  ...['samlrequest', 'idtokenhint', 'loginhinttoken', 'authenticationinfo', 'proxyauthenticationinfo'],
];

/** Several of them. Of tokens only what nobody counts, and neither the `keys` of a key set nor the `signatures` of a text. */
const several =
  /(?:secret|passw(?:or)?d|passphrase|passcode|pwd|otp|jwt|(?:api|access|secret|private|shared)key|(?:backup|recovery|security|onetime|mfa|otp|factor|2fa)code|(?:access|refresh|api|auth|bearer|session|oauth|security|personal|csrf|xsrf)token)s$/;

/** Names that hold a secret when they, or the last word of them, are exactly that. */
const words: ReadonlySet<string> = new Set([
  ...['code', 'key', 'sig', 'otp', 'totp', 'pin', 'pass', 'passw', 'auth', 'session', 'ticket', 'samlart'],
  ...['wresult', 'authreqid', 'sid', 'sso', 'psw', 'cvv', 'cvc', 'tan', 'dpop', 'jsessionid', 'psk'],
  'oauth2bearer',
]);

/** Of these words only the whole name counts: `error_code` and `public_key` are not secrets. */
const wholeOnly: ReadonlySet<string> = new Set(['code', 'key', 'auth', 'session', 'ticket', 'sso', 'tan']);

/** What ends like a secret and is none: positions in lists, and what is public by its nature. */
const harmless: ReadonlySet<string> = new Set([
  ...['pagetoken', 'nextpagetoken', 'nexttoken', 'continuationtoken', 'synctoken', 'publickeytoken'],
  ...['secwebsocketkey', 'publickey'],
]);

/** Short for password: `pw`, `db_pw`, `userPw`, in Chinese; and `DB_PASS`, where it is not one of several: `first_pass`. */
const shortPassword = /(?:^|[_.-])[pP][wW]$|[a-z]Pw$|[密口][码碼令]$|令牌$/;
const countedPass =
  /(?:last|first|second|third|next|all|both|each|by|must|can|did|tests?|checks?|single|multi|two|one|render|high|low|band|boarding|season|full)pass$/;

/** Which of several it is: `token1`, `client_secret_2`, `CLIENT_SECRET_PROD`, `passwordOld`, `SECRET_KEY_BASE`. */
const which =
  /[_.-]?(?:\d{1,2}|prod(?:uction)?|dev(?:elopment)?|test(?:ing)?|stag(?:e|ing)|qa|uat|live|local|sandbox|old|new|current|previous|primary|secondary|base)$/i;
const longestWhich = 14;

/** The longest name of which more than its ends is looked at. */
const longest = 200;

/** As long as `pin`. */
const shortest = 3;

/** What the names of secrets end in, but for an `s`: most others do not, and need not be looked at further. */
const lastThree: ReadonlySet<string> = new Set([...endings, ...words].map((name) => name.slice(-3)));

/**
 * Whether a parameter, header field or member of this name holds a secret; camelCase, snake_case and kebab-case alike,
 * also as `user[password]` and `access_token[]`. Of a name that is too long to be one, both ends are asked.
 */
export function isSecretName(name: string): boolean {
  if (shortPassword.test(name.slice(-4))) return true;
  if (name.length < shortest) return false;
  if (name.length > longest) {
    const [first = ''] = /^[\w.-]*/.exec(name.slice(0, longest)) ?? [];
    return isSecretName(name.slice(-longest)) || isSecretName(first);
  }
  const last = lastPart(name);
  const plain = plainName(last);
  if (passwords.test(plain.slice(-20))) return true;
  // `key1` and `auth0` are anything.
  const end = which.exec(last.slice(-longestWhich))?.[0] ?? '';
  const one = last.slice(0, last.length - end.length);
  if (end !== '' && !(/\d$/.test(end) && /\d$/.test(one)))
    return !wholeOnly.has(plainName(one)) && isSecretName(one);
  if (!lastThree.has(plain.slice(-3)) && !(plain.endsWith('s') && lastThree.has(plain.slice(-4, -1))))
    return false;
  if (harmless.has(plain)) return false;
  if (words.has(plain) || endings.some((ending) => plain.endsWith(ending)) || several.test(plain))
    return true;
  const word = lastWord(last);
  if (word === 'pass') return !countedPass.test(plain);
  // Chinese and Japanese have no blank before it.
  return words.has(word) && (!wholeOnly.has(word) || /[\u3000-\uD7AF]\w+$/.test(last));
}

/** Whether only the word before a name would tell that it is a secret's: others have codes and keys, too. */
export const isShared = (name: string) => /^(?:key|code|auth|session|ticket)$/i.test(name);

/** Whether numbers that are called a `code` within an element or object of this name prove who somebody is, and are of no error. */
export function hasCodes(name: string): boolean {
  const plain = plainName(name.slice(-longest / 4));
  return plain !== '' && !/^(?:auth|device|user)$/.test(plain) && isSecretName(`${plain}code`);
}

/** Whether what is called so only says by which way, or wherein, such codes are sent; errors, states and countries have others. */
export const isWayOfCodes = (name: string) =>
  /^(?:sms|e?-?mail|phone|voice|call|push|app|channels?|data|challenges?|methods?|factors?|attempts?|requests?|details|attributes|payload)$/i.test(
    name,
  );

/** Whether such a code is a number, and as long as those that are sent. */
export const isSentCode = (value: string) => /^\d{4,10}$/.test(value);

/** Whether it is a password that is called so: people make those up themselves. */
export function isPasswordName(name: string): boolean {
  return passwords.test(plainName(name));
}

/** Whether a header field of this name holds credentials; also by what only header fields are called. */
export function isSecretHeader(name: string): boolean {
  const plain = plainName(name);
  if (harmless.has(plain) || harmlessHeaders.has(plain)) return false;
  // `X-Hub-Signature-256` and `Set-Cookie2` have a number behind.
  return isSecretName(name.replace(/\d{1,3}$/, '')) || headerEnding.test(plain);
}

const headerEnding = /(?:key|auth|pass|session|ticket|authentication|bearer|verifier|(?:token|secret)value)$/;

const harmlessHeaders: ReadonlySet<string> = new Set(['idempotencykey', 'cachekey', 'surrogatekey']);

/** A name without what spellings differ in: `accessToken`, `access_token` and `Access-Token` are the same. */
export function plainName(name: string): string {
  return /^[a-z\d]*$/.test(name) ? name : name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Of `user[password]`, `password`; of `a.b.token[0]`, `a.b.token`. */
function lastPart(name: string): string {
  if (!/[[\]]/.test(name)) return name;
  const parts = name.split(/[[\]]/).filter((part) => !/^\d*$/.test(part));
  return parts.at(-1) ?? name;
}

function lastWord(name: string): string {
  const all = name.slice(-20).split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/);
  return (all.at(-1) ?? '').toLowerCase();
}

/**
 * An error code that a JSON response keeps in `code`, such as `AADSTS50011` or `INVALID_LOGIN`: of one case, and too
 * plain for an authorization code.
 */
export function isErrorCode(value: string): boolean {
  return /^(?:[A-Z][A-Z0-9_.-]{0,31}|[a-z][a-z_.-]{0,31}|\d{1,6})$/.test(value);
}
