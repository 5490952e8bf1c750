/** One section of an INI-like text. */
export interface IniSection {
  /** As between the brackets, without quotes; empty for what stands above the first one. */
  readonly name: string;
  readonly text: string;
}

/** A line such as `[orders]`, `[[clients]]` (TOML) or `[remote "orders"]` (git), with a comment or none behind it. */
const heading = /^[ \t]*\[\[?[ \t]*(["']?\w[^[\]{}\r\n]{0,199})\]\]?[ \t]*(?:[#;][^\n]*)?\r?$/gm;

/** The sections of an INI-like text in their order; a text without headings is one section. */
export function iniSections(text: string): IniSection[] {
  const sections: IniSection[] = [];
  let start = 0;
  let name = '';
  const close = (end: number) => {
    const inside = text.slice(start, end);
    if (inside.trim() !== '') sections.push({ name, text: inside });
  };
  for (const found of text.matchAll(heading)) {
    close(found.index);
    name = (found[1] ?? '').replaceAll(/["']/g, '').trim();
    start = found.index + found[0].length;
  }
  close(text.length);
  return sections;
}

/** Whether a text that begins with a bracket begins with a section's heading. */
export function beginsWithSection(text: string): boolean {
  return text.slice(0, 300).search(heading) === 0;
}
