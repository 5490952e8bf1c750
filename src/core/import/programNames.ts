/** What gives several names a value, or one a value that differs each time: what a function is given, what is taken apart, a loop. */
const givesSeveral = new RegExp(
  [
    String.raw`\b(?:def|func|fun|fn|function|sub)\b[^(\n]{0,100}\(([^)]{0,2000})\)(?:[ \t]{0,9}\w{1,100}\(([^)]{0,2000})\))?`,
    String.raw`(?<!\b(?:if|for|while|switch)[ \t]{0,9})\(([^()]{0,2000})\)[^(){};=\n]{0,100}(?:=>|\{)`,
    String.raw`\b(\w{1,100})[ \t]{0,9}=>`,
    String.raw`\|([^|\n]{1,500})\|`,
    String.raw`\bfor\b[^\n;]{0,100}?(\w{1,100})[ \t]{1,9}(?:in|of)\b`,
    String.raw`\b(?:const|let|var|val)[ \t]{0,9}[{[(]([^}\])]{0,2000})[}\])]`,
    String.raw`^[ \t]*((?:\$?\w{1,100}[ \t]{0,9},[ \t]{0,9}){1,20}\$?\w{1,100})[ \t]{0,9}:?=`,
    String.raw`\bas[ \t]{1,9}(\w{1,100})[ \t]{0,9}:`,
  ].join('|'),
  'gm',
);

/** The words in these: where they are seen, such a name stands for another text. */
export function parametersIn(text: string): ReadonlySet<string> {
  const lists = [...text.matchAll(givesSeveral)].flatMap(([, ...groups]) => groups);
  return new Set(lists.flatMap((list: string | undefined) => list?.match(/[\w$]{1,100}/g) ?? []));
}
