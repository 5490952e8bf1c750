/**
 * What stands in the `{name}` places of `template` in `address`.
 *
 * @returns `undefined` where the address is of another form.
 */
export function answersIn(template: string, address: string): Readonly<Record<string, string>> | undefined {
  const names: string[] = [];
  const pattern = template
    .split(/(\{\w+\})/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(part.slice(1, -1));
      // An answer at the start is an origin or URL, elsewhere it is one part.
      return index === 1 && template.startsWith('{') ? '(https?://[^?#]+?)' : '([^/?#]+)';
    })
    .join('');
  const match = new RegExp(`^${pattern}$`).exec(address);
  return match ? Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])) : undefined;
}

/** Whether a template says more than that there is an address to ask for, as `{issuer}` alone does. */
export function saysAddress(template: string | undefined): template is string {
  return !/^(\{\w+\})?$/.test(template ?? '');
}
