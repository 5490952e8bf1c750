/** Puts the focus into the first field with a problem; parts that were closed are open by then. */
export function focusProblem(): void {
  const wrong = document.querySelector('.field.wrong, .field:has(.remark.problem)');
  const target = wrong?.querySelector<HTMLElement>('vscode-textfield[invalid], vscode-textfield, input');
  if (target === null || target === undefined) return;
  target.focus();
  target.closest('.field')?.scrollIntoView({ block: 'center' });
}
