import type { Bench } from './bench.ts';
import type { Judgement, RedirectFact } from './check.ts';
import { notApplicable, notDetermined } from './judgement.ts';
import { describeProbe } from './probe.ts';
import { redirectInBrowser } from './redirectInBrowser.ts';

/** The judgements for variants of the redirect URI. */
export interface VariantWords {
  /** Given when the server accepts `uri`. */
  readonly accepted: (uri: string, answer: string) => Judgement;
  /** Given when it accepts none of them. */
  readonly refused: () => Judgement;
  readonly fact?: RedirectFact;
}

/**
 * Tries variants of the accepted redirect URI until the server accepts one: by requests alone or, where these do not tell, with
 * the browser, for variants that lead to our port.
 *
 * @param variants makes them from the accepted redirect URI
 */
export async function tryVariants(
  bench: Bench,
  variants: (uri: string) => readonly string[],
  { accepted, refused, fact }: VariantWords,
): Promise<Judgement> {
  const { uri: base, tells } = await bench.notRefused();
  // A server that signs everybody in first tells nothing without a browser.
  if (!tells && !bench.canSignIn) await bench.accepted();
  const inBrowser = bench.canSignIn ? variants(bench.listening) : [];
  let unclear: string | undefined;
  let refusals = 0;
  const untried: string[] = [];
  let tried = 0;
  for (const [index, uri] of variants(base).entries()) {
    // A private-use URI may have no host or path to vary.
    if (uri === base) continue;
    tried++;
    const { answer, acceptance } = await bench.redirect(uri);
    if (acceptance === 'accepted') return withFact(accepted(uri, describeProbe(answer)), fact, true);
    const seen = acceptance === 'refused' ? undefined : await redirectInBrowser(bench, inBrowser[index]);
    if (seen?.verdict === 'accepted')
      return withFact(accepted(seen.shown, `redirected to ${seen.shown}`), fact, true);
    if (seen?.verdict !== 'unclear') refusals++;
    else if (bench.canSignIn) untried.push(uri);
    if (seen?.verdict === 'unclear')
      unclear ??= `For ${uri} the server ${describeProbe(answer)}, which does not tell.`;
  }
  if (tried === 0) return notApplicable('This redirect URI has no part that could be changed like that.');
  if (unclear === undefined) return withFact(refused(), fact, false);
  // The browser cannot try a variant that does not lead to our port.
  if (refusals === 0 || untried.length === 0) return notDetermined(unclear);
  const judgement = refused();
  const but = ` Not tried, since the answer would not come back here: ${untried.join(', ')}.`;
  return withFact({ ...judgement, meaning: judgement.meaning + but }, fact, false);
}

function withFact(judgement: Judgement, fact: RedirectFact | undefined, value: boolean): Judgement {
  return fact === undefined ? judgement : { ...judgement, facts: { [fact]: value } };
}

/** The advice for every laxness in comparing redirect URIs. */
export const compareExactly =
  'Compare redirect URIs character by character with the registered ones; only the port of a loopback IP may differ.';
