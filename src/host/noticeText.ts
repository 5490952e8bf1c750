import { shorten } from '../core/http/plainText.ts';
import { withoutIcons } from '../core/session/statusLine.ts';
import { visibleText } from '../shared/visibleText.ts';

/** Most characters of a message, a prompt or an item; more than anybody reads in a notification. */
const longestNotice = 2000;

/**
 * Makes untrusted text safe for VS Code's messages, prompts and titles: no link (VS Code turns `[label](address)` into one, to
 * commands too), no icon, no character that hides or reorders others, and a limited length.
 */
export function noticeText(text: string, limit = longestNotice): string {
  // Invisible characters become marks first: no mark joins a bracket to a parenthesis, and none stands for what was cut away.
  return withoutIcons(shorten(visibleText(shorten(text, limit)), limit)).replaceAll('](', '] (');
}

/** A link of our own behind a sentence: progress notifications have no buttons. */
interface NoticeLink {
  readonly label: string;
  /** The command's id. */
  readonly command: string;
  readonly argument: unknown;
}

/** A sentence, with links of our own behind it. */
export interface Notice {
  readonly text: string;
  readonly links: readonly NoticeLink[];
}

/** The text for VS Code; only links that are passed as links become links. */
export function noticeMarkup(notice: string | Notice): string {
  if (typeof notice === 'string') return noticeText(notice);
  const links = notice.links.map(commandLink);
  return [withoutOpenBracket(noticeText(notice.text)), ...links].filter(Boolean).join(' ');
}

/** An unclosed bracket would become part of the label of the link behind it. */
function withoutOpenBracket(text: string): string {
  const open = text.lastIndexOf(']') + 1;
  return text.slice(0, open) + text.slice(open).replaceAll('[', '(');
}

/** A link that runs a command, in a message or in Markdown. */
export function commandLink({ label, command, argument }: NoticeLink): string {
  return `[${label.replace(/[[\]()]/g, ' ')}](command:${command}?${encodeURIComponent(JSON.stringify([argument])).replace(/[()']/g, escapeMark)})`;
}

/** `encodeURIComponent` leaves parentheses and quotes, which would end the link. */
function escapeMark(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16)}`;
}
