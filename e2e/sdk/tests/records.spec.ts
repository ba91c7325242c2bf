import type PocketBase from 'pocketbase';
import type { RecordModel } from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { define, guest, id, named, refusal, superuser } from './clients.ts';

interface Book extends RecordModel {
  title: string;
  pages: number;
}

let admin: PocketBase;
const pb = guest();

beforeAll(async () => {
  admin = await superuser();
  const [novelists] = await define(admin, { name: 'novelists', fields: [{ name: 'name', type: 'text' }] });
  await define(admin, {
    name: 'books',
    fields: [
      { name: 'title', type: 'text', required: true },
      { name: 'pages', type: 'number', onlyInt: true },
      { name: 'genres', type: 'select', values: ['crime', 'love', 'travel'], maxSelect: 3 },
      { name: 'isbn', type: 'text' },
      { name: 'novelist', type: 'relation', collectionId: novelists!.id, maxSelect: 1 },
      { name: 'more', type: 'json' },
      { name: 'created', type: 'autodate', onCreate: true },
    ],
    indexes: ["CREATE UNIQUE INDEX idx_books_isbn ON books (isbn) WHERE isbn != ''"],
  });
  await admin.collection('novelists').create({ id: id('anna'), name: 'Anna' });
  for (let pages = 1; pages <= 7; pages++) {
    await admin.collection('books').create({
      id: id(`book${pages}`),
      title: `Book ${pages}`,
      pages,
      genres: pages % 2 === 0 ? ['crime'] : ['love', 'travel'],
      novelist: pages < 3 ? id('anna') : '',
    });
  }
});

