// A token of 500 claims and 200 scopes against the same view with nothing in it, in pairs: from the message to the painted page.
import type { TokenViewModel } from '../../src/shared/views/tokenView.ts';
import { tokenSamples } from '../webview/tokenSamples.ts';
import { ViewPage } from '../webview/view.ts';
import { median, result } from './statistics.ts';

const rounds = 13;
/** The first ones are cold. */
const coldRounds = 3;

const { many, nothing } = await tokenSamples();
if (many === undefined || nothing === undefined) throw new Error('The samples have no such token.');
if ((many.tokens[0]?.payload?.rows.length ?? 0) < 500 || (many.scopes?.rows.length ?? 0) < 200)
  throw new Error('The sample is too small.');
const views = await ViewPage.start();

/** Milliseconds from the message that brings a model to the painted page. */
async function painted(model: TokenViewModel): Promise<number> {
  const { page } = await views.open('token');
  return page.evaluate(
    (shown) =>
      new Promise<number>((resolve) => {
        const sent = performance.now();
        window.addEventListener('message', () => {
          // The view has drawn in its own listener, which came first; the second frame follows the paint of the first.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - sent)));
        });
        window.postMessage({ type: 'show', model: shown });
      }),
    model,
  );
}

try {
  const pairs: { readonly empty: number; readonly large: number }[] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({ empty: await painted(nothing), large: await painted(many) });
  const warm = pairs.slice(coldRounds);
  result('token_view_500_claims_ms', median(warm.map(({ large }) => large)), 'ms');
  result('token_view_500_claims_ratio', median(warm.map(({ large, empty }) => large / empty)), 'ratio');
} finally {
  await views.close();
}
