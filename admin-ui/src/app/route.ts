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

/** What a page of the audit log shows; empty text lets everything through. */
export interface AuditView {
  readonly action: string;
  readonly actor: string;
  /** Days in UTC, as `2026-11-24`; both count. */
  readonly from: string;
  readonly to: string;
  readonly page: number;
  readonly perPage: number;
}

/** Pages for everyone: links in mails, the end of a sign-in elsewhere, the set-up of the first superuser. */
export type PublicRoute =
  | { readonly kind: 'confirmVerification' | 'resetPassword' | 'confirmEmailChange' | 'install'; readonly token: string }
  | { readonly kind: 'oauth2End'; readonly ok: boolean };

/** Pages for superusers. */
export type ConsoleRoute =
  | { readonly kind: 'home' }
  | { readonly kind: 'records'; readonly view: RecordsView }
  | { readonly kind: 'options'; readonly collection: string }
  | { readonly kind: 'mailSettings' }
  | { readonly kind: 'audit'; readonly view: AuditView }
  | { readonly kind: 'unknown'; readonly path: string };

export type Route = PublicRoute | ConsoleRoute;

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
  const [section, ...rest] = segments.map(decoded);
  const route = rest.includes(undefined) ? undefined : parsePath(section, rest as string[], new URLSearchParams(query));
  return route ?? { kind: 'unknown', path };
}

export function isPublic(route: Route): route is PublicRoute {
  switch (route.kind) {
    case 'confirmVerification':
    case 'resetPassword':
    case 'confirmEmailChange':
    case 'install':
    case 'oauth2End':
      return true;
    case 'home':
    case 'records':
    case 'options':
    case 'mailSettings':
    case 'audit':
    case 'unknown':
      return false;
  }
}

export const HOME_HREF = '#/';
export const MAIL_SETTINGS_HREF = '#/settings/mail';

export function optionsHref(collection: string): string {
  return `#/collections/${encodeURIComponent(collection)}/options`;
}

export const AUDIT_VIEW: AuditView = { action: '', actor: '', from: '', to: '', page: 1, perPage: PER_PAGE_DEFAULT };

export function auditHref({ page, perPage, ...filters }: AuditView): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value !== '') query.set(name, value);
  setPage(query, page, perPage);
  return `#/audit${query.size === 0 ? '' : `?${query}`}`;
}

export function recordsHref({ collection, filter, sort, page, perPage, record }: RecordsView): string {
  const query = new URLSearchParams();
  if (filter !== '') query.set('filter', filter);
  if (sort !== '') query.set('sort', sort);
  setPage(query, page, perPage);
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

function parsePath(section: string | undefined, rest: readonly string[], query: URLSearchParams): Route | undefined {
  const [first, second] = rest;
  if (section === undefined) return { kind: 'home' };
  if (rest.length > 2) return undefined;
  switch (section) {
    case 'collections':
      if (first === undefined) return { kind: 'home' };
      if (second === undefined) return { kind: 'records', view: parseView(first, query) };
      return second === 'options' ? { kind: 'options', collection: first } : undefined;
    case 'settings':
      return first === 'mail' && second === undefined ? { kind: 'mailSettings' } : undefined;
    case 'audit':
      return first === undefined ? { kind: 'audit', view: parseAuditView(query) } : undefined;
    case 'auth':
      return parseAuthPath(first, second ?? '');
    case 'pbinstall':
      return second === undefined ? { kind: 'install', token: first ?? '' } : undefined;
    default:
      return undefined;
  }
}

/** The addresses that the server's mails and redirects lead to. */
function parseAuthPath(page: string | undefined, token: string): Route | undefined {
  switch (page) {
    case 'confirm-verification':
      return { kind: 'confirmVerification', token };
    case 'confirm-password-reset':
      return { kind: 'resetPassword', token };
    case 'confirm-email-change':
      return { kind: 'confirmEmailChange', token };
    case 'oauth2-redirect-success':
      return { kind: 'oauth2End', ok: true };
    case 'oauth2-redirect-failure':
      return { kind: 'oauth2End', ok: false };
    default:
      return undefined;
  }
}

function parseView(collection: string, query: URLSearchParams): RecordsView {
  const record = query.get('record');
  return {
    collection,
    filter: query.get('filter') ?? '',
    sort: query.get('sort') ?? '',
    ...parsePage(query),
    ...(record ? { record } : {}),
  };
}

const DAY = /^\d{4}-\d\d-\d\d$/;

function parseAuditView(query: URLSearchParams): AuditView {
  const day = (name: string) => (DAY.test(query.get(name) ?? '') ? (query.get(name) ?? '') : '');
  return { action: query.get('action') ?? '', actor: query.get('actor') ?? '', from: day('from'), to: day('to'), ...parsePage(query) };
}

function parsePage(query: URLSearchParams): { readonly page: number; readonly perPage: number } {
  const perPage = Number(query.get('perPage'));
  return {
    page: positive(query.get('page')) ?? 1,
    perPage: PER_PAGE_CHOICES.find((choice) => choice === perPage) ?? PER_PAGE_DEFAULT,
  };
}

function setPage(query: URLSearchParams, page: number, perPage: number): void {
  if (page !== 1) query.set('page', String(page));
  if (perPage !== PER_PAGE_DEFAULT) query.set('perPage', String(perPage));
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
