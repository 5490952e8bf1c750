import { shorten } from '../core/http/plainText.ts';
import { withoutIcons } from '../core/session/statusLine.ts';
import { visibleText } from '../shared/visibleText.ts';

/** Most characters of a message, a prompt or an item; more than anybody reads in a notification. */
const longestNotice = 2000;

/**
 * A text with words from outside as VS Code's messages, prompts and titles may show it: no link (VS Code makes links, to
 * commands too, of `[label](address)`), no icon, no character that hides or reorders others, and not endless.
 */
export function noticeText(text: string, limit = longestNotice): string {
  // Marks first: they never join a bracket to a parenthesis, and a text that was cut has none of what was cut away.
  return withoutIcons(shorten(visibleText(shorten(text, limit)), limit)).replaceAll('](', '] (');
}

/** A link of our own behind a sentence: notifications with progress take no buttons. */
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

/** What is handed to VS Code for a sentence; only links that are given as links become links. */
export function noticeMarkup(notice: string | Notice): string {
  if (typeof notice === 'string') return noticeText(notice);
  const links = notice.links.map(commandLink);
  return [withoutOpenBracket(noticeText(notice.text)), ...links].filter(Boolean).join(' ');
}

/** A bracket that nothing closes would begin the words of the link that stands behind. */
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
