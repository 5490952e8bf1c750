import { maskSeen, type Seen } from './mask.ts';

/** What a code is called that lets somebody in; others have codes, too: of errors, of countries. */
const names = [
  '(?:verification|security|recovery|backup|confirmation|authentication|one[- ]time|log-?in|sign-?in|sms|your|ihr|votre)[ -](?:pass)?code',
  'one[- ]time[ -](?:password|pin)|passcode|t?otp|pin(?:[ -]code)?|(?:bestätigungs|sicherheits|einmal|prüf)code',
  '(?:code|código|codice) d[ei] (?:v[eé]rific|conf[ei]rm|s[eé]gur|sécur|sicur)[a-zãçóé]{1,6}|验证码|驗證碼|(?:認証|確認)コード|인증번호|код подтверждения',
].join('|');
/** What stands between its name and itself. */
const between =
  '(?:\\s{0,3}[:=：是は]|\\s{1,3}(?:is|was|ist|lautet|est|es|é|è|(?:(?:has|was|is)\\s)?(?:been\\s)?(?:(?:re)?set|changed)\\sto|[—–-])(?![\\wé]):?|(?=\\s))(?:\\\\[nrt]|[\\s"\'*\\\\]|<[^<>]{0,200}>){0,9}';

const forms: readonly RegExp[] = [
  new RegExp(`((?<!\\w)(?:${names})${between})(\\d{3}[ -]\\d{3}|\\d{4,10})(?![\\w-]|\\.\\w)`, 'gi'),
  /((?<![\w.-])(?:[A-Z]-)?)(\d{3}[ -]\d{3}|\d{4,10})(?=\s{1,3}is\s{1,3}your\s(?:(?!postal|zip|area|country|error)[\w-]{1,30}\s){0,3}(?:code|otp|pin|passcode|password)\b)/gi,
  /(\b(?:recovery|backup)[ -]codes?(?:\s{0,3}[:=]|\s{1,3}(?:is|are)\b:?)\s{0,3})((?=[a-z-]*\d)[a-z\d]{4,8}(?:-[a-z\d]{4,8}){1,5})(?![\w-])/gi,
  /(\b(?:use|enter)\s(?:the\s)?(?:code\s)?)(\d{3}[ -]\d{3}|\d{4,10})(?=\s(?:to\s(?:sign|log|verify|confirm|reset)\b|as\syour\b))/gi,
];

/** A text in which the digits are masked that a message sends to prove who somebody is; linear in its length. */
export function redactCodes(text: string, seen: Seen | undefined): string {
  return forms.reduce(
    (shown, form) =>
      shown.replace(form, (_all, before: string, code: string) => before + maskSeen(code, seen)),
    text,
  );
}
