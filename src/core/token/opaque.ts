/** Prefixes of opaque tokens, from their issuers' documentation. */
const beginnings: readonly (readonly [RegExp, string])[] = [
  [/^gho_/, 'a GitHub OAuth access token'],
  [/^ghu_/, 'a GitHub App user token'],
  [/^ghs_/, 'a GitHub App installation token'],
  [/^ghr_/, 'a GitHub refresh token'],
  [/^(ghp_|github_pat_)/, 'a GitHub personal access token'],
  [/^xox[abpe][-.]/, 'a Slack token'],
  [/^ya29\./, 'a Google access token'],
  [/^1\/\//, 'a Google refresh token'],
  [/^00D[A-Za-z0-9]{9,15}!/, 'a Salesforce access token'],
  [/^glpat-/, 'a GitLab personal access token'],
  [/^[01]\.A[A-Za-z0-9_-]{20,}/, 'an Entra ID refresh token'],
  [/^v[1-4]\.local\./, 'an encrypted PASETO'],
  [/^v[1-4]\.public\./, 'a signed PASETO'],
  [/^sk_(live|test)_/, 'a Stripe key'],
];

/** Whose opaque token this seems to be, in a few words, judged by its prefix only. */
export function opaqueKind(token: string): string | undefined {
  return beginnings.find(([beginning]) => beginning.test(token))?.[1];
}
