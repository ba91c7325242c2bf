import { expect, test } from 'vitest';
import { jwt } from '../testing/tokens';
import { claimsOf } from './token';

test('the claims of a link in a mail are read, names beyond ASCII too', () => {
  const claims = { collectionId: '_pb_users_auth_', email: 'zoë@exämple.org', newEmail: 'zoë@new.example', exp: 1_800_000_000 };
  expect(claimsOf(jwt({ id: 'r1', type: 'emailChange', ...claims }))).toEqual(claims);
});

test('claims of another kind than expected are left out', () => {
  expect(claimsOf(jwt({ collectionId: 7, email: null, exp: 'soon' }))).toEqual({});
});

test.each(['', 'abc', 'a.b.c', 'a.!!.c', 'a..c', `a.${btoa('null')}.c`, `a.${btoa('"\xff"')}.c`])('%j is no token', (token) => {
  expect(claimsOf(token)).toBeUndefined();
});
