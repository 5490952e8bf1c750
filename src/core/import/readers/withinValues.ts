import { fromConnectionString } from '../connectionString.ts';
import type { Found, VariableList } from '../imported.ts';
import { readJson } from '../readJson.ts';
import type { Source } from '../reader.ts';
import { looseObjects } from './looseObjects.ts';

/** What stands in a value as JSON (`VCAP_SERVICES`, `SPRING_APPLICATION_JSON`, providers of a program in Python) or as a connection string. */
export function* withinValues(source: Source, list: VariableList): Iterable<Found | undefined> {
  const tenants = new Set(list.flatMap(([name, value]) => (/tenant_?id$/i.test(name) ? [value] : [])));
  const [tenant] = tenants.size === 1 ? tenants : [];
  for (const [name, value] of list) {
    yield fromConnectionString(value, name, tenant);
    const read = /^[{[]\s*["{]/.test(value) ? readJson(value) : undefined;
    if (read === undefined || !('value' in read)) continue;
    if (read.twice.length > 0) yield* read.twice;
    else
      yield* (
        source.within?.(value, `${name}.json`) ??
        looseObjects.read({ ...source, text: value, documents: [{ [name]: read.value }] })
      );
  }
}
