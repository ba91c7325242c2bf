import { describe, expect, test } from 'vitest';
import { formatSort, parseSort, toggleSort } from './sort';

describe('a click on a column header', () => {
  test('goes from ascending to descending to no order', () => {
    expect(toggleSort('', 'title')).toBe('title');
    expect(toggleSort('title', 'title')).toBe('-title');
    expect(toggleSort('-title', 'title')).toBe('');
  });

  test('replaces the order by another column', () => {
    expect(toggleSort('-title,created', 'views')).toBe('views');
  });

  test('keeps the other columns when it is asked to', () => {
    expect(toggleSort('-title', 'views', { keepOthers: true })).toBe('-title,views');
    expect(toggleSort('-title,views', 'views', { keepOthers: true })).toBe('-title,-views');
    expect(toggleSort('-title,-views,created', 'views', { keepOthers: true })).toBe('-title,created');
  });

  test('never makes more keys than the server takes', () => {
    expect(parseSort(toggleSort('a,b,c,d,e,f,g,h', 'i', { keepOthers: true }))).toHaveLength(8);
  });
});

test('an order written by hand reads with blanks and plus signs', () => {
  expect(parseSort(' +title, -created ,')).toEqual([
    { field: 'title', direction: 'ascending' },
    { field: 'created', direction: 'descending' },
  ]);
  expect(formatSort(parseSort('+title,-created'))).toBe('title,-created');
});
