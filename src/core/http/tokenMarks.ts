import { mask } from './mask.ts';

/**
 * How tokens begin that say whose they are, by how many characters follow at least; letters and digits, or with `_`, `-` and points
 * between.
 *
 * @see https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns, and the issuers' own documentation
 */
const starts: readonly (readonly [length: number, plain: boolean, starts: string])[] = [
  [
    30,
    false,
    'ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glsa_ glc_ AIza nvapi- pscale_tkn_ pscale_pw_ pscale_oauth_',
  ],
  [
    20,
    false,
    'glpat- gloas- gldt- glrt- glcbt- glptt- glft- glsoat- glagent- glimt- GOCSPX- ya29. hvs. hvb. hvr.',
  ],
  [
    20,
    false,
    'xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxe. xapp- sk- tskey- sq0atp- sq0csp- NRAK- ATATT3 ATCTT3',
  ],
  [
    30,
    false,
    'ory_at_ ory_rt_ ory_ac_ authelia_at_ authelia_rt_ authelia_ac_ pat-na1- pat-eu1- HRKU- xkeysib- dt0c01.',
  ],
  [
    24,
    false,
    'dckr_pat_ dckr_oat_ figd_ sntrys_ sntryu_ dp.pt. dp.st. dp.ct. CFPAT- SG. pypi-AgE PMAK- ATBB',
  ],
  [
    20,
    true,
    'sk_live_ sk_test_ rk_live_ rk_test_ whsec_ npm_ hf_ gsk_ r8_ pplx- xai- lin_api_ lin_oauth_ phx_ sbp_',
  ],
  [
    32,
    true,
    'shpat_ shpca_ shppa_ shpss_ dop_v1_ doo_v1_ dor_v1_ rubygems_ ntn_ dapi pul- EAA AGE-SECRET-KEY-1',
  ],
  [16, true, 'AKIA ASIA ABIA ACCA'],
];

const alternatives = starts.flatMap(([length, plain, all]) =>
  all
    .split(' ')
    .map(
      (start) =>
        start.replaceAll('.', String.raw`\.`) +
        (plain ? `[A-Za-z\\d]{${length},}` : `[\\w-](?:\\.?[\\w-]){${length - 1},}`),
    ),
);
const marked = new RegExp(`(?<![A-Za-z\\d])(?:${alternatives.join('|')})(?![\\w-])`, 'g');
/** Client secrets of Entra, and tokens of Discord’s bots, whose id, a number, is in base64: what tells them stands in the middle. */
const inside =
  /(?<![\w.~-])(?:[\w.~-]{3}\dQ~[\w.~-]{31,36}|(?:[MNO][DTjz][AEIMQUYcgk][w-z\d]){5}\w{3,8}\.[\w-]{6}\.[\w-]{27,40})(?![\w~-])/g;
/** Tokens of Telegram’s bots, and refresh tokens of Google, with signs that part words. */
const parted = /(?<![\w/])(?:\d{8,10}:AA[\w-]{33}|1\/\/0[\w-]{30,300})(?![\w-])/g;

/** A run of letters, digits and what may stand between in which such tokens are masked; what is only words and numbers is none. */
export function maskMarked(run: string): string {
  return run
    .replace(inside, mask)
    .replace(marked, (token) => (isOfWords(token.slice(4)) ? token : mask(token)));
}

/** Whether each part of a text is a word or a number, as in an address of a page or of a host. */
function isOfWords(text: string): boolean {
  return text.split(/[-_.]/).every((part) => word.test(part));
}

const word = /^(?:\d{1,8}|[A-Z]?[a-z]{0,15}|[A-Z]{1,15})$/;

/** A text in which those are masked that are not of one run. */
export function maskParted(text: string): string {
  return text.replace(parted, mask);
}
