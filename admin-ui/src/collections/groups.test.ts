import { expect, test } from 'vitest';
import { collection } from '../testing/collections';
import { groupCollections } from './groups';

const all = [collection('posts'), { ...collection('_superusers'), system: true }, collection('Authors'), { ...collection('_otps'), system: true }];

test('collections come by name, those of the system apart', () => {
  const { user, system } = groupCollections(all, '');
  expect(user.map(({ name }) => name)).toEqual(['Authors', 'posts']);
  expect(system.map(({ name }) => name)).toEqual(['_otps', '_superusers']);
});

test('a part of the name in any case finds a collection', () => {
  const { user, system } = groupCollections(all, ' TH');
  expect(user.map(({ name }) => name)).toEqual(['Authors']);
  expect(system).toEqual([]);
});
