import { expect, test } from 'vitest';
import { collection, field } from '../testing/collections';
import { columnFields, defaultSort, shownFields } from './columns';

const users = {
  ...collection('users', field('name', 'text'), field('password', 'password', { system: true }), field('tokenKey', 'text', { system: true, hidden: true })),
  type: 'auth' as const,
};

test('what the server never gives is no column', () => {
  expect(columnFields(users).map(({ name }) => name)).toEqual(['id', 'name']);
});

test('a field of a user that is merely called like a secret is a column', () => {
  expect(columnFields(collection('keys', field('tokenKey', 'text'))).map(({ name }) => name)).toEqual(['id', 'tokenKey']);
});

test('the id comes first and stays when it is hidden', () => {
  const moved = { ...users, fields: [...users.fields].reverse() };
  expect(shownFields(columnFields(moved), new Set(['id', 'name'])).map(({ name }) => name)).toEqual(['id']);
});

test('the newest records come first, but a view keeps its own order', () => {
  expect(defaultSort(users)).toBe('-@rowid');
  expect(defaultSort({ ...users, type: 'view' })).toBe('');
});
