import { claimsOf } from '../api/token';
import type { AuthResponse } from '../api/types';

const STORAGE_KEY = 'ferritedb.session';

export interface Session {
  readonly token: string;
  readonly email: string;
}

export type SessionState =
  | { readonly kind: 'signedIn'; readonly session: Session }
  | { readonly kind: 'signedOut'; readonly expired: boolean };

/**
 * The superuser who is signed in in this tab. Kept in memory and in the tab's session storage, so that a reload keeps it
 * and closing the tab ends it.
 */
export class SessionStore {
  readonly #storage: Storage;
  readonly #listeners = new Set<() => void>();
  #state: SessionState;

  constructor(storage: Storage) {
    this.#storage = storage;
    const stored = parseSession(storage.getItem(STORAGE_KEY));
    this.#state = stored === undefined ? { kind: 'signedOut', expired: false } : { kind: 'signedIn', session: stored };
  }

  readonly state = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  token(): string | undefined {
    return this.#state.kind === 'signedIn' ? this.#state.session.token : undefined;
  }

  start({ token, record }: AuthResponse): void {
    const session = { token, email: typeof record.email === 'string' ? record.email : record.id };
    this.#storage.setItem(STORAGE_KEY, JSON.stringify(session));
    this.#set({ kind: 'signedIn', session });
  }

  end(): void {
    this.#storage.removeItem(STORAGE_KEY);
    this.#set({ kind: 'signedOut', expired: false });
  }

  /** Ends the session because the server refused its token; an answer to an older token changes nothing. */
  rejected(token: string): void {
    if (this.token() !== token) return;
    this.#storage.removeItem(STORAGE_KEY);
    this.#set({ kind: 'signedOut', expired: true });
  }

  #set(state: SessionState): void {
    this.#state = state;
    this.#listeners.forEach((listener) => listener());
  }
}

/** When `token` stops being valid, in milliseconds since 1970; undefined when it does not say. */
export function expiryOf(token: string): number | undefined {
  const exp = claimsOf(token)?.exp;
  return exp === undefined ? undefined : exp * 1000;
}

/** How long to wait before a token is renewed: half of what is left of it, within what a timer can count. */
export function renewalDelay(token: string, now: number): number | undefined {
  const expiry = expiryOf(token);
  return expiry === undefined ? undefined : Math.min(Math.max((expiry - now) / 2, 1000), 0x7fff_ffff);
}

function parseSession(text: string | null): Session | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('token' in value) || !('email' in value)) return undefined;
    const { token, email } = value;
    return typeof token === 'string' && typeof email === 'string' ? { token, email } : undefined;
  } catch {
    return undefined;
  }
}
