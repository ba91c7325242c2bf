import type { Collection, Field } from '../api/types';

/** A field for tests, as the server writes it. */
export function field(name: string, type: string, options: Partial<Field> = {}): Field {
  return { id: `${type}_${name}`, name, type, system: false, hidden: false, presentable: false, ...options };
}

export function collection(name: string, ...fields: readonly Field[]): Collection {
  return { id: `pbc_${name}`, name, type: 'base', system: false, fields: [field('id', 'text', { system: true, primaryKey: true }), ...fields] };
}
