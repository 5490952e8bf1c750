/** Whether plain text refuses in OAuth's own words, which no firewall or proxy would use. */
export function isOwnRefusal(text: string): boolean {
  return text.length < 300 && !text.includes('<') && (part.test(text) || wrong.test(text));
}

const part =
  /\b(?:client[_ ]?(?:id|secret)|redirect[_ ]?ur[il]|code_verifier|grant[_ ]?type|(?:access|refresh)[_ ]token|authori[sz]ation code)\b/i;
const wrong = /^(?:invalid|unknown|expired) (?:code|token|client|grant|scope)\b/i;
