import type { Bench } from './bench.ts';
import type { Judgement, RedirectFact } from './check.ts';
import { notDetermined } from './judgement.ts';
import { describeProbe } from './probe.ts';

/** What to say of a variant of the redirect URI. */
export interface VariantWords {
  /** Said when the server takes `uri`. */
  readonly accepted: (uri: string, answer: string) => Judgement;
  /** Said when it takes none of them. */
  readonly refused: () => Judgement;
  readonly fact?: RedirectFact;
}

/** Tries variants of a redirect URI until the server takes one. */
export async function tryVariants(
  bench: Bench,
  variants: readonly string[],
  { accepted, refused, fact }: VariantWords,
): Promise<Judgement> {
  let unclear: string | undefined;
  for (const uri of variants) {
    const { answer, acceptance } = await bench.redirect(uri);
    if (acceptance === 'accepted') return withFact(accepted(uri, describeProbe(answer)), fact, true);
    if (acceptance === 'unclear')
      unclear = `For ${uri} the server ${describeProbe(answer)}, which does not tell.`;
  }
  return unclear === undefined ? withFact(refused(), fact, false) : notDetermined(unclear);
}

function withFact(judgement: Judgement, fact: RedirectFact | undefined, value: boolean): Judgement {
  return fact === undefined ? judgement : { ...judgement, facts: { [fact]: value } };
}

/** The advice for every laxness in comparing redirect URIs. */
export const compareExactly =
  'Compare redirect URIs character by character with the registered ones; only the port of a loopback IP may differ.';
