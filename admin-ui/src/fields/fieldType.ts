import { FIELD_TYPES, type Field, type FieldType } from '../api/types';

export function fieldType(field: Field): FieldType | undefined {
  return FIELD_TYPES.find((type) => type === field.type);
}

export function isMultiple(field: Field): boolean {
  return (field.maxSelect ?? 0) > 1;
}

const SEARCHABLE: ReadonlySet<string> = new Set<FieldType>(['text', 'email', 'url', 'editor', 'select']);

/** Whether plain words typed into the filter box are looked for in this field. */
export function isSearchable(field: Field): boolean {
  return SEARCHABLE.has(field.type) && isReadable(field);
}

/** Whether the server ever gives the field's value. Passwords and the key behind a record's tokens stay with it. */
export function isReadable(field: Field): boolean {
  return field.type !== 'password' && !(field.system && field.name === 'tokenKey');
}

const LABEL_NAMES = ['name', 'title', 'label', 'email', 'username', 'slug', 'code'];

/** The fields that together stand for a record where there is room for one line only. */
export function presentableFields(fields: readonly Field[]): readonly Field[] {
  return fields.filter((field) => field.presentable && isReadable(field));
}

/** The fields of which the first that is filled stands for a record, when none is presentable: the likeliest name first. */
export function likelyNames(fields: readonly Field[]): readonly Field[] {
  const likely = LABEL_NAMES.map((name) => fields.find((field) => field.name === name && isSearchable(field)));
  return likely.filter((field) => field !== undefined);
}