describe('getList', () => {
  it('answers the first page in the order of creation', async () => {
    const page = await pb.collection('books').getList();

    expect(page).toMatchObject({ page: 1, perPage: 30, totalItems: 7, totalPages: 1 });
    expect(named(page.items, 'pages')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(Object.keys(page)).toEqual(['items', 'page', 'perPage', 'totalItems', 'totalPages']);
  });

  it('answers any page, with the totals of all', async () => {
    const page = await pb.collection('books').getList(2, 3);

    expect(page).toMatchObject({ page: 2, perPage: 3, totalItems: 7, totalPages: 3 });
    expect(named(page.items, 'pages')).toEqual([4, 5, 6]);
  });

  it('answers no records past the end', async () => {
    expect(await pb.collection('books').getList(9, 3)).toMatchObject({
      items: [],
      page: 9,
      totalItems: 7,
      totalPages: 3,
    });
  });

  it.each([
    [0, 0, { page: 1, perPage: 30 }],
    [-4, -1, { page: 1, perPage: 30 }],
    [1, 5000, { page: 1, perPage: 1000 }],
  ])('takes page %i of %i as one that there is', async (page, perPage, expected) => {
    expect(await pb.collection('books').getList(page, perPage)).toMatchObject(expected);
  });

  it.each([{ page: 'x' }, { perPage: '1.5' }, { skipTotal: 'maybe' }])('refuses %o', async (query) => {
    expect(await refusal(pb.collection('books').getList(1, 30, { query }))).toMatchObject({ status: 400 });
  });

  it('leaves the totals out when asked to', async () => {
    const page = await pb.collection('books').getList(1, 2, { skipTotal: true });

    expect(page).toMatchObject({ totalItems: -1, totalPages: -1 });
    expect(page.items).toHaveLength(2);
  });

  it('filters, sorts, picks fields and expands at once', async () => {
    const page = await pb.collection('books').getList(1, 10, {
      filter: 'pages <= 3 && genres ~ "love"',
      sort: '-pages',
      fields: 'title,expand.novelist.name',
      expand: 'novelist',
    });

    expect(page).toEqual({
      items: [
        { title: 'Book 3', expand: {} },
        { title: 'Book 1', expand: { novelist: { name: 'Anna' } } },
      ],
      page: 1,
      perPage: 10,
      totalItems: 2,
      totalPages: 1,
    });
  });

  it.each([
    ['-genres,pages', [1, 3, 5, 7, 2, 4, 6]],
    ['+pages', [1, 2, 3, 4, 5, 6, 7]],
    [' -pages ', [7, 6, 5, 4, 3, 2, 1]],
    ['@rowid', [1, 2, 3, 4, 5, 6, 7]],
    ['-@rowid', [7, 6, 5, 4, 3, 2, 1]],
    ['-novelist.name,-pages', [2, 1, 7, 6, 5, 4, 3]],
  ])('sorts by %s', async (sort, expected) => {
    expect(named((await pb.collection('books').getList(1, 30, { sort })).items, 'pages')).toEqual(expected);
  });

  it('sorts at random without losing or repeating a record', async () => {
    const page = await pb.collection('books').getList(1, 30, { sort: '@random' });

    expect(named(page.items, 'pages').toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it.each(['nothing', 'pages,', 'pages,nothing', 'id,id,id,id,id,id,id,id,id', `${'x'.repeat(256)}`])(
    'refuses to sort by %s',
    async (sort) => {
      expect(await refusal(pb.collection('books').getList(1, 30, { sort }))).toMatchObject({ status: 400 });
    },
  );

  it.each(['nothing = 1', 'pages', 'pages = ', '(pages = 1', 'pages = 1 and pages = 2', '// only a comment'])(
    'refuses the filter %s',
    async (filter) => {
      expect(await refusal(pb.collection('books').getList(1, 30, { filter }))).toMatchObject({ status: 400 });
    },
  );

  it('finds the collection by its id and in any case of letters', async () => {
    const { id: collectionId } = await admin.collections.getOne('books');

    expect((await pb.collection(collectionId).getList()).totalItems).toBe(7);
    expect((await pb.collection('BOOKS').getList()).totalItems).toBe(7);
    expect(await refusal(pb.collection('bookz').getList())).toMatchObject({ status: 404 });
  });

  it('ignores query parameters that it does not know', async () => {
    expect((await pb.collection('books').getList(1, 1, { otherQueryParam: '123' })).items).toHaveLength(1);
  });
});

describe('getFullList', () => {
  it('collects every record, page by page', async () => {
    const asked: string[] = [];
    const all = await pb.collection('books').getFullList({
      batch: 3,
      sort: 'pages',
      fetch: async (url, config) => {
        asked.push(new URL(String(url)).searchParams.get('page') ?? '');
        return fetch(url, config);
      },
    });

    expect(named(all, 'pages')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(asked).toEqual(['1', '2', '3']);
  });

  it('takes the size of a batch as its first argument too', async () => {
    expect(await pb.collection('books').getFullList(2, { filter: 'pages > 3' })).toHaveLength(4);
  });

  it('asks for one page when all records fit into it', async () => {
    let requests = 0;
    pb.afterSend = (_, data) => {
      requests++;
      return data;
    };
    expect(await pb.collection('books').getFullList()).toHaveLength(7);
    delete pb.afterSend;

    expect(requests).toBe(1);
  });

  it('ends on a last page that is full', async () => {
    expect(await pb.collection('books').getFullList({ batch: 7 })).toHaveLength(7);
  });

  it('gets past the largest page there is', async () => {
    await define(admin, {
      name: 'shelves',
      type: 'view',
      viewQuery: 'SELECT (ROW_NUMBER() OVER()) AS id, a.title FROM books a, books b, books c, books d',
    });

    const all = await pb.collection('shelves').getFullList({ batch: 5000 });

    expect(new Set(named(all, 'id')).size).toBe(7 ** 4);
    expect(all).toHaveLength(7 ** 4);
  });
});

describe('getFirstListItem', () => {
  it('finds the first record that the filter selects', async () => {
    const book = await pb.collection('books').getFirstListItem<Book>('pages > 3', { sort: '-pages' });

    expect(book.title).toBe('Book 7');
  });

  it('takes expand and fields', async () => {
    const book = await pb
      .collection('books')
      .getFirstListItem('pages = 1', { expand: 'novelist', fields: 'pages,expand.novelist.id' });

    expect(book).toEqual({ pages: 1, expand: { novelist: { id: id('anna') } } });
  });

  it('says 404 when there is none', async () => {
    const error = await refusal(pb.collection('books').getFirstListItem('pages > 1000'));

    expect(error).toMatchObject({ status: 404, message: "The requested resource wasn't found." });
  });

  it('says 400 when the filter makes no sense', async () => {
    expect(await refusal(pb.collection('books').getFirstListItem('pages >> 1000'))).toMatchObject({ status: 400 });
  });
});

describe('getOne', () => {
  it('answers the record with all that it holds', async () => {
    const { id: collectionId } = await admin.collections.getOne('books');

    expect(await pb.collection('books').getOne(id('book1'))).toEqual({
      collectionId,
      collectionName: 'books',
      id: id('book1'),
      title: 'Book 1',
      pages: 1,
      genres: ['love', 'travel'],
      isbn: '',
      novelist: id('anna'),
      more: null,
      created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  it('answers the keys in alphabetical order', async () => {
    const keys = Object.keys(await pb.collection('books').getOne(id('book1'), { expand: 'novelist' }));

    expect(keys).toEqual(keys.toSorted());
    expect(keys).toContain('expand');
  });

  it('takes expand and fields', async () => {
    const book = await pb
      .collection('books')
      .getOne<Book>(id('book2'), { expand: 'novelist', fields: '*,expand.novelist.name' });

    expect(book).toMatchObject({ title: 'Book 2', expand: { novelist: { name: 'Anna' } } });
  });

  it.each(['missing', '', '../books', 'a/b', 'ä?#%'])('says 404 for the id %o', async (missing) => {
    expect(await refusal(pb.collection('books').getOne(missing))).toMatchObject({
      status: 404,
      response: { data: {} },
    });
  });
});

describe('create', () => {
  it('answers the stored record, with a new id', async () => {
    const book = await pb.collection('books').create<Book>({ title: 'New', pages: 12, unknown: true });

    expect(book).toMatchObject({ title: 'New', pages: 12, genres: [], more: null, collectionName: 'books' });
    expect(book.id).toMatch(/^[a-z0-9]{15}$/);
    expect(book).not.toHaveProperty('unknown');
    expect(await pb.collection('books').getOne(book.id)).toEqual(book);
    await pb.collection('books').delete(book.id);
  });

  it('takes expand and fields', async () => {
    const book = await pb
      .collection('books')
      .create({ title: 'New', novelist: id('anna') }, { expand: 'novelist', fields: 'title,expand.novelist.name' });

    expect(book).toEqual({ title: 'New', expand: { novelist: { name: 'Anna' } } });
    await pb.collection('books').delete((await pb.collection('books').getFirstListItem('title = "New"')).id);
  });

  it('takes FormData', async () => {
    const body = new FormData();
    body.set('title', '0012');
    body.set('pages', '12');
    body.append('genres', 'love');
    body.append('genres', 'crime');
    body.set('@jsonPayload', JSON.stringify({ more: { nested: [1, null] } }));

    const book = await pb.collection('books').create(body);

    expect(book).toMatchObject({ title: '0012', pages: 12, genres: ['love', 'crime'], more: { nested: [1, null] } });
    await pb.collection('books').delete(book.id);
  });

  it.each([
    ['no body', undefined, 'title', 'validation_required'],
    ['an empty required text', { title: '' }, 'title', 'validation_required'],
    ['a number that is none', { title: 'x', pages: 'many' }, 'pages', 'validation_not_a_number'],
    ['a fraction', { title: 'x', pages: 1.5 }, 'pages', 'validation_only_int_constraint'],
    ['a value that is no choice', { title: 'x', genres: ['war'] }, 'genres', 'validation_invalid_value'],
    [
      'a record that is not there',
      { title: 'x', novelist: id('nobody') },
      'novelist',
      'validation_missing_rel_records',
    ],
    ['an id that is taken', { title: 'x', id: id('book1') }, 'id', 'validation_not_unique'],
    ['an id that is too short', { title: 'x', id: 'short' }, 'id', 'validation_min_text_constraint'],
    ['an id of other letters', { title: 'x', id: 'ABCDEFGHIJKLMNO' }, 'id', 'validation_invalid_format'],
  ])('refuses %s', async (_, body, field, code) => {
    const error = await refusal(pb.collection('books').create(body));

    expect(error).toMatchObject({ status: 400, response: { message: 'Failed to create record.', status: 400 } });
    expect(error.response.data).toEqual({ [field]: expect.objectContaining({ code, message: expect.any(String) }) });
  });

  it('names every wrong field at once', async () => {
    const error = await refusal(pb.collection('books').create({ pages: 1.5, genres: ['war'] }));

    expect(Object.keys(error.response.data).toSorted()).toEqual(['genres', 'pages', 'title']);
  });

  it('names the field of a unique index', async () => {
    const first = await pb.collection('books').create({ title: 'One', isbn: '978-3' });
    const error = await refusal(pb.collection('books').create({ title: 'Two', isbn: '978-3' }));
    await pb.collection('books').delete(first.id);

    expect(error.response.data).toMatchObject({ isbn: { code: 'validation_not_unique' } });
  });
});

describe('update', () => {
  it('changes what the body names and nothing else', async () => {
    const before = await pb.collection('books').getOne(id('book3'));
    const after = await pb.collection('books').update<Book>(id('book3'), { isbn: '1' });

    expect(after).toEqual({ ...before, isbn: '1' });
    expect(await pb.collection('books').getOne(id('book3'))).toEqual(after);
  });

  it('takes expand and fields', async () => {
    expect(
      await pb
        .collection('books')
        .update(id('book1'), { isbn: '2' }, { expand: 'novelist', fields: 'isbn,expand.novelist.name' }),
    ).toEqual({ isbn: '2', expand: { novelist: { name: 'Anna' } } });
  });

  it('takes FormData', async () => {
    const body = new FormData();
    body.set('isbn', '1e5');

    expect(await pb.collection('books').update(id('book4'), body)).toMatchObject({ isbn: '1e5', pages: 4 });
  });

  it('leaves the record as it is without a body', async () => {
    expect(await pb.collection('books').update(id('book5'))).toMatchObject({ title: 'Book 5' });
  });

  it('refuses another id, and keeps the same one', async () => {
    const error = await refusal(pb.collection('books').update(id('book1'), { id: id('other') }));

    expect(error).toMatchObject({ status: 400, response: { message: 'Failed to update record.' } });
    expect(error.response.data.id.code).toBe('validation_pk_change');
    expect(await pb.collection('books').update(id('book1'), { id: id('book1') })).toMatchObject({ pages: 1 });
  });

  it('keeps what was stored when it refuses', async () => {
    const error = await refusal(pb.collection('books').update(id('book6'), { title: '', pages: 99 }));

    expect(error.response.data).toMatchObject({ title: { code: 'validation_required' } });
    expect(await pb.collection('books').getOne(id('book6'))).toMatchObject({ title: 'Book 6', pages: 6 });
  });

  it('says 404 for a record that is not there', async () => {
    expect(await refusal(pb.collection('books').update(id('nobody'), { title: 'x' }))).toMatchObject({ status: 404 });
  });

  it('does not let anybody write an autodate', async () => {
    const before = await admin.collection('books').getOne(id('book1'));
    const after = await admin.collection('books').update(id('book1'), { created: '2001-01-01 00:00:00.000Z' });

    expect(after.created).toBe(before.created);
  });
});

describe('delete', () => {
  it('says true, and then 404', async () => {
    const { id: gone } = await pb.collection('books').create({ title: 'Gone' });

    expect(await pb.collection('books').delete(gone)).toBe(true);
    expect(await refusal(pb.collection('books').delete(gone))).toMatchObject({ status: 404 });
    expect(await refusal(pb.collection('books').getOne(gone))).toMatchObject({ status: 404 });
  });

  it('makes records that relate to it let go', async () => {
    await admin.collection('novelists').create({ id: id('eve'), name: 'Eve' });
    const book = await pb.collection('books').create({ title: 'Hers', novelist: id('eve') });
    await pb.collection('novelists').delete(id('eve'));

    expect(await pb.collection('books').getOne(book.id)).toMatchObject({ novelist: '' });
    await pb.collection('books').delete(book.id);
  });

  it('takes records along whose relation cascades, and is refused by a required one', async () => {
    const [owners] = await define(admin, { name: 'owners', fields: [{ name: 'name', type: 'text' }] });
    await define(
      admin,
      {
        name: 'toys',
        fields: [{ name: 'owner', type: 'relation', collectionId: owners!.id, maxSelect: 1, cascadeDelete: true }],
      },
      {
        name: 'pets',
        fields: [{ name: 'owner', type: 'relation', collectionId: owners!.id, maxSelect: 1, required: true }],
      },
    );
    const owner = await pb.collection('owners').create({ name: 'Otto' });
    const toy = await pb.collection('toys').create({ owner: owner.id });
    const pet = await pb.collection('pets').create({ owner: owner.id });

    expect(await refusal(pb.collection('owners').delete(owner.id))).toMatchObject({
      status: 400,
      message: 'Failed to delete record. Make sure that the record is not part of a required relation reference.',
    });
    expect(await pb.collection('toys').getOne(toy.id)).toMatchObject({ owner: owner.id });

    await pb.collection('pets').delete(pet.id);
    await pb.collection('owners').delete(owner.id);
    expect(await refusal(pb.collection('toys').getOne(toy.id))).toMatchObject({ status: 404 });
  });
});

describe('rules', () => {
  it('see the headers and query parameters that a client adds', async () => {
    await define(admin, {
      name: 'guarded',
      fields: [{ name: 'name', type: 'text' }],
      listRule: '@request.headers.x_pass = "open" && @request.query.since = "2026-01-02 03:04:05.678Z"',
      viewRule:
        '@request.query.tags = "first" && @request.query.shape = "{\\"a\\":1}" && @request.query.left:isset = false',
    });
    const { id: inside } = await admin.collection('guarded').create({ name: 'inside' });
    const since = new Date('2026-01-02T03:04:05.678Z');

    expect((await pb.collection('guarded').getList(1, 1, { since, headers: { 'X-Pass': 'open' } })).items).toHaveLength(
      1,
    );
    expect((await pb.collection('guarded').getList(1, 1, { since, headers: { 'X-Pass': 'shut' } })).items).toHaveLength(
      0,
    );
    expect((await pb.collection('guarded').getList(1, 1, { headers: { 'X-Pass': 'open' } })).items).toHaveLength(0);

    const query = { tags: ['first', 'second'], shape: { a: 1 }, left: undefined };
    expect(await pb.collection('guarded').getOne(inside, { query })).toMatchObject({ name: 'inside' });
    expect(await refusal(pb.collection('guarded').getOne(inside, { query: { ...query, left: 1 } }))).toMatchObject({
      status: 404,
    });
  });

  it('that are locked leave each action to superusers', async () => {
    const locked = { listRule: null, viewRule: null, createRule: null, updateRule: null, deleteRule: null };
    await define(admin, { name: 'locked', fields: [{ name: 'name', type: 'text' }], ...locked });
    const { id: one } = await admin.collection('locked').create({ name: 'one' });
    const only = { status: 403, message: 'Only superusers can perform this action.', response: { data: {} } };

    expect(await refusal(pb.collection('locked').getList())).toMatchObject(only);
    expect(await refusal(pb.collection('locked').getOne(one))).toMatchObject(only);
    expect(await refusal(pb.collection('locked').create({ name: 'two' }))).toMatchObject(only);
    expect(await refusal(pb.collection('locked').update(one, { name: 'two' }))).toMatchObject(only);
    expect(await refusal(pb.collection('locked').delete(one))).toMatchObject(only);
    expect(named(await admin.collection('locked').getFullList())).toEqual(['one']);
  });

  it('that are not satisfied hide each record', async () => {
    const rule = 'name = "mine"';
    await define(admin, {
      name: 'partial',
      fields: [{ name: 'name', type: 'text' }],
      listRule: rule,
      viewRule: rule,
      createRule: rule,
      updateRule: rule,
      deleteRule: rule,
    });
    const { id: theirs } = await admin.collection('partial').create({ name: 'theirs' });
    const { id: mine } = await pb.collection('partial').create({ name: 'mine' });

    expect(named(await pb.collection('partial').getFullList())).toEqual(['mine']);
    expect(await pb.collection('partial').getOne(mine)).toMatchObject({ name: 'mine' });
    expect(await refusal(pb.collection('partial').getOne(theirs))).toMatchObject({ status: 404 });
    expect(await refusal(pb.collection('partial').create({ name: 'theirs' }))).toMatchObject({
      status: 400,
      message: 'Failed to create record.',
      response: { data: {} },
    });
    expect(await refusal(pb.collection('partial').update(theirs, { name: 'mine' }))).toMatchObject({ status: 404 });
    expect(await refusal(pb.collection('partial').delete(theirs))).toMatchObject({ status: 404 });
    expect(await pb.collection('partial').delete(mine)).toBe(true);
  });
});
