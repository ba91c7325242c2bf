import { expect, test } from 'vitest';
import { pageRange } from './paging';

test('a page in the middle has one before and behind it', () => {
  expect(pageRange(2, 50, 50, 137)).toEqual({ first: 51, last: 100, pages: 3, hasNext: true });
});

test('the last page ends with the last record', () => {
  expect(pageRange(3, 50, 37, 137)).toEqual({ first: 101, last: 137, pages: 3, hasNext: false });
});

test('while the records are being counted, only a full page may have another behind it', () => {
  expect(pageRange(1, 50, 50, undefined)).toMatchObject({ pages: undefined, hasNext: true });
  expect(pageRange(1, 50, 49, undefined)).toMatchObject({ pages: undefined, hasNext: false });
});
