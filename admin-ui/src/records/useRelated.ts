import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { relatedQuery } from '../api/queries';
import type { Collection, Field, Page, RecordItem } from '../api/types';
import { api } from '../app/services';
import type { Related } from '../fields/registry';
import { idsFilter, labelOf, relatedIds } from './related';

/**
 * For each relation field, its collection and the labels of the records that `records` point to. One request a field. The
 * map stays the same object until a label changes, so that rows need not be drawn again.
 */
export function useRelated(
  fields: readonly Field[],
  collections: readonly Collection[],
  records: readonly RecordItem[] | undefined,
  idsInField: number,
): ReadonlyMap<string, Related> {
  const relations = useMemo(
    () =>
      fields.flatMap((field) => {
        const collection = field.type === 'relation' ? collections.find(({ id }) => id === field.collectionId) : undefined;
        return collection === undefined ? [] : [{ field, collection, ids: relatedIds(field, records ?? [], idsInField) }];
      }),
    [fields, collections, records, idsInField],
  );
  const combine = useCallback(
    (answers: UseQueryResult<Page<RecordItem>>[]): ReadonlyMap<string, Related> =>
      new Map(
        relations.map(({ field, collection }, index) => {
          const items = answers[index]?.data?.items ?? [];
          return [field.name, { collection, labels: new Map(items.flatMap((record) => entryOf(record, collection))) }];
        }),
      ),
    [relations],
  );
  return useQueries({
    queries: relations.map(({ collection, ids }) => relatedQuery(api, collection.name, ids, idsFilter(ids))),
    combine,
  });
}

function entryOf(record: RecordItem, collection: Collection): [string, string][] {
  const label = labelOf(record, collection);
  return label === undefined ? [] : [[record.id, label]];
}
