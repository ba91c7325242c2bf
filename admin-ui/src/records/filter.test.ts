import { describe, expect, test } from 'vitest';
import { collection, field } from '../testing/collections';
import { quote, readFilter } from './filter';

const posts = collection(
  'posts',
  field('title', 'text'),
  field('published', 'bool'),
  field('status', 'select', { values: ['draft'] }),
  field('views', 'number'),
  field('secret', 'password'),
);

describe('what is typed into the filter box', () => {
  test.each([
    `title = 'a'`,
    `title ~ 'a' && views > 3`,
    `created >= @monthStart`,
    `published`,
    `!published`,
    `contains(title, 'a')`,
    `status in ['draft']`,
    `title ?= 'a' // comment`,
  ])('%s is the filter language and goes out as it is', (text) => {
    expect(readFilter(`  ${text} `, posts)).toEqual({ kind: 'filter', filter: text });
  });

  test.each(['hello', 'two words', `it's`, '100%', 'in Zürich (old town)', 'a|b'])('%s is words to look for', (text) => {
    expect(readFilter(text, posts)).toMatchObject({ kind: 'search', words: text, fields: ['id', 'title', 'status'] });
  });

  test('nothing is no filter', () => {
    expect(readFilter('  ', posts)).toEqual({ kind: 'none' });
  });
});

test('words are looked for in every text-like field, and cannot break out of their quotes', () => {
  expect(readFilter(`it's`, posts)).toMatchObject({ filter: `id ~ 'it\\'s' || title ~ 'it\\'s' || status ~ 'it\\'s'` });
  expect(quote(`\\' || 1`)).toBe(`'\\\\\\' || 1'`);
});
