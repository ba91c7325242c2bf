import type { Collection, Field, RecordItem } from '../api/types';
import { likelyNames, presentableFields } from '../fields/fieldType';
import { ellipsis, stringList } from '../fields/format';
import { quote } from './filter';

/** As many as fit into a filter of 3,500 bytes and 200 conditions. */
const IDS_MAX = 100;

const LABEL_MAX = 60;

/** The ids that `records` hold in `field`, the first `idsInField` of each: sorted, each once, at most {@link IDS_MAX}. */
export function relatedIds(field: Field, records: readonly RecordItem[], idsInField: number): readonly string[] {
  const ids = records.flatMap((record) => stringList(record[field.name]).slice(0, idsInField));
  return [...new Set(ids)].sort().slice(0, IDS_MAX);
}

export function idsFilter(ids: readonly string[]): string {
  return ids.map((id) => `id = ${quote(id)}`).join(' || ');
}

/** What stands for a record in one line; undefined when it has nothing better than its id. */
export function labelOf(record: RecordItem, collection: Collection): string | undefined {
  const label = filled(record, presentableFields(collection.fields)).join(' ') || filled(record, likelyNames(collection.fields))[0];
  return label === undefined ? undefined : ellipsis(label, LABEL_MAX);
}

function filled(record: RecordItem, fields: readonly Field[]): readonly string[] {
  return fields.flatMap(({ name }) => {
    const value = record[name];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return text === '' ? [] : [text];
  });
}
