import { mask } from './mask.ts';
import { isNameCharacter, runsIn } from './replaceRuns.ts';

/** What a token that says whose it is lets one do; absent: it is masked, but is not a secret that a file must not hold. */
type MarkedKind = 'bearer' | 'refresh_token' | 'client_secret' | 'credentials';

/** Where such a token stands, as offsets in UTF-16 units. */
export interface MarkedToken {
  readonly start: number;
  readonly end: number;
  readonly kind: MarkedKind | undefined;
}

/** What follows how a token begins: letters, digits, `_`, `-` and points between, or only letters and digits. */
type Following = 'any' | 'plain';

/**
 * How tokens begin that say whose they are, by how many characters follow at least. Keys that a web page may show, those of sandboxes, and
 * what only names a key are of no kind.
 *
 * @see https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns, https://github.com/gitleaks/gitleaks, and the issuers' own documentation
 */
const starts: readonly (readonly [MarkedKind | undefined, number, Following, string])[] = [
  ['bearer', 30, 'any', 'ghp_ gho_ ghu_ ghs_ github_pat_ ory_at_ authelia_at_ pscale_oauth_ y0_'],
  ['bearer', 20, 'any', 'xoxb- xoxp- xoxa- xoxr- xoxs- xoxe. xapp- glpat- ya29. sq0atp- hvs. hvb. hvr.'],
  ['bearer', 60, 'any', 'sl. vk1.a. tfp_ pat. sat.'],
  ['bearer', 32, 'plain', 'nfp_ doo_v1_ IGQV IGAA'],
  ['bearer', 40, 'any', 'sha256~'],
  ['refresh_token', 30, 'any', 'ghr_ ory_rt_ authelia_rt_ 5Aep861'],
  ['refresh_token', 20, 'any', 'xoxe-'],
  ['refresh_token', 32, 'plain', 'dor_v1_'],
  ['client_secret', 20, 'any', 'GOCSPX- gloas- sq0csp- WPL_AP1.'],
  ['client_secret', 32, 'plain', 'shpss_ p8e- s-s4t2ud- s-s4t2af-'],
  ['credentials', 20, 'any', 'gldt- glrt- glcbt- glptt- glft- glsoat- glagent- glimt- glffct- GR1348941'],
  ['credentials', 20, 'any', 'tskey sk-'],
  ['credentials', 20, 'any', 'NRAK- ATATT3 ATCTT3 tvly- sb_secret_ mdb_sa_sk_'],
  ['credentials', 30, 'any', 'glsa_ glc_ nvapi- pscale_tkn_ pscale_pw_ pat-na1- pat-eu1- HRKU- xkeysib-'],
  ['credentials', 30, 'any', 'dt0c01.'],
  ['credentials', 30, 'any', 'amzn.mws. APP_USR- access-production- duffel_live_ fo1_ fio-u- sgp_ dnkey-'],
  ['credentials', 30, 'any', 'tk-us- ops_eyJ'],
  ['credentials', 24, 'any', 'dckr_pat_ dckr_oat_ figd_ sntrys_ sntryu_ dp.pt. dp.st. dp.ct. CFPAT- SG.'],
  ['credentials', 24, 'any', 'pypi-AgE PMAK- ATBB'],
  ['credentials', 20, 'plain', 'sk_live_ rk_live_ sk_test_ rk_test_ npm_ hf_ gsk_ r8_ pplx- xai- lin_api_'],
  ['credentials', 20, 'plain', 'lin_oauth_ phx_ sbp_'],
  ['credentials', 32, 'plain', 'shpat_ shpca_ shppa_ dop_v1_ rubygems_ ntn_ dapi pul- AGE-SECRET-KEY-1'],
  ['credentials', 32, 'plain', 'pnu_ rdme_ shippo_live_ bkua_ CLOJARS_'],
  ['credentials', 32, 'plain', 'EZAK AKCp cmVmdGtu oy2 ico- squ_ sqp_ sqa_'],
  [undefined, 30, 'any', 'AIza ory_ac_ authelia_ac_ access-sandbox- duffel_test_ EAAA'],
  [undefined, 20, 'plain', 'whsec_'],
  [undefined, 32, 'plain', 'EAA EZTK shippo_test_'],
  [undefined, 16, 'plain', 'AKIA ASIA ABIA ACCA'],
];

const listed = starts.flatMap(([kind, length, following, all]) =>
  all.split(' ').map((start) => ({ kind, length, following, start })),
);
const alternatives = listed.map(
  ({ start, length, following }) =>
    start.replaceAll('.', String.raw`\.`) +
    (following === 'plain' ? `[A-Za-z\\d]{${length},}` : `[\\w-](?:\\.?[\\w-]){${length - 1},}`),
);
const marked = new RegExp(`(?<![A-Za-z\\d])(?:${alternatives.join('|')})(?![\\w-])`, 'g');

/** What a token is, what it always holds, by which a text is passed over that has none, and its form. */
type Form = readonly [kind: MarkedKind | undefined, held: string, form: RegExp];

/** Characters of the shortest token. */
export const shortestToken = 12;

/** Characters of the shortest that says whose it is. */
const shortestMarked = 20;

