import type { Collection, Field } from '../api/types';
import { fieldType, isMultiple } from '../fields/fieldType';
import { quote } from './filter';

const EXAMPLES_MAX = 5;

/** Filters that work on `collection`: one for each kind of field it has. */
export function examplesFor(collection: Collection): readonly string[] {
  const seen = new Set<string>();
  return collection.fields
    .flatMap((field) => {
      const example = field.primaryKey || seen.has(field.type) ? undefined : exampleFor(field);
      if (example === undefined) return [];
      seen.add(field.type);
      return [example];
    })
    .slice(0, EXAMPLES_MAX);
}

function exampleFor({ name, values, ...field }: Field): string | undefined {
  switch (fieldType({ name, ...field })) {
    case 'text':
    case 'editor':
      return field.hidden ? undefined : `${name} ~ 'abc'`;
    case 'email':
      return `${name} ~ '@example.com'`;
    case 'url':
      return `${name} != ''`;
    case 'number':
      return `${name} >= 10`;
    case 'bool':
      return `${name} = true`;
    case 'date':
    case 'autodate':
      return `${name} > @monthStart`;
    case 'select': {
      const option = quote(values?.[0] ?? '');
      return isMultiple({ name, ...field }) ? `${name} ~ ${option}` : `${name} = ${option}`;
    }
    case 'relation':
    case 'file':
    case 'json':
      return `${name} != ''`;
    case 'geoPoint':
      return `${name}.lat > 45`;
    case 'password':
    case undefined:
      return undefined;
  }
}
