import { expect, test } from 'vitest';
import { FIELD_TYPES } from '../api/types';
import { collection, field } from '../testing/collections';
import { examplesFor } from './examples';

test('each kind of field gives one example, made of its own name and options', () => {
  const posts = collection(
    'posts',
    field('title', 'text'),
    field('subtitle', 'text'),
    field('status', 'select', { values: [`won't`], maxSelect: 1 }),
    field('tags', 'select', { values: ['x'], maxSelect: 3 }),
    field('place', 'geoPoint'),
  );
  expect(examplesFor(posts)).toEqual([`title ~ 'abc'`, `status = 'won\\'t'`, `place.lat > 45`]);
});

test('no field type is without an answer, and there are never too many examples', () => {
  const all = collection('all', ...FIELD_TYPES.map((type) => field(`a_${type}`, type)), field('new', 'a type to come'));
  expect(examplesFor(all)).toHaveLength(5);
});
