// A flow view with 200 exchanges: from the message that brings its model to the painted page, in headless Chromium.
import { flowView } from '../../src/core/flowView/flowView.ts';
import { flowEntries } from '../webview/flowSamples.ts';
import { ViewPage } from '../webview/view.ts';
import { median, result } from './statistics.ts';

const rounds = 9;

const views = await ViewPage.start();
try {
  const model = flowView(flowEntries.many);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { page } = await views.open('flow');
    const painted = await page.evaluate(
      (flow) =>
        new Promise<number>((resolve) => {
          const sent = performance.now();
          window.addEventListener('message', () => {
            // The view has drawn in its own listener, which came first; the second frame follows the paint of the first.
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - sent)));
          });
          window.postMessage({ type: 'show', model: flow });
        }),
      model,
    );
    if ((await page.locator('.step').count()) !== model.steps.length)
      throw new Error('The flow view does not show every exchange.');
    times.push(painted);
  }
  // The first one is cold.
  result('flow_view_ms', median(times.slice(1)), 'ms');
} finally {
  await views.close();
}
