import type { SourceView } from '../../../shared/views/finding.ts';
import { showWith, type Spoil } from '../boundProof.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { hear } from '../heard.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { Undetermined } from '../undetermined.ts';
import { rfc } from '../../source.ts';
import { userinfoToken } from '../userinfoToken.ts';

/** One way to send a bound token without the right proof. */
interface WrongProof {
  /** Stable; a part of the check's id. */
  readonly name: string;
  readonly title: string;
  /** What is wrong, to follow “A bound token” within a sentence. */
  readonly what: string;
  readonly spoil: Spoil;
  /** The right proof is sent twice. */
  readonly twice?: true;
  readonly advice: string;
  readonly sources: readonly SourceView[];
}

/** A check that the server refuses a bound token that is sent with one fault. @see RFC 9449 section 4.3 */
export function proofCheck({ name, title, what, spoil, twice, advice, sources }: WrongProof): Check {
  return {
    id: `dpop.${name}`,
    area: 'dpop',
    title,
    tries: `Shows a bound token ${what} at the userinfo endpoint.`,
    expects: 'It refuses.',
    judged: `An answer with data ${twice ? 'is a weakness' : 'fails'}.`,
    sources: [...sources, rfc(9449, '4.3')],
    needs: { authorization: true, bound: true, signIn: 'always', endpoint: 'userinfo' },
    requests: 3,
    signIns: 0,
    async run(bench) {
      const response = await answerTo(bench, twice ? remembered(spoil) : spoil, twice === true);
      if ((await hear(response)) === 'served')
        return (twice ? weakness : fail)(`The userinfo endpoint takes a bound token ${what}.`, advice);
      return pass(`A bound token ${what} is refused with status ${response.status}.`);
    },
  };
}

async function answerTo(bench: Bench, spoil: Spoil, twice: boolean): Promise<Response> {
  const { accessToken, tokenType = '' } = await bench.onceInRun('bound', userinfoToken);
  if (tokenType.toLowerCase() !== 'dpop')
    throw new Undetermined('The server gave a token that is not bound to the key.');
  if (!twice) return showWith(bench, accessToken, spoil);
  const first = await showWith(bench, accessToken, spoil);
  if ((await hear(first)) === 'refused')
    throw new Undetermined(`A right proof was refused, too, with status ${first.status}.`);
  return showWith(bench, accessToken, spoil);
}

/** Makes the headers once, and anew only when the server asks for another nonce. */
function remembered(spoil: Spoil): Spoil {
  let made: { readonly nonce: unknown; readonly headers: Readonly<Record<string, string>> } | undefined;
  return async (right) => {
    const { nonce } = right.claims;
    if (made === undefined || (nonce !== undefined && nonce !== made.nonce))
      made = { nonce, headers: await spoil(right) };
    return made.headers;
  };
}
