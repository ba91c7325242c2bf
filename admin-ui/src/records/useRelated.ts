import { useQueries } from '@tanstack/react-query';
import { relatedQuery } from '../api/queries';
import type { Collection, Field, RecordItem } from '../api/types';
import { api } from '../app/services';
import type { Related } from '../fields/registry';
import { idsFilter, labelOf, relatedIds } from './related';

/** For each relation field, its collection and the labels of the records that `records` point to. One request a field. */
export function useRelated(
  fields: readonly Field[],
  collections: readonly Collection[],
  records: readonly RecordItem[],
  idsInField: number,
): ReadonlyMap<string, Related> {
  const relations = fields.flatMap((field) => {
    const collection = field.type === 'relation' ? collections.find(({ id }) => id === field.collectionId) : undefined;
    return collection === undefined ? [] : [{ field, collection, ids: relatedIds(field, records, idsInField) }];
  });
  const answers = useQueries({
    queries: relations.map(({ collection, ids }) => relatedQuery(api, collection.name, ids, idsFilter(ids))),
  });
  return new Map(
    relations.map(({ field, collection }, index) => {
      const items = answers[index]?.data?.items ?? [];
      const labels = new Map(items.flatMap((record) => entryOf(record, collection)));
      return [field.name, { collection, labels }];
    }),
  );
}

function entryOf(record: RecordItem, collection: Collection): [string, string][] {
  const label = labelOf(record, collection);
  return label === undefined ? [] : [[record.id, label]];
}
