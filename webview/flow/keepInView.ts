/** Scrolls the diagram and the list, never the page, so that the chosen step can be seen in both. */
export function keepInView(): void {
  for (const option of document.querySelectorAll('[role=option][aria-selected=true]')) {
    const box = option.closest('.diagram, .steps');
    if (!box) continue;
    // The lanes' names stay above the rows.
    const head = box.querySelector('.lanes')?.getBoundingClientRect().height ?? 0;
    const [shown, own] = [box.getBoundingClientRect(), option.getBoundingClientRect()];
    const [above, below] = [shown.top + head - own.top, own.bottom - shown.bottom];
    if (above > 0) box.scrollTop -= above;
    else if (below > 0) box.scrollTop += below;
  }
}
