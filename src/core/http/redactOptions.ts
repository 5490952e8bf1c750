import { maskSeen, type Seen } from './mask.ts';
import { isSecretName } from '../secretNames.ts';

/** What follows `-u me:` of curl, `-a me:` of HTTPie, `--user me:` and the like. */
const accounts =
  /(?<![\w-])((?:-[a-zA-Z]{0,5}[uU](?:[ \t]{1,3}|(?=["'\w]))|-a[ \t]{1,3}|--(?:proxy-|http-)?(?:user|auth)[ \t=]{1,3})["']?[^\s:"'=]{1,100}:(?!\/\/))([^\s"'<]{1,2000})/g;

/** An option that is the name of a secret, and its value. */
const options = /(?<![\w-])(--([a-z][\w-]{1,60})[ \t]{1,3}["']?)([^\s"'<-][^\s"'<]{3,2000})/gi;

/** A command in which passwords and secrets given as options are masked, as `curl -u me:password`; linear in its length. */
export function redactOptions(text: string, seen: Seen | undefined): string {
  if (!text.includes('-')) return text;
  const hide = (value: string) => (value.includes('…') ? value : maskSeen(value, seen));
  return text
    .replace(accounts, (_all, before: string, value: string) => before + hide(value))
    .replace(options, (all, before: string, name: string, value: string) =>
      isSecretName(name) ? before + hide(value) : all,
    );
}

/** What a word of a command says about the next one: that all of it is secret, or what stands after its colon, or nothing. */
export function nextOf(option: string): 'secret' | 'account' | undefined {
  if (option.length > 60 || !option.startsWith('-')) return undefined;
  if (/^(?:-[a-zA-Z]{0,5}[uU]|-a|--(?:proxy-|http-)?(?:user|auth))$/.test(option)) return 'account';
  return option.startsWith('--') && isSecretName(option.slice(2)) ? 'secret' : undefined;
}