/** Of a token, with its dots and the tildes between disclosures. */
export const isOfToken = (code: number) => isNameCharacter(code) || code === 46 || code === 126;

/** Tokens that are told by what stands in their middle. */
const inside: readonly Form[] = [
  // Entra’s: three characters, a digit, `Q~`, and the rest.
  ['client_secret', 'Q~', /(?<![\w-])[\w.~-]{3}\dQ~[\w.~-]{29,35}[\w~-](?!\.?[\w~-])/g],
  // Those of Discord’s bots, whose id, a number, is in base64.
  [
    'bearer',
    '.',
    /(?<![\w.~-])(?:[MNO][DTjz][AEIMQUYcgk][w-z\d]){5}\w{3,8}\.[\w-]{6}\.[\w-]{27,40}(?![\w~-])/g,
  ],
  // Airtable’s and HCP Terraform’s.
  ['bearer', '.', /(?<![\w-])pat[A-Za-z\d]{14}\.[\da-f]{64}(?![\w-])/g],
  ['bearer', '.atlasv1.', /(?<![\w-])[A-Za-z\d]{14}\.atlasv1\.[\w-]{60,70}(?![\w-])/g],
  // Refresh tokens and codes of Entra, and those that apps of GitHub had.
  [undefined, '.A', /(?<![\w-])[01]\.A[\w-]{20,60}\.[\w-]{100,4000}(?![\w-])/g],
  [undefined, 'v1.', /(?<![\w-])v1\.[\da-f]{40}(?![\w-])/g],
  // Keys of Mailchimp.
  ['credentials', '-us', /(?<![\w-])[\da-f]{32}-us\d{1,2}(?![\w-])/g],
];

/** Tokens with signs that part words; what stands before them may be the letter of `\n` in a JSON string. */
const parted: readonly Form[] = [
  // Of Telegram’s bots, also within a URL.
  ['bearer', ':AA', /(?<!\d)\d{8,12}:AA[\w-]{33}(?![\w-])/g],
  ['refresh_token', '1//0', /(?<!(?<!\\(?=[nrt]))[\w/])1\/\/0[\w-]{30,300}(?![\w-])/g],
  // Codes of Google.
  [undefined, '4/0A', /(?<!(?<!\\(?=[nrt]))[\w/])4\/0A[\w-]{30,300}(?![\w-])/g],
  // Sessions of Salesforce, and tokens of Asana.
  ['bearer', '00D', /(?<!(?<!\\(?=[nrt]))\w)00D[A-Za-z\d]{9,15}![\w.]{59,300}\w(?!\w)/g],
  ['bearer', '/1', /(?<!(?<!\\(?=[nrt]))[\w/])[12]\/1\d{13,17}(?:\/1\d{13,17})?:[\da-f]{32}(?!\w)/g],
];

/** Every token in a text that says whose it is, those of a kind of form after the other; linear. */
export function markedTokens(text: string): readonly MarkedToken[] {
  const found: MarkedToken[] = [];
  for (const { start, end } of runsIn(text, isOfToken, shortestMarked)) {
    const run = text.slice(start, end);
    // Names and hosts, as most runs are, hold none.
    if (run.length < 100 && allWords.test(run)) continue;
    for (const [token, at] of matches(marked, run))
      if (!isOfWords(token.slice(4)))
        found.push({ start: start + at, end: start + at + token.length, kind: kindOf(token) });
    found.push(...formed(run, inside, start));
  }
  return [...found, ...formed(text, parted, 0)];
}

function formed(text: string, forms: readonly Form[], from: number): readonly MarkedToken[] {
  return forms
    .filter(([, held]) => text.includes(held))
    .flatMap(([kind, , form]) =>
      matches(form, text).map(([token, at]) => ({ start: from + at, end: from + at + token.length, kind })),
    );
}

/** What `matchAll` finds, which makes an expression anew each time. */
function matches(form: RegExp, text: string): readonly (readonly [token: string, at: number])[] {
  const found: [string, number][] = [];
  form.lastIndex = 0;
  for (let match = form.exec(text); match !== null; match = form.exec(text))
    found.push([match[0], match.index]);
  return found;
}

const kindOf = (token: string) => listed.find(({ start }) => token.startsWith(start))?.kind;

/** A run of letters, digits and what may stand between in which such tokens are masked; what is only words and numbers is none. */
export function maskMarked(run: string): string {
  return maskFormed(run, inside).replace(marked, (token) =>
    isOfWords(token.slice(4)) ? token : mask(token),
  );
}

function maskFormed(text: string, forms: readonly Form[]): string {
  let result = text;
  for (const [, held, form] of forms) if (text.includes(held)) result = result.replace(form, mask);
  return result;
}

/** Whether each part of a text is a word or a number, as in an address of a page or of a host. */
function isOfWords(text: string): boolean {
  return text.split(/[-_.]/).every((part) => word.test(part));
}

const oneWord = String.raw`(?:\d{1,8}|[A-Z]?[a-z]{0,15}|[A-Z]{1,15})`;
const word = new RegExp(`^${oneWord}$`);
const allWords = new RegExp(`^${oneWord}(?:[-_.]${oneWord})*$`);

/** A text in which those are masked that are not of one run. */
export function maskParted(text: string): string {
  return maskFormed(text, parted);
}
