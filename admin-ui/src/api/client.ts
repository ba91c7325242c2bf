import { ApiError, NetworkError } from './errors';
import type { AuditView } from '../app/route';
import type {
  AuditEntry,
  AuthResponse,
  Collection,
  CollectionChanges,
  MailTemplate,
  NewPassword,
  OAuth2ProviderInfo,
  Page,
  RecordItem,
  Settings,
  SettingsChanges,
} from './types';

export const SUPERUSERS = '_superusers';

/** What tokens call that collection; part of the wire contract. */
export const SUPERUSERS_ID = 'pbc_3142635823';

/** The most rows that the server gives in one page. */
const PER_PAGE_MAX = 1000;

export interface ListRequest {
  readonly page: number;
  readonly perPage: number;
  readonly sort: string;
  readonly filter: string;
}

export interface Credentials {
  /** The token to send, or undefined for a guest. */
  token(): string | undefined;
  /** Called when the server no longer accepts `token`. */
  rejected(token: string): void;
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * Calls the server's API with the session's token. Every method throws {@link ApiError} when the server refuses and
 * {@link NetworkError} when it cannot be reached.
 */
export class ApiClient {
  readonly #credentials: Credentials;
  readonly #fetch: typeof fetch;

  constructor(credentials: Credentials, fetcher: typeof fetch = (...request) => fetch(...request)) {
    this.#credentials = credentials;
    this.#fetch = fetcher;
  }

  /** Refused with `mfaId` when a second factor is due. */
  signIn(identity: string, password: string): Promise<AuthResponse> {
    return this.#asGuest(`${collectionPath(SUPERUSERS)}/auth-with-password`, { identity, password });
  }

  /** Has a one-time code mailed; what it is asked for with later. */
  async requestCode(email: string): Promise<string> {
    const { otpId } = await this.#asGuest<{ otpId: string }>(`${collectionPath(SUPERUSERS)}/request-otp`, { email });
    return otpId;
  }

  signInWithCode(otpId: string, code: string, mfaId: string): Promise<AuthResponse> {
    return this.#asGuest(`${collectionPath(SUPERUSERS)}/auth-with-otp`, { otpId, password: code, mfaId });
  }

  requestPasswordReset(collection: string, email: string): Promise<void> {
    return this.#asGuest(`${collectionPath(collection)}/request-password-reset`, { email });
  }

  confirmPasswordReset(collection: string, token: string, password: NewPassword): Promise<void> {
    return this.#asGuest(`${collectionPath(collection)}/confirm-password-reset`, { token, ...password });
  }

  requestVerification(collection: string, email: string): Promise<void> {
    return this.#asGuest(`${collectionPath(collection)}/request-verification`, { email });
  }

  confirmVerification(collection: string, token: string): Promise<void> {
    return this.#asGuest(`${collectionPath(collection)}/confirm-verification`, { token });
  }

  confirmEmailChange(collection: string, token: string, password: string): Promise<void> {
    return this.#asGuest(`${collectionPath(collection)}/confirm-email-change`, { token, password });
  }

  /** Makes the first superuser, by the token of the link that the server prints when it has none. */
  createFirstSuperuser(token: string, email: string, password: NewPassword): Promise<RecordItem> {
    return this.#send(recordsPath(SUPERUSERS), { method: 'POST', body: { email, ...password } }, token);
  }

  refresh(): Promise<AuthResponse> {
    return this.#request(`${collectionPath(SUPERUSERS)}/auth-refresh`, { method: 'POST' });
  }

  async collections(signal?: AbortSignal): Promise<readonly Collection[]> {
    const all: Collection[] = [];
    for (let page = 1; ; page++) {
      const query = { page, perPage: PER_PAGE_MAX, skipTotal: true, sort: 'name' };
      const { items, perPage } = await this.#request<Page<Collection>>('/api/collections', { query, ...withSignal(signal) });
      all.push(...items);
      if (items.length < perPage) return all;
    }
  }

  collection(name: string, signal?: AbortSignal): Promise<Collection> {
    return this.#request(collectionPath(name), withSignal(signal));
  }

  /** What `changes` leaves out stays, secrets too. */
  updateCollection(name: string, changes: CollectionChanges): Promise<Collection> {
    return this.#request(collectionPath(name), { method: 'PATCH', body: changes });
  }

  oauth2Providers(signal?: AbortSignal): Promise<readonly OAuth2ProviderInfo[]> {
    return this.#request('/api/collections/meta/oauth2-providers', withSignal(signal));
  }

