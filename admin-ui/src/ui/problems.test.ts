import { expect, test } from 'vitest';
import { ApiError, NetworkError } from '../api/errors';
import { problemsOf, refusalText } from './problems';

const problem = (message: string) => ({ code: 'x', message });
const refusal = (data: object) => new ApiError(400, { message: 'Failed to update collection.', data });
const inPlace = (path: string) => path.startsWith('otp.');

test('a problem is found by its path, or by that of what holds it', () => {
  const problems = problemsOf(refusal({ oauth2: { providers: { 1: { extra: { jwksURL: problem('Must be a valid URL.') } } } } }));
  expect(problems('oauth2.providers.1.extra')).toBe('Must be a valid URL.');
  expect(problems('oauth2.providers.0')).toBeUndefined();
  expect(problems('oauth2.providers.1.extr')).toBeUndefined();
  expect(problemsOf(new NetworkError(undefined))('otp')).toBeUndefined();
});

test('what is said in place is only counted', () => {
  expect(refusalText(refusal({ otp: { length: problem('a') } }), inPlace)).toBe('One value needs another look.');
  expect(refusalText(refusal({ otp: { length: problem('a'), duration: problem('b') } }), inPlace)).toBe('2 values need another look.');
});

test('what is said nowhere else is said whole', () => {
  expect(refusalText(refusal({ otp: { length: problem('a') }, indexes: { 0: problem('Taken.') } }), inPlace)).toBe('indexes.0: Taken.');
  expect(refusalText(refusal({}), inPlace)).toBe('Failed to update collection.');
  expect(refusalText(new NetworkError(undefined), inPlace)).toContain('does not answer');
});
