import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient, ListRequest } from './client';

/** One home for cache keys: everything read of a collection's records starts with `recordsOf(name)`. */
export const keys = {
  collections: ['collections'] as const,
  recordsOf: (collection: string) => ['records', collection] as const,
};

export function collectionsQuery(api: ApiClient) {
  return queryOptions({
    queryKey: keys.collections,
    queryFn: ({ signal }) => api.collections(signal),
    staleTime: 60_000,
  });
}

export function recordsQuery(api: ApiClient, collection: string, request: ListRequest) {
  return queryOptions({
    queryKey: [...keys.recordsOf(collection), 'list', request] as const,
    queryFn: ({ signal }) => api.records(collection, request, signal),
    // Rows of the same collection stay in sight, dimmed, until the next ones are here.
    placeholderData: (previous, query) => (query?.queryKey[1] === collection ? previous : undefined),
  });
}

/** Counted apart from the rows, so that turning a page or sorting never counts again and never waits for the count. */
export function countQuery(api: ApiClient, collection: string, filter: string) {
  return queryOptions({
    queryKey: [...keys.recordsOf(collection), 'count', filter] as const,
    queryFn: ({ signal }) => api.count(collection, filter, signal),
  });
}

export function recordQuery(api: ApiClient, collection: string, id: string) {
  return queryOptions({
    queryKey: [...keys.recordsOf(collection), 'one', id] as const,
    queryFn: ({ signal }) => api.record(collection, id, signal),
  });
}

/** Records that a page's relations point to, for their labels. `ids` must be sorted: they are part of the key. */
export function relatedQuery(api: ApiClient, collection: string, ids: readonly string[], filter: string) {
  return queryOptions({
    queryKey: [...keys.recordsOf(collection), 'related', ids] as const,
    queryFn: ({ signal }) => api.records(collection, { page: 1, perPage: ids.length, sort: '', filter }, signal),
    placeholderData: keepPreviousData,
    enabled: ids.length > 0,
  });
}
