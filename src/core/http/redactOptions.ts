import { maskSeen, type Seen } from './mask.ts';
import { isSecretName } from '../secretNames.ts';

/** What follows `-u me:` of curl, `-a me:` of HTTPie, `--user me:` and the like. */
const accounts =
  /(?<![\w-])((?:-[a-zA-Z]{0,5}[uU](?:[ \t]{1,3}|(?=["'\w]))|-a[ \t]{1,3}|--(?:proxy-|http-)?(?:user|auth)[ \t=]{1,3})["']?[^\s:"'=]{1,100}:(?!\/\/))([^\s"'<]{1,2000})/g;

/** An option that is the name of a secret, and its value. */
const options = /(?<![\w-])(--([a-z][\w-]{1,60})[ \t]{1,3}["']?)([^\s"'<-][^\s"'<]{3,2000})/gi;

/** Commands with a password behind a letter, and up to twelve words between. `mysql -p db` asks for it: there it stands without a blank. */
const letters: readonly RegExp[] = [
  /(?<![\w-])((?:(?:mysql|mariadb)[\w-]{0,9}|7za?)(?:[ \t]{1,3}(?!-p\S)[^\s|;&]{1,100}){0,12}[ \t]{1,3}-p["']?)([^\s"'<]{1,2000})/g,
  /(?<![\w-])(sshpass(?:[ \t]{1,3}-(?!p)\S{1,60}){0,3}[ \t]{1,3}-p[ \t]{0,3}["']?)([^\s"'<]{1,2000})/g,
  /(?<![\w-])((?:mongo\w{0,9}|(?:docker|podman|az)[ \t]login)(?:[ \t]{1,3}(?!-p)[^\s|;&]{1,100}){0,12}[ \t]{1,3}-p[ \t]{1,3}["']?)([^\s"'<-][^\s"'<]{0,2000})/g,
  /(?<![\w-])(redis-cli(?:[ \t]{1,3}(?!-a)[^\s|;&]{1,100}){0,12}[ \t]{1,3}-a[ \t]{1,3}["']?)([^\s"'<-][^\s"'<]{0,2000})/g,
  /(?<![\w-])(ldap[a-z]{3,9}(?:[ \t]{1,3}(?!-w)[^\s|;&]{1,100}){0,12}[ \t]{1,3}-w[ \t]{1,3}["']?)([^\s"'<-][^\s"'<]{0,2000})/g,
  /(?<![\w-])((?:sqlcmd|bcp|(?:un)?zip)(?:[ \t]{1,3}(?!-P)[^\s|;&]{1,100}){0,12}[ \t]{1,3}-P[ \t]{0,3}["']?)([^\s"'<-][^\s"'<]{0,2000})/g,
  /(?<![\w-])((?:smb|rpc)client(?:[ \t]{1,3}(?!-U)[^\s|;&]{1,100}){0,12}[ \t]{1,3}-U[ \t]{0,3}["']?[^\s%"']{1,100}%)([^\s"'<]{1,2000})/g,
  /(?<![\w-])(net[ \t]use[ \t](?:(?!\/user:)\S{1,200}[ \t]{1,3}){0,4}\/user:\S{1,100}[ \t]{1,3})([^\s"'<]{1,2000})/gi,
  /(?<![\w-])(sqlplus[ \t]{1,3}(?:-\w[ \t]{1,3}){0,3}["']?[\w.-]{1,100}\/)([^\s"'@<]{1,2000})/g,
];

/** The same with one sign, as Java and PowerShell have it; in sentences, what comes next is a word. */
const flags =
  /(?<![\w-])(-([a-z][a-z-]{3,60})[ \t]{1,3}["']?)(?=[^\s"']{0,300}\d)([^\s"'<$-][^\s"'<]{3,2000})/gi;

/** What is masked already, with or without the account, or an example that is cut off. */
const cut = /^([^:…]*:|.{0,4})…[^]{0,6}$/;

const keyStore = /^(?:src|dest)?(?:key|store)pass$/i;

/** A command in which passwords and secrets given as options are masked, as `curl -u me:password`; linear in its length. */
export function redactOptions(text: string, seen: Seen | undefined): string {
  if (!/[-/]/.test(text)) return text;
  const hide = (value: string) => (cut.test(value) ? value : maskSeen(value, seen));
  return letters
    .reduce(
      (shown, form) => shown.replace(form, (_, before: string, value: string) => before + hide(value)),
      text,
    )
    .replace(accounts, (_all, before: string, value: string) => before + hide(value))
    .replace(flags, (all, before: string, name: string, value: string) =>
      isSecretName(name) || keyStore.test(name) ? before + hide(value) : all,
    )
    .replace(options, (all, before: string, name: string, value: string) =>
      isSecretName(name) ? before + hide(value) : all,
    );
}

/** What a word of a command says about the next one: that all of it is secret, or what stands after its colon, or nothing. */
export function nextOf(option: string): 'secret' | 'account' | undefined {
  if (option.length > 60 || !option.startsWith('-')) return undefined;
  if (/^(?:-[a-zA-Z]{0,5}[uU]|-a|--(?:proxy-|http-)?(?:user|auth))$/.test(option)) return 'account';
  return option.startsWith('--') && isSecretName(option) ? 'secret' : undefined;
}
