interface Choosable {
  readonly steps: readonly { readonly id: number }[];
  readonly selected?: number;
}

/**
 * The keys of a listbox whose options carry their id as `data-step`: arrows, Home and End go to another option and
 * choose it, so that Tab passes the whole list in one go.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/listbox/
 */
export function listKeys(
  { steps, selected }: Choosable,
  select: (step: number) => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    const { currentTarget, key } = event;
    const last = steps.length - 1;
    const at = steps.findIndex(({ id }) => id === selected);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[key];
    if (to === undefined || !(currentTarget instanceof Element)) return;
    event.preventDefault();
    const next = steps[Math.min(Math.max(to, 0), last)];
    if (next === undefined || next.id === selected) return;
    currentTarget.querySelector<HTMLElement>(`[data-step="${next.id}"]`)?.focus();
    select(next.id);
  };
}
