import { expect, test } from 'vitest';
import { ApiError, NetworkError } from '../api/errors';
import { jwt } from '../testing/tokens';
import { readMailLink, refusesLink } from './mailLink';

const claims = { collectionId: 'c1', email: 'a@example.com', exp: 1000 };

test('a link leads to the collection that its token names, until the token ends', () => {
  expect(readMailLink(jwt(claims), 999_999)).toEqual({ kind: 'usable', collection: 'c1', email: 'a@example.com', newEmail: '' });
  expect(readMailLink(jwt(claims), 1_000_000)).toEqual({ kind: 'expired', collection: 'c1', email: 'a@example.com' });
  expect(readMailLink(jwt({ ...claims, newEmail: 'b@example.com' }), 0)).toMatchObject({ newEmail: 'b@example.com' });
});

test.each(['', 'x', jwt(claims).slice(0, 20), jwt({ exp: 1000 }), jwt({ collectionId: 'c1' })])('%j is cut or no link', (token) => {
  expect(readMailLink(token, 0)).toEqual({ kind: 'broken' });
});

test('a used link is told apart from a wrong password', () => {
  const refusal = (status: number, data: object) => new ApiError(status, { data });
  const problem = { code: 'x', message: 'Invalid.' };
  expect(refusesLink(refusal(400, { token: problem }))).toBe(true);
  expect(refusesLink(refusal(404, {}))).toBe(true);
  expect(refusesLink(refusal(400, { password: problem }))).toBe(false);
  expect(refusesLink(refusal(500, {}))).toBe(false);
  expect(refusesLink(new NetworkError(undefined))).toBe(false);
});