  records(collection: string, { page, perPage, sort, filter }: ListRequest, signal?: AbortSignal): Promise<Page<RecordItem>> {
    const query = { page, perPage, sort: orAbsent(sort), filter: orAbsent(filter), skipTotal: true };
    return this.#request(recordsPath(collection), { query, ...withSignal(signal) });
  }

  async count(collection: string, filter: string, signal?: AbortSignal): Promise<number> {
    const query = { page: 1, perPage: 1, filter: orAbsent(filter), fields: 'id' };
    const page = await this.#request<Page<RecordItem>>(recordsPath(collection), { query, ...withSignal(signal) });
    return page.totalItems;
  }

  record(collection: string, id: string, signal?: AbortSignal): Promise<RecordItem> {
    return this.#request(recordPath(collection, id), withSignal(signal));
  }

  updateRecord(collection: string, id: string, changes: Readonly<Record<string, unknown>>): Promise<RecordItem> {
    return this.#request(recordPath(collection, id), { method: 'PATCH', body: changes });
  }

  deleteRecord(collection: string, id: string): Promise<void> {
    return this.#request(recordPath(collection, id), { method: 'DELETE' });
  }

  /** A token of that account, which cannot be renewed; `seconds` of 0 is as long as the collection's tokens last. */
  impersonate(collection: string, id: string, seconds: number): Promise<AuthResponse> {
    const path = `${collectionPath(collection)}/impersonate/${encodeURIComponent(id)}`;
    return this.#request(path, { method: 'POST', body: { duration: seconds } });
  }

  settings(signal?: AbortSignal): Promise<Settings> {
    return this.#request('/api/settings', withSignal(signal));
  }

  updateSettings(changes: SettingsChanges): Promise<Settings> {
    return this.#request('/api/settings', { method: 'PATCH', body: changes });
  }

  sendTestMail(email: string, template: MailTemplate, collection: string): Promise<void> {
    return this.#request('/api/settings/test/email', { method: 'POST', body: { email, template, collection } });
  }

  /** The newest entries first. */
  audit({ action, actor, from, to, page, perPage }: AuditView, signal?: AbortSignal): Promise<Page<AuditEntry>> {
    const query = { action: orAbsent(action), actor: orAbsent(actor), from: orAbsent(from), to: orAbsent(to), page, perPage };
    return this.#request('/api/audit', { query, ...withSignal(signal) });
  }

  #asGuest<T>(path: string, body: unknown): Promise<T> {
    return this.#send(path, { method: 'POST', body }, undefined);
  }

  async #request<T>(path: string, options: RequestOptions): Promise<T> {
    const token = this.#credentials.token();
    try {
      return await this.#send(path, options, token);
    } catch (error) {
      if (error instanceof ApiError && token !== undefined) await this.#reportRejection(error, token);
      throw error;
    }
  }

  /**
   * Record routes treat a dead token as a guest's and answer 403 where a superuser would see everything, so 403 is
   * settled by asking a route that tells the two apart.
   */
  async #reportRejection(error: ApiError, token: string): Promise<void> {
    if (error.status === 401) this.#credentials.rejected(token);
    if (error.status !== 403) return;
    await this.#send(`${collectionPath(SUPERUSERS)}/auth-refresh`, { method: 'POST' }, token).catch((refusal: unknown) => {
      if (refusal instanceof ApiError && refusal.status === 401) this.#credentials.rejected(token);
    });
  }

  async #send<T>(path: string, { method = 'GET', query = {}, body, signal }: RequestOptions, token: string | undefined): Promise<T> {
    const headers = new Headers({ Accept: 'application/json' });
    if (token !== undefined) headers.set('Authorization', token);
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    const response = await this.#fetch(path + search(query), {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      ...withSignal(signal),
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new NetworkError(error);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw new ApiError(response.status, answer, response.headers.get('x-request-id') ?? undefined);
    return answer as T;
  }
}

function collectionPath(collection: string): string {
  return `/api/collections/${encodeURIComponent(collection)}`;
}

function recordsPath(collection: string): string {
  return `${collectionPath(collection)}/records`;
}

function recordPath(collection: string, id: string): string {
  return `${recordsPath(collection)}/${encodeURIComponent(id)}`;
}

function search(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  return parameters.size === 0 ? '' : `?${parameters}`;
}

function orAbsent(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
