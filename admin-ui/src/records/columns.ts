import type { Collection, Field } from '../api/types';
import { isReadable } from '../fields/fieldType';

/** The fields that can be columns, in the collection's own order with the id first. */
export function columnFields(collection: Collection): readonly Field[] {
  const readable = collection.fields.filter(isReadable);
  return [...readable.filter(({ name }) => name === 'id'), ...readable.filter(({ name }) => name !== 'id')];
}

/** Newest first. A view has no order of its own to turn round. */
export function defaultSort(collection: Collection): string {
  return collection.type === 'view' ? '' : '-@rowid';
}

/** The fields to show, given the names that somebody has hidden. The id always stays: it leads to the record. */
export function shownFields(fields: readonly Field[], hidden: ReadonlySet<string>): readonly Field[] {
  return fields.filter(({ name }) => name === 'id' || !hidden.has(name));
}
