/** Moves the focus when the page is drawn, unless it was moved meanwhile: who has begun to type elsewhere goes on there. */
export function moveFocus(move: () => void): void {
  const before = document.activeElement;
  requestAnimationFrame(() => {
    const now = document.activeElement;
    // What was pressed may be gone by then: the page itself has the focus.
    if (now === before || now === document.body) move();
  });
}

let inSight: Element | null = null;

/** Scrolls as far as it takes to see what is newly said of the field in focus: the bar below must not hide it. */
export function showProblem(): void {
  const said = document.activeElement?.closest('.field')?.querySelector('.remark.problem') ?? null;
  if (said !== inSight) said?.scrollIntoView({ block: 'nearest' });
  inSight = said;
}

/** Puts the focus into the first field with a problem; parts that were closed are open by then. */
export function focusProblem(): void {
  const wrong = document.querySelector('.field.wrong, .field:has(.remark.problem)');
  const first = (selector: string) => wrong?.querySelector<HTMLElement>(selector) ?? undefined;
  const target = first(':is(input, textarea)[aria-invalid="true"]') ?? first('input, textarea');
  if (target === undefined) return;
  target.focus();
  target.closest('.field')?.scrollIntoView({ block: 'center' });
}
