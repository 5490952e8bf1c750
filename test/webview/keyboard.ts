import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { View } from './view.ts';

/** Where Tab stops, in the order of its stops. */
export interface Stop {
  /** Its place among all elements of the page. */
  readonly at: number;
  /** What it is called, to be found again in a message. */
  readonly name: string;
  /** Set where nothing of it, or of what is in it, looks different while it has the focus. */
  readonly unseen?: true;
}

/** What can be used by hand, and so must be by keyboard; of a group that arrows move within, what has the place in the order. */
const controls = ':is(a[href], button, input, select, textarea, summary, [tabindex="0"])';

/**
 * Goes through a view by Tab from its beginning to its end: all that can be used is reached, in the order in which it is read,
 * each shows that it has the focus, and nothing keeps it.
 */
export async function assertKeyboard({ page }: Pick<View, 'page'>, view: string): Promise<readonly Stop[]> {
  await prepare(page);
  const stops: Stop[] = [];
  for (let count = 0; count < 400; count++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(stopHere);
    if (stop === undefined || stop.at === stops[0]?.at) break;
    assert.ok(count < 399, `${view}: ${stop.name} keeps the focus`);
    // One with several places of its own, such as a region that scrolls, counts once.
    if (stop.at !== stops.at(-1)?.at) stops.push(stop);
  }
  const backwards = stops.filter(({ at }, index) => at < (stops[index - 1]?.at ?? -1));
  assert.deepEqual(backwards, [], `${view}: the order of Tab is that of reading`);
  assert.deepEqual(
    stops.filter(({ unseen }) => unseen),
    [],
    `${view}: focus that cannot be seen`,
  );
  const reached = new Set(stops.map(({ at }) => at));
  const all = await page.evaluate(usable, controls);
  assert.deepEqual(
    all.filter(({ at }) => !reached.has(at)).map(({ name }) => name),
    [],
    `${view}: cannot be reached by Tab`,
  );
  return stops;
}

/** With the focus on each of `stops`, the view is drawn again: what had the focus has it still. */
export async function assertFocusKept(
  { page, show }: Pick<View, 'page' | 'show'>,
  view: string,
  stops: readonly Stop[],
  model: unknown,
): Promise<void> {
  for (const { at, name } of stops) {
    await page.evaluate(focusOn, at);
    const before = await page.evaluate(stopHere);
    await show(structuredClone(model));
    await page.evaluate(drawn);
    const after = await page.evaluate(stopHere);
    assert.equal(words(after), words(before), `${view}: ${name} lost the focus`);
  }
}

/** The name without the numbers that tick in it. */
function words(stop: Stop | undefined): string | undefined {
  return stop?.name.replace(/\d+/g, '');
}

/** What live regions said while `body` ran, each text as often as it was put there. */
export async function announced(
  { page }: Pick<View, 'page'>,
  body: () => Promise<void>,
): Promise<readonly string[]> {
  await page.evaluate(record);
  await body();
  await page.evaluate(drawn);
  return page.evaluate(() => (window as unknown as Recorder).heard);
}

interface Recorder extends Window {
  heard: string[];
}

async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
}

// What follows runs in the page, each by itself.

async function stopHere(): Promise<Stop | undefined> {
  const host = document.activeElement;
  if (!host || host === document.body) return undefined;
  const chain: Element[] = [host];
  for (let root = host.shadowRoot; root?.activeElement; root = root.activeElement.shadowRoot)
    chain.push(root.activeElement);
  const around = chain.flatMap((one) => [
    ...[one, ...one.querySelectorAll('*'), ...(one.shadowRoot?.querySelectorAll('*') ?? [])],
    ...(one.parentElement ? [one.parentElement] : []),
  ]);
  const looks = () =>
    around
      .map((one) => {
        const style = getComputedStyle(one);
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } = style;
        const outline =
          outlineStyle === 'none' || outlineWidth === '0px' ? '' : `${outlineWidth} ${outlineColor}`;
        return [outline, boxShadow, borderColor, backgroundColor, style.stroke, style.strokeWidth].join();
      })
      .join('|');
  // Elements with a shadow draw themselves a little later.
  const settle = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await settle();
  const focused = looks();
  const inner = chain.at(-1) as HTMLElement;
  inner.blur();
  await settle();
  const without = looks();
  inner.focus({ preventScroll: true });
  const label = host.getAttribute('aria-label') ?? host.getAttribute('label') ?? host.textContent;
  return {
    at: [...document.querySelectorAll('*')].indexOf(host),
    name: `${host.tagName.toLowerCase()} ${host.id} ${label.replace(/\s+/g, ' ').trim().slice(0, 60)}`,
    ...(focused === without && { unseen: true }),
  };
}

function usable(selector: string): readonly Stop[] {
  const all = [...document.querySelectorAll('*')];
  const shown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const radios = new Set<string>();
  return all.flatMap((element, at) => {
    if (!element.matches(selector) || !shown(element)) return [];
    const { tagName, id } = element;
    if (element.matches('[disabled], [tabindex="-1"], :disabled')) return [];
    if (element.matches('summary') && !element.matches('details > summary')) return [];
    if (element instanceof HTMLInputElement && element.type === 'radio') {
      // Arrows move within a group; Tab stops at the one that is chosen, else at the first.
      const group = document.querySelectorAll<HTMLInputElement>(
        `input[type=radio][name="${CSS.escape(element.name)}"]`,
      );
      const chosen = [...group].find(({ checked }) => checked);
      if (chosen ? chosen !== element : radios.has(element.name)) return [];
      radios.add(element.name);
    }
    return [{ at, name: `${tagName.toLowerCase()} ${id} ${element.textContent.trim().slice(0, 60)}` }];
  });
}

function focusOn(at: number): void {
  (document.querySelectorAll('*')[at] as HTMLElement | undefined)?.focus();
}

function drawn(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30)));
}

function record(): void {
  const recorder = window as unknown as { heard: string[]; observer?: MutationObserver };
  recorder.observer?.disconnect();
  recorder.heard = [];
  const live = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]';
  recorder.observer = new MutationObserver((changes) => {
    const regions = new Set<Element>();
    for (const { target, addedNodes } of changes) {
      const here = target instanceof Element ? target : target.parentElement;
      const region = here?.closest(live);
      if (region) regions.add(region);
      for (const node of addedNodes)
        if (node instanceof Element)
          for (const one of [node, ...node.querySelectorAll('*')]) if (one.matches(live)) regions.add(one);
    }
    for (const region of regions) {
      const text = region.textContent.replace(/\s+/g, ' ').trim();
      if (text !== '' && region.isConnected) recorder.heard.push(text);
    }
  });
  recorder.observer.observe(document, { subtree: true, childList: true, characterData: true });
}
