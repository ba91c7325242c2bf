import { useSyncExternalStore } from 'react';

/** What a page of records shows. Everything here is in the address, so reload, back and a shared link bring it back. */
export interface RecordsView {
  readonly collection: string;
  readonly filter: string;
  /** In the server's syntax: `-created,title`; empty for the collection's default order. */
  readonly sort: string;
  readonly page: number;
  readonly perPage: number;
  /** The record whose details are open. */
  readonly record?: string;
}

export type Route =
  | { readonly kind: 'home' }
  | { readonly kind: 'records'; readonly view: RecordsView }
  | { readonly kind: 'unknown'; readonly path: string };

export const PER_PAGE_CHOICES = [20, 50, 100, 200] as const;
export const PER_PAGE_DEFAULT = 50;

export function collectionView(collection: string): RecordsView {
  return { collection, filter: '', sort: '', page: 1, perPage: PER_PAGE_DEFAULT };
}

/**
 * Reads the part of the address after `#`. Routes live there because links in the server's mails do (`/_/#/auth/…`), and
 * because the server then serves one page for all of them.
 */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s, 2);
  const segments = path.split('/').filter((segment) => segment !== '');
  const [section, collection] = segments;
  if (section === undefined || (section === 'collections' && collection === undefined)) return { kind: 'home' };
  if (section !== 'collections' || collection === undefined || segments.length > 2) return { kind: 'unknown', path };
  const name = decoded(collection);
  return name === undefined ? { kind: 'unknown', path } : { kind: 'records', view: parseView(name, new URLSearchParams(query)) };
}

export function recordsHref({ collection, filter, sort, page, perPage, record }: RecordsView): string {
  const query = new URLSearchParams();
  if (filter !== '') query.set('filter', filter);
  if (sort !== '') query.set('sort', sort);
  if (page !== 1) query.set('page', String(page));
  if (perPage !== PER_PAGE_DEFAULT) query.set('perPage', String(perPage));
  if (record !== undefined) query.set('record', record);
  return `#/collections/${encodeURIComponent(collection)}${query.size === 0 ? '' : `?${query}`}`;
}

/** Goes to `href`; `replace` leaves no step for the back button. */
export function navigate(href: string, { replace = false } = {}): void {
  if (replace) window.location.replace(href);
  else window.location.hash = href;
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribeToHash, () => window.location.hash));
}

function subscribeToHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function parseView(collection: string, query: URLSearchParams): RecordsView {
  const perPage = Number(query.get('perPage'));
  const record = query.get('record');
  return {
    collection,
    filter: query.get('filter') ?? '',
    sort: query.get('sort') ?? '',
    page: positive(query.get('page')) ?? 1,
    perPage: PER_PAGE_CHOICES.find((choice) => choice === perPage) ?? PER_PAGE_DEFAULT,
    ...(record ? { record } : {}),
  };
}

function positive(text: string | null): number | undefined {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
