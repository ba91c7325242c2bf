import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AuditView } from '../app/route';
import type { ApiClient, ListRequest } from './client';
import type { RecordItem } from './types';

/** One home for cache keys: everything read of a collection's records starts with `recordsOf(name)`. */
export const keys = {
  collections: ['collections'] as const,
  collection: (name: string) => ['collection', name] as const,
  oauth2Providers: ['oauth2Providers'] as const,
  settings: ['settings'] as const,
  audit: ['audit'] as const,
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

/** A collection as the server has it now: what is edited must not be old. */
export function collectionQuery(api: ApiClient, name: string) {
  return queryOptions({
    queryKey: keys.collection(name),
    queryFn: ({ signal }) => api.collection(name, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function oauth2ProvidersQuery(api: ApiClient) {
  return queryOptions({
    queryKey: keys.oauth2Providers,
    queryFn: ({ signal }) => api.oauth2Providers(signal),
    staleTime: Infinity,
  });
}

export const EXTERNAL_AUTHS = '_externalAuths';

/** Where an account signs in elsewhere. Nobody links more than these. */
const LINKS_MAX = 100;

export function linksQuery(api: ApiClient, { collectionId, id }: RecordItem) {
  return queryOptions({
    queryKey: [...keys.recordsOf(EXTERNAL_AUTHS), 'of', collectionId, id] as const,
    queryFn: async ({ signal }) => {
      const filter = `collectionRef = ${JSON.stringify(collectionId)} && recordRef = ${JSON.stringify(id)}`;
      return (await api.records(EXTERNAL_AUTHS, { page: 1, perPage: LINKS_MAX, sort: 'provider', filter }, signal)).items;
    },
  });
}

export function settingsQuery(api: ApiClient) {
  return queryOptions({
    queryKey: keys.settings,
    queryFn: ({ signal }) => api.settings(signal),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function auditQuery(api: ApiClient, view: AuditView) {
  return queryOptions({
    queryKey: [...keys.audit, view] as const,
    queryFn: ({ signal }) => api.audit(view, signal),
    placeholderData: keepPreviousData,
  });
}
