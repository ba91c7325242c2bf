import { beforeEach, describe, expect, test } from 'vitest';
import type { AuthResponse } from '../api/types';
import { jwt } from '../testing/tokens';
import { expiryOf, renewalDelay, SessionStore } from './session';

class TabStorage implements Storage {
  readonly #items = new Map<string, string>();
  get length() {
    return this.#items.size;
  }
  key = (index: number) => [...this.#items.keys()][index] ?? null;
  getItem = (key: string) => this.#items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.#items.set(key, value);
  removeItem = (key: string) => void this.#items.delete(key);
  clear = () => this.#items.clear();
}

function answer(token: string): AuthResponse {
  return { token, record: { id: 'su1', collectionId: 'c', collectionName: '_superusers', email: 'root@example.com' } };
}

let storage: Storage;

beforeEach(() => {
  storage = new TabStorage();
});

describe('a session', () => {
  test('survives a reload of the tab', () => {
    new SessionStore(storage).start(answer('t1'));
    expect(new SessionStore(storage).state()).toEqual({ kind: 'signedIn', session: { token: 't1', email: 'root@example.com' } });
  });

  test('leaves nothing behind when it ends', () => {
    const store = new SessionStore(storage);
    store.start(answer('t1'));
    store.end();
    expect(storage.length).toBe(0);
    expect(store.state()).toEqual({ kind: 'signedOut', expired: false });
  });

  test('ends when the server refuses its token, and says that it expired', () => {
    const store = new SessionStore(storage);
    store.start(answer('t1'));
    store.rejected('t1');
    expect(store.state()).toEqual({ kind: 'signedOut', expired: true });
    expect(storage.length).toBe(0);
  });

  test('goes on when the server refuses the token before the present one', () => {
    const store = new SessionStore(storage);
    store.start(answer('t1'));
    store.start(answer('t2'));
    store.rejected('t1');
    expect(store.token()).toBe('t2');
  });

  test('tells those who listen, until they stop', () => {
    const store = new SessionStore(storage);
    const seen: string[] = [];
    const stop = store.subscribe(() => seen.push(store.state().kind));
    store.start(answer('t1'));
    store.end();
    stop();
    store.start(answer('t2'));
    expect(seen).toEqual(['signedIn', 'signedOut']);
  });

  test.each(['', 'null', '{', '{"token":1,"email":"x"}', '{"token":"t"}'])('is not made of %j', (stored) => {
    storage.setItem('ferritedb.session', stored);
    expect(new SessionStore(storage).state().kind).toBe('signedOut');
  });
});

describe('a token', () => {
  test('says when it expires', () => {
    expect(expiryOf(jwt({ exp: 1_800_000_000, name: '???>>>' }))).toBe(1_800_000_000_000);
  });

  test.each(['', 'abc', 'a.b.c', 'a.!!.c', jwt({}), jwt({ exp: 'soon' })])('without a readable end is never renewed: %j', (token) => {
    expect(renewalDelay(token, 0)).toBeUndefined();
  });

  test('is renewed at half of what is left, but not at once and not beyond what a timer can count', () => {
    expect(renewalDelay(jwt({ exp: 100 }), 0)).toBe(50_000);
    expect(renewalDelay(jwt({ exp: 100 }), 200_000)).toBe(1000);
    expect(renewalDelay(jwt({ exp: 1e10 }), 0)).toBe(0x7fffffff);
  });
});
