import type PocketBase from 'pocketbase';
import type { CollectionModel } from 'pocketbase';
import { afterAll, beforeAll, expect } from 'vitest';
import { startServer } from '../../../admin-ui/e2e/server.ts';
import { account, define, guest, id, named, superuser } from './clients.ts';

/**
 * The records that filters are tried on, on a server of their own. Each has its name as its id, filled with zeros.
 *
 * | people | age | city | skills | e-mail shown |
 * |---|---|---|---|---|
 * | ann | 41 | vienna | java, sql | yes |
 * | bob | 23 | london | java | no |
 * | cid | 0 | | | no |
 *
 * | stories | title | rating | live | due | mood | marks | author | helpers | meta | place |
 * |---|---|---|---|---|---|---|---|---|---|---|
 * | s1 | Red Fox | 5 | true | 2026-03-01 10:00 | calm | a, b | ann | bob, cid | see below | Vienna |
 * | s2 | blue "fox" 100% | 2.5 | false | | wild | a | bob | ann | see below | London |
 * | s3 | Green_tree | 0 | true | 2025-12-31 23:59:59.999 | | | | | null | 0, 0 |
 * | s4 | it's a fox | -3 | false | 2026-03-01 11:00 | calm | b, c | ann | ann, bob | [1, 2, 3] | Paris |
 *
 * | notes | story | text | score |
 * |---|---|---|---|
 * | n1 | s1 | good | 5 |
 * | n2 | s1 | bad | 1 |
 * | n3 | s2 | good | 5 |
 *
 * Of `diaries`, which only superusers list, each belongs to a story: d1 to s1. Of `drafts`, which others list where `open` is
 * set, f1 (open) and f2 (not) belong to s1 and s2.
 */
export interface Stories {
  admin: PocketBase;
  guest: PocketBase;
  /** The names of the records of a collection that a filter selects, in alphabetical order. */
  found(collection: string, filter: string, by?: PocketBase, options?: Record<string, unknown>): Promise<string[]>;
}

export function stories(): Stories {
  const world = {} as Stories;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const server = await startServer('--demo');
    stop = server.stop;
    world.admin = await superuser(server.url);
    world.guest = guest(server.url);
    world.found = async (collection, filter, by = world.admin, options = {}) => {
      const page = await by.collection(collection).getList(1, 100, { filter, ...options });
      const ids = named(page.items, 'id') as string[];
      expect(page.totalItems).toBe(new Set(ids).size);
      return ids.map((long) => long.replace(/0*$/, '')).toSorted();
    };
    await fill(world.admin);
  });

  afterAll(() => stop?.());
  return world;
}

const relation = (name: string, to: CollectionModel, maxSelect = 1) => ({
  name,
  type: 'relation',
  collectionId: to.id,
  maxSelect,
});
const text = (name: string, more = {}) => ({ name, type: 'text', ...more });
const number = (name: string) => ({ name, type: 'number' });

async function fill(admin: PocketBase) {
  const [cities] = await define(admin, { name: 'cities', fields: [text('name'), { name: 'place', type: 'geoPoint' }] });
  const [people] = await define(admin, {
    name: 'people',
    type: 'auth',
    fields: [
      text('name'),
      text('secret', { hidden: true }),
      number('age'),
      relation('city', cities!),
      { name: 'skills', type: 'select', values: ['java', 'sql', 'go'], maxSelect: 3 },
    ],
  });
  const [storiesTable] = await define(admin, {
    name: 'stories',
    fields: [
      text('title'),
      number('rating'),
      { name: 'live', type: 'bool' },
      { name: 'due', type: 'date' },
      { name: 'mood', type: 'select', values: ['calm', 'wild'], maxSelect: 1 },
      { name: 'marks', type: 'select', values: ['a', 'b', 'c'], maxSelect: 3 },
      relation('author', people!),
      relation('helpers', people!, 5),
      { name: 'meta', type: 'json' },
      { name: 'place', type: 'geoPoint' },
      { name: 'created', type: 'autodate', onCreate: true },
    ],
  });
  const story = relation('story', storiesTable!);
  await define(
    admin,
    { name: 'notes', fields: [text('text'), number('score'), story] },
    { name: 'diaries', listRule: null, fields: [text('text'), story] },
    { name: 'drafts', listRule: 'open = true', fields: [text('text'), { name: 'open', type: 'bool' }, story] },
  );

  const put = (collection: string, name: string, body: Record<string, unknown>) =>
    admin.collection(collection).create({ id: id(name), ...body });
  const vienna = { lon: 16.37, lat: 48.21 };
  const london = { lon: -0.1276, lat: 51.5072 };
  await put('cities', 'vienna', { name: 'Vienna', place: vienna });
  await put('cities', 'london', { name: 'London', place: london });
  const ann = { name: 'Ann', age: 41, city: id('vienna'), skills: ['java', 'sql'], emailVisibility: true, secret: 'x' };
  await put('people', 'ann', account('ann@example.com', ann));
  await put(
    'people',
    'bob',
    account('bob@example.com', { name: 'Bob', age: 23, city: id('london'), skills: ['java'], secret: 'y' }),
  );
  await put('people', 'cid', account('cid@example.com', { name: 'Cid' }));
  await put('stories', 's1', {
    title: 'Red Fox',
    rating: 5,
    live: true,
    due: '2026-03-01 10:00:00.000Z',
    mood: 'calm',
    marks: ['a', 'b'],
    author: id('ann'),
    helpers: [id('bob'), id('cid')],
    meta: { lang: 'en', empty: '', none: null, size: { w: 10 }, list: ['x', 'y'] },
    place: vienna,
  });
  await put('stories', 's2', {
    title: 'blue "fox" 100%',
    rating: 2.5,
    live: false,
    mood: 'wild',
    marks: ['a'],
    author: id('bob'),
    helpers: [id('ann')],
    meta: { lang: 'de', size: { w: 20 } },
    place: london,
  });
  await put('stories', 's3', { title: 'Green_tree', live: true, due: '2025-12-31 23:59:59.999Z' });
  await put('stories', 's4', {
    title: "it's a fox",
    rating: -3,
    due: '2026-03-01 11:00:00.000Z',
    mood: 'calm',
    marks: ['b', 'c'],
    author: id('ann'),
    helpers: [id('ann'), id('bob')],
    meta: [1, 2, 3],
    place: { lon: 2.35, lat: 48.85 },
  });
  await put('notes', 'n1', { text: 'good', score: 5, story: id('s1') });
  await put('notes', 'n2', { text: 'bad', score: 1, story: id('s1') });
  await put('notes', 'n3', { text: 'good', score: 5, story: id('s2') });
  await put('diaries', 'd1', { text: 'secret', story: id('s1') });
  await put('drafts', 'f1', { text: 'first', open: true, story: id('s1') });
  await put('drafts', 'f2', { text: 'first', open: false, story: id('s2') });
}
