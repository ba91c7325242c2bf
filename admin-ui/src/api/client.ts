import { ApiError, NetworkError } from './errors';
import type { AuthResponse, Collection, Page, RecordItem } from './types';

export const SUPERUSERS = '_superusers';

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
  readonly method?: 'GET' | 'POST';
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

  signIn(identity: string, password: string): Promise<AuthResponse> {
    return this.#send(`/api/collections/${SUPERUSERS}/auth-with-password`, { method: 'POST', body: { identity, password } }, undefined);
  }

  refresh(): Promise<AuthResponse> {
    return this.#request(`/api/collections/${SUPERUSERS}/auth-refresh`, { method: 'POST' });
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
    return this.#request(`${recordsPath(collection)}/${encodeURIComponent(id)}`, withSignal(signal));
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
    await this.#send(`/api/collections/${SUPERUSERS}/auth-refresh`, { method: 'POST' }, token).catch((refusal: unknown) => {
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

function recordsPath(collection: string): string {
  return `/api/collections/${encodeURIComponent(collection)}/records`;
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
