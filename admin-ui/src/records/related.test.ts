import { expect, test } from 'vitest';
import type { RecordItem } from '../api/types';
import { collection, field } from '../testing/collections';
import { idsFilter, labelOf, relatedIds } from './related';

function record(values: Record<string, unknown>): RecordItem {
  return { id: 'r1', collectionId: 'c', collectionName: 'c', ...values };
}

const owner = field('owner', 'relation', { collectionId: 'pbc_users', maxSelect: 5 });

test('the ids of a page are each asked for once, in one order, and only those in sight', () => {
  const records = [record({ owner: ['b', 'a', 'z'] }), record({ owner: 'a' }), record({ owner: '' }), record({})];
  expect(relatedIds(owner, records, 2)).toEqual(['a', 'b']);
  expect(relatedIds(owner, records, 9)).toEqual(['a', 'b', 'z']);
});

test('the filter for a hundred ids of the longest usual form stays within what the server takes', () => {
  const records = Array.from({ length: 500 }, (_, index) => record({ owner: `id${String(index).padStart(13, '0')}` }));
  const ids = relatedIds(owner, records, 1);
  expect(ids).toHaveLength(100);
  expect(idsFilter(ids).length).toBeLessThanOrEqual(3500);
});

test('presentable fields stand for a record, before names that are likely', () => {
  const people = collection('people', field('name', 'text'), field('first', 'text', { presentable: true }), field('age', 'number', { presentable: true }));
  expect(labelOf(record({ name: 'no', first: 'Ada', age: 36 }), people)).toBe('Ada 36');
});

test('a likely name stands for a record when no field is presentable', () => {
  expect(labelOf(record({ email: 'a@example.com', note: 'x' }), collection('users', field('note', 'text'), field('email', 'email')))).toBe('a@example.com');
});

test('the next likely name stands in where the first is empty', () => {
  const users = collection('users', field('name', 'text'), field('email', 'email'));
  expect(labelOf(record({ name: '', email: 'a@example.com' }), users)).toBe('a@example.com');
});

test('a record without a name keeps its id', () => {
  expect(labelOf(record({ note: 'x' }), collection('notes', field('note', 'text')))).toBeUndefined();
  expect(labelOf(record({ title: '' }), collection('posts', field('title', 'text')))).toBeUndefined();
});
