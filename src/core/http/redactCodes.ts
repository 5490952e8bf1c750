import { maskSeen, type Seen } from './mask.ts';

/** What is said of a code that lets somebody in, and the code; others have codes, too: of errors, of countries. */
const forms: readonly RegExp[] = [
  /(\b(?:(?:verification|security|recovery|backup|confirmation|authentication|one[- ]time|log-?in|sign-?in|sms|your)[ -](?:pass)?code|one[- ]time[ -](?:password|pin)|passcode|otp|pin(?:[ -]code)?)(?:\s{0,3}[:=]|\s{1,3}(?:is|was|(?:(?:has|was|is)\s)?(?:been\s)?(?:re)?set\sto|(?:(?:has|was|is)\s)?(?:been\s)?changed\sto)\b:?)(?:\\[nrt]|[\s"'*\\]|<[^<>]{0,200}>){0,9})(\d{3}[ -]\d{3}|\d{4,10})(?![\w-]|\.\w)/gi,
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
