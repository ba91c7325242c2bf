import type PocketBase from 'pocketbase';
import type { CollectionModel } from 'pocketbase';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../admin-ui/e2e/server.ts';
import { account, define, guest, named, refusal, signedIn, superuser } from './clients.ts';

const COMMON_KEYS =
  'id listRule viewRule createRule updateRule deleteRule name type fields indexes created updated system'.split(' ');
const AUTH_KEYS = (
  'authRule manageRule authAlert oauth2 passwordAuth mfa otp authToken passwordResetToken emailChangeToken ' +
  'verificationToken fileToken verificationTemplate resetPasswordTemplate confirmEmailChangeTemplate'
).split(' ');

let admin: PocketBase;

beforeAll(async () => {
  admin = await superuser();
  await define(
    admin,
    { name: 'col_a', fields: [{ name: 'title', type: 'text' }] },
    { name: 'col_b', type: 'auth' },
    { name: 'col_c', type: 'view', viewQuery: 'SELECT id, title FROM col_a' },
  );
});

describe('reading', () => {
  it('getList pages, filters and sorts', async () => {
    const page = await admin.collections.getList(1, 2, { filter: 'name ~ "col_"', sort: '-name' });

    expect(page).toMatchObject({ page: 1, perPage: 2, totalItems: 3, totalPages: 2 });
    expect(page.items.map(({ name }) => name)).toEqual(['col_c', 'col_b']);
    expect(await admin.collections.getList(1, 1, { skipTotal: true })).toMatchObject({ totalItems: -1 });
  });

  it.each([
    'type = "view" && name ~ "col_"',
    'system = false && name = "col_c"',
    'created > "2020-01-01" && name = "col_c"',
  ])('getList takes the filter %s', async (filter) => {
    expect((await admin.collections.getList(1, 10, { filter })).items.map(({ name }) => name)).toEqual(['col_c']);
  });

  it('getList refuses to filter or sort by anything else', async () => {
    expect(await refusal(admin.collections.getList(1, 10, { filter: 'fields ~ "x"' }))).toMatchObject({ status: 400 });
    expect(await refusal(admin.collections.getList(1, 10, { sort: 'listRule' }))).toMatchObject({ status: 400 });
  });

  it('getFullList answers all, the system ones too', async () => {
    const all = await admin.collections.getFullList({ batch: 2 });

    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        '_superusers',
        '_externalAuths',
        '_mfas',
        '_otps',
        '_authOrigins',
        'users',
        'col_a',
        'col_b',
        'col_c',
      ]),
    );
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all).toHaveLength((await admin.collections.getList(1, 1)).totalItems);
  });

  it('getFirstListItem finds one or says 404', async () => {
    expect(await admin.collections.getFirstListItem('name = "col_b"')).toMatchObject({ name: 'col_b', type: 'auth' });
    expect(await refusal(admin.collections.getFirstListItem('name = "nothing"'))).toMatchObject({ status: 404 });
  });

  it('getOne takes a name, in any case of letters, or an id', async () => {
    const collection = await admin.collections.getOne('col_a');

    expect(collection).toMatchObject({ name: 'col_a', type: 'base', system: false, indexes: [], listRule: '' });
    expect(await admin.collections.getOne(collection.id)).toEqual(collection);
    expect(await admin.collections.getOne('COL_A')).toEqual(collection);
    expect(await refusal(admin.collections.getOne('nothing'))).toMatchObject({ status: 404 });
    expect(await refusal(admin.collections.getOne(''))).toMatchObject({ status: 404 });
  });

  it('shows the options of each type in their order, and no secret', async () => {
    expect(Object.keys(await admin.collections.getOne('col_a'))).toEqual(COMMON_KEYS);
    expect(Object.keys(await admin.collections.getOne('col_c'))).toEqual([...COMMON_KEYS, 'viewQuery']);
    const auth = await admin.collections.getOne('col_b');
    expect(Object.keys(auth)).toEqual([...COMMON_KEYS, ...AUTH_KEYS]);
    expect(auth).toMatchObject({
      authRule: '',
      manageRule: null,
      passwordAuth: { enabled: true, identityFields: ['email'] },
      mfa: { enabled: false, duration: 600, rule: '' },
      otp: { enabled: false, duration: 180, length: 8 },
      authToken: { duration: 432000 },
      fileToken: { duration: 180 },
      oauth2: { enabled: false, providers: [] },
    });
    expect(JSON.stringify(auth)).not.toContain('"secret"');
  });

  it('has the ids that clients rely on', async () => {
    expect((await admin.collections.getOne('_superusers')).id).toBe('pbc_3142635823');
    expect((await admin.collections.getOne('col_a')).id).toMatch(/^pbc_\d+$/);
  });

  it('is for superusers', async () => {
    const pb = guest();
    expect(await refusal(pb.collections.getList())).toMatchObject({ status: 401, response: { data: {} } });
    expect(await refusal(pb.collections.getOne('col_a'))).toMatchObject({ status: 401 });
    await admin.collection('col_b').create(account('member@example.org'));
    const member = await signedIn('col_b', 'member@example.org');
    const forbidden = { status: 403, message: 'You are not allowed to perform this request.' };
    expect(await refusal(member.collections.getList())).toMatchObject({ status: 403 });
    expect(await refusal(member.collections.create({ name: 'mine' }))).toMatchObject({ status: 403 });
    expect(await refusal(member.collections.getScaffolds())).toMatchObject({ status: 403 });
    expect(forbidden.status).toBe(403);
  });
});

describe('create', () => {
  it('makes a closed collection with an id field', async () => {
    const collection = await admin.collections.create({
      name: 'created_base',
      fields: [{ name: 'n', type: 'number', min: 1 }],
    });

    expect(collection).toMatchObject({
      type: 'base',
      listRule: null,
      viewRule: null,
      createRule: null,
      updateRule: null,
      deleteRule: null,
      fields: [
        {
          name: 'id',
          type: 'text',
          system: true,
          primaryKey: true,
          required: true,
          pattern: '^[a-z0-9]+$',
          min: 15,
          max: 15,
        },
        {
          name: 'n',
          type: 'number',
          min: 1,
          max: null,
          onlyInt: false,
          required: false,
          hidden: false,
          presentable: false,
        },
      ],
    });
    expect(collection.fields[1]!.id).toMatch(/^number\d+$/);
  });

  it('makes accounts with their fields and indexes', async () => {
    const collection = await admin.collections.create({ name: 'created_auth', type: 'auth' });

    expect(collection.fields.map(({ name }) => name)).toEqual([
      'id',
      'password',
      'tokenKey',
      'email',
      'emailVisibility',
      'verified',
    ]);
    expect(collection.indexes).toHaveLength(2);
  });

  it('makes views', async () => {
    const view = await admin.collections.create({
      name: 'created_view',
      type: 'view',
      viewQuery: 'SELECT id, title AS heading FROM col_a',
    });

    expect(view.fields.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'text'],
      ['heading', 'text'],
    ]);
  });

  it("takes an id, which is then nobody else's id or name", async () => {
    expect(await admin.collections.create({ id: 'mycollection001', name: 'created_with_id' })).toMatchObject({
      id: 'mycollection001',
    });

    expect(
      (await refusal(admin.collections.create({ id: 'mycollection001', name: 'c1' }))).response.data,
    ).toHaveProperty('id');
    expect((await refusal(admin.collections.create({ name: 'mycollection001' }))).response.data).toHaveProperty('name');
  });

  it('picks what it answers', async () => {
    expect(await admin.collections.create({ name: 'created_picked' }, { fields: 'name,type' })).toEqual({
      name: 'created_picked',
      type: 'base',
    });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['without a name', {}, 'name', 'validation_required'],
    ['with a name that is taken', { name: 'COL_A' }, 'name', 'validation_collection_name_exists'],
    ['with a name of other letters', { name: 'a-b' }, 'name', 'validation_match_invalid'],
    ['with a rule that makes no sense', { name: 'c1', listRule: 'nothing = 1' }, 'listRule', 'validation_invalid_rule'],
    ['that is a view without a query', { name: 'c1', type: 'view' }, 'viewQuery', 'validation_required'],
    [
      'that is a view of nothing',
      { name: 'c1', type: 'view', viewQuery: 'SELECT id FROM nothing' },
      'viewQuery',
      'validation_invalid_view_query',
    ],
    ['of no type', { name: 'c1', type: 'table' }, 'type', 'validation_in_invalid'],
  ])('refuses one %s', async (_, body, field, code) => {
    const error = await refusal(admin.collections.create(body));

    expect(error).toMatchObject({ status: 400, message: 'Failed to create collection.' });
    expect(error.response.data).toMatchObject({ [field]: { code } });
  });

  it('leads to the wrong field by its place', async () => {
    const error = await refusal(
      admin.collections.create({
        name: 'c1',
        fields: [
          { name: 'fine', type: 'text' },
          { name: 'expand', type: 'text' },
        ],
      }),
    );

    const places = Object.keys(error.response.data.fields);
    expect(places).toHaveLength(1);
    expect(error.response.data.fields[places[0]!].name.code).toEqual(expect.stringContaining('validation_'));
  });

  it('leads to the wrong index by its place', async () => {
    const error = await refusal(admin.collections.create({ name: 'c1', indexes: ['CREATE INDEX'] }));

    expect(error.response.data).toMatchObject({ indexes: { 0: { code: 'validation_invalid_index_expression' } } });
  });
});

describe('update', () => {
  it('renames, and keeps fields and records', async () => {
    await define(admin, { name: 'old_name', fields: [{ name: 'title', type: 'text' }] });
    const { id: record } = await admin.collection('old_name').create({ title: 'kept' });
    const before = await admin.collections.getOne('old_name');
    const after = await admin.collections.update('old_name', { name: 'new_name' });

    expect(after).toMatchObject({ id: before.id, name: 'new_name', fields: before.fields });
    expect(await admin.collection('new_name').getOne(record)).toMatchObject({ title: 'kept' });
    expect(await refusal(admin.collection('old_name').getOne(record))).toMatchObject({ status: 404 });
  });

  it('renames, adds and drops fields', async () => {
    await define(admin, {
      name: 'shapes',
      fields: [
        { name: 'title', type: 'text' },
        { name: 'gone', type: 'text' },
      ],
    });
    const { id: record } = await admin.collection('shapes').create({ title: 'kept', gone: 'lost' });
    const { fields } = await admin.collections.getOne('shapes');
    await admin.collections.update('shapes', {
      fields: [
        ...fields
          .filter(({ name }) => name !== 'gone')
          .map((field) => (field.name === 'title' ? { ...field, name: 'heading' } : field)),
        { name: 'fresh', type: 'number' },
      ],
    });

    const shown = await admin.collection('shapes').getOne(record);
    expect(shown).toMatchObject({ heading: 'kept', fresh: 0 });
    expect(shown).not.toHaveProperty('gone');
  });

  it('changes rules at once', async () => {
    await define(admin, { name: 'ruled', fields: [{ name: 'title', type: 'text' }], listRule: null });
    expect(await refusal(guest().collection('ruled').getList())).toMatchObject({ status: 403 });

    expect(await admin.collections.update('ruled', { listRule: '' })).toMatchObject({ listRule: '', viewRule: '' });
    expect((await guest().collection('ruled').getList()).items).toEqual([]);
  });

  it('converts between one value and several', async () => {
    await define(admin, {
      name: 'choices',
      fields: [{ name: 'choice', type: 'select', values: ['a', 'b'], maxSelect: 1 }],
    });
    const { id: record } = await admin.collection('choices').create({ choice: 'b' });
    const change = async (maxSelect: number) => {
      const { fields } = await admin.collections.getOne('choices');
      await admin.collections.update('choices', {
        fields: fields.map((field) => (field.name === 'choice' ? { ...field, maxSelect } : field)),
      });
      return (await admin.collection('choices').getOne(record)).choice;
    };

    expect(await change(2)).toEqual(['b']);
    await admin.collection('choices').update(record, { choice: ['b', 'a'] });
    expect(await change(1)).toBe('a');
  });

  it('keeps the secrets that it does not name', async () => {
    const member = guest();
    await define(admin, { name: 'keepers', type: 'auth' });
    await admin.collection('keepers').create(account('k@example.org'));
    await member.collection('keepers').authWithPassword('k@example.org', 'correct horse battery');
    await admin.collections.update('keepers', { authToken: { duration: 1000 } });

    expect((await member.collection('keepers').authRefresh()).token).toEqual(expect.any(String));
    expect(await admin.collections.getOne('keepers')).toMatchObject({ authToken: { duration: 1000 } });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['another type', { type: 'auth' }, 'type', 'validation_collection_type_change'],
    ['a rule that makes no sense', { updateRule: 'a = ' }, 'updateRule', 'validation_invalid_rule'],
    ['a name that is taken', { name: 'col_b' }, 'name', 'validation_collection_name_exists'],
  ])('refuses %s', async (_, change, field, code) => {
    const error = await refusal(admin.collections.update('col_a', change));

    expect(error).toMatchObject({ status: 400, message: 'Failed to update collection.' });
    expect(error.response.data).toMatchObject({ [field]: { code } });
  });

  it('refuses a unique index over values that are not, and takes one of another table for its own', async () => {
    await define(admin, { name: 'doubles', fields: [{ name: 'value', type: 'text' }] });
    await admin.collection('doubles').create({ value: 'x' });
    await admin.collection('doubles').create({ value: 'x' });

    const unique = 'CREATE UNIQUE INDEX idx_doubles ON doubles (value)';
    expect((await refusal(admin.collections.update('doubles', { indexes: [unique] }))).response.data).toHaveProperty(
      'indexes',
    );
    expect(
      await admin.collections.update('doubles', { indexes: ['create index `idx_doubles` on `other` (`value`)'] }),
    ).toMatchObject({ indexes: ['CREATE INDEX `idx_doubles` ON `doubles` (`value`)'] });
  });

  it('refuses to drop a field that a rule needs', async () => {
    await define(admin, { name: 'needed', fields: [{ name: 'value', type: 'text' }], listRule: 'value = "x"' });
    const { fields } = await admin.collections.getOne('needed');
    const error = await refusal(
      admin.collections.update('needed', { fields: fields.filter(({ name }) => name !== 'value') }),
    );

    expect(error.response.data).toMatchObject({ listRule: { code: 'validation_invalid_rule' } });
  });

  it('does not let system collections change their name or rules', async () => {
    expect((await refusal(admin.collections.update('_superusers', { name: 'other' }))).response.data).toMatchObject({
      name: { code: 'validation_collection_system_name_change' },
    });
    expect((await refusal(admin.collections.update('_superusers', { listRule: '' }))).response.data).toMatchObject({
      listRule: { code: 'validation_collection_system_rule_change' },
    });
  });
});

describe('delete and truncate', () => {
  it('delete says true, and then 404', async () => {
    await define(admin, { name: 'shortlived' });

    expect(await admin.collections.delete('shortlived')).toBe(true);
    expect(await refusal(admin.collections.delete('shortlived'))).toMatchObject({ status: 404 });
  });

  it('delete is refused for system collections and ones that others relate to', async () => {
    const [target] = await define(admin, { name: 'target' });
    await define(admin, {
      name: 'pointer',
      fields: [{ name: 'to', type: 'relation', collectionId: target!.id, maxSelect: 1 }],
    });

    expect(await refusal(admin.collections.delete('target'))).toMatchObject({
      status: 400,
      message: expect.stringContaining('Failed to delete collection'),
    });
    expect(await refusal(admin.collections.delete('_superusers'))).toMatchObject({ status: 400 });
    expect(await admin.collections.delete('pointer')).toBe(true);
    expect(await admin.collections.delete('target')).toBe(true);
  });

  it('truncate deletes all records and what cascades from them', async () => {
    const [parents] = await define(admin, { name: 'parents', fields: [{ name: 'name', type: 'text' }] });
    await define(admin, {
      name: 'children',
      fields: [{ name: 'parent', type: 'relation', collectionId: parents!.id, maxSelect: 1, cascadeDelete: true }],
    });
    const { id: parent } = await admin.collection('parents').create({ name: 'a' });
    await admin.collection('parents').create({ name: 'b' });
    await admin.collection('children').create({ parent });
    await admin.collection('children').create({});

    expect(await admin.collections.truncate('parents')).toBe(true);
    expect(await admin.collection('parents').getFullList()).toEqual([]);
    expect(named(await admin.collection('children').getFullList(), 'parent')).toEqual(['']);
  });

  it('truncate is refused for views, and where there is nothing', async () => {
    expect(await refusal(admin.collections.truncate('col_c'))).toMatchObject({ status: 400 });
    expect(await refusal(admin.collections.truncate('nothing'))).toMatchObject({ status: 404 });
    expect(await refusal(guest().collections.truncate('col_a'))).toMatchObject({ status: 401 });
  });
});

describe('meta', () => {
  it('getScaffolds answers what each type starts from', async () => {
    const scaffolds = await admin.collections.getScaffolds();

    expect(Object.keys(scaffolds).toSorted()).toEqual(['auth', 'base', 'view']);
    expect(scaffolds.base).toMatchObject({ id: '', name: '', type: 'base', fields: [{ name: 'id' }], listRule: null });
    expect(scaffolds.view).toMatchObject({ type: 'view', viewQuery: '', fields: [] });
    expect(scaffolds.auth!.fields.map(({ name }) => name)).toContain('tokenKey');
  });

  it('a scaffold is what create takes', async () => {
    const { auth } = await admin.collections.getScaffolds();

    expect(await admin.collections.create({ ...auth, name: 'from_scaffold' })).toMatchObject({
      name: 'from_scaffold',
      type: 'auth',
    });
  });

  it('getAllOAuth2Providers answers who can be asked', async () => {
    const providers = await admin.collections.getAllOAuth2Providers();

    expect(Array.isArray(providers)).toBe(true);
    for (const provider of providers)
      expect(provider).toMatchObject({ name: expect.any(String), displayName: expect.any(String) });
  });

  it('dryRunViewQuery answers the fields and a sample, and keeps nothing', async () => {
    await admin.collection('col_a').create({ title: 'sample' });
    const answer: unknown = await admin.collections.dryRunViewQuery('SELECT id, title, 1 + 1 AS two FROM col_a');

    expect(answer).toMatchObject({
      fields: [
        { name: 'id', type: 'text' },
        { name: 'title', type: 'text' },
        { name: 'two', type: 'json' },
      ],
      sample: [{ title: 'sample', two: 2 }],
    });
  });

  it.each([
    'SELECT nothing',
    'SELECT title FROM col_a',
    'DELETE FROM col_a',
    'SELECT * FROM col_a',
    'SELECT id FROM col_a; SELECT 1',
  ])('dryRunViewQuery refuses %s', async (query) => {
    expect(await refusal(admin.collections.dryRunViewQuery(query))).toMatchObject({ status: 400 });
  });

  it('dryRunViewQuery needs a query', async () => {
    const error = await refusal(admin.collections.dryRunViewQuery(''));

    expect(error).toMatchObject({ status: 400, response: { data: { query: { code: 'validation_required' } } } });
  });
});

describe('import', () => {
  let other: PocketBase;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const server = await startServer('--demo');
    stop = server.stop;
    other = await superuser(server.url);
  });

  afterAll(() => stop?.());

  const scaffold = (more: Record<string, unknown>) => more as unknown as CollectionModel;

  it('creates collections, and changes those that are there', async () => {
    expect(
      await other.collections.import([
        scaffold({ name: 'imp_one', type: 'base', fields: [{ name: 'title', type: 'text' }], listRule: '' }),
        scaffold({ name: 'imp_two', type: 'auth' }),
      ]),
    ).toBe(true);
    await other.collection('imp_one').create({ title: 'kept' });

    await other.collections.import([
      scaffold({ name: 'imp_one', type: 'base', fields: [{ name: 'more', type: 'number' }] }),
    ]);

    const one = await other.collections.getOne('imp_one');
    expect(one.fields.map(({ name }) => name)).toEqual(['id', 'title', 'more']);
    expect(one.listRule).toBe('');
    expect(await other.collection('imp_one').getFirstListItem('more = 0')).toMatchObject({ title: 'kept' });
    expect(await other.collections.getOne('imp_two')).toMatchObject({ type: 'auth' });
  });

  it('takes views before their tables, and relations before their targets', async () => {
    await other.collections.import([
      scaffold({ name: 'imp_view', type: 'view', viewQuery: 'SELECT id, name FROM imp_target' }),
      scaffold({
        name: 'imp_pointer',
        type: 'base',
        fields: [{ name: 'to', type: 'relation', collectionId: 'imp_target_id00', maxSelect: 1 }],
      }),
      scaffold({ id: 'imp_target_id00', name: 'imp_target', type: 'base', fields: [{ name: 'name', type: 'text' }] }),
    ]);

    expect((await other.collections.getOne('imp_view')).fields.map(({ name }) => name)).toEqual(['id', 'name']);
    expect((await other.collections.getOne('imp_pointer')).fields[1]).toMatchObject({
      collectionId: 'imp_target_id00',
    });
  });

  it('takes back what it exported', async () => {
    const exported = await other.collections.getFullList({ filter: 'system = false' });

    expect(await other.collections.import(exported)).toBe(true);

    const without = (collections: CollectionModel[]) => collections.map(({ updated: _, ...collection }) => collection);
    expect(without(await other.collections.getFullList({ filter: 'system = false' }))).toEqual(without(exported));
  });

  it('happens whole or not at all', async () => {
    const error = await refusal(
      other.collections.import([
        scaffold({ name: 'imp_new', type: 'base' }),
        scaffold({ name: 'imp_bad', type: 'base', listRule: 'nothing = 1' }),
      ]),
    );

    expect(error).toMatchObject({
      status: 400,
      message: 'Failed to import collections.',
      response: { data: { collections: { code: 'validation_collections_import_failure' } } },
    });
    expect(await refusal(other.collections.getOne('imp_new'))).toMatchObject({ status: 404 });
  });

  it('needs a collection', async () => {
    const error = await refusal(other.collections.import([]));

    expect(error.response.data).toMatchObject({ collections: { code: 'validation_required' } });
  });

  it('deletes what is missing when asked to, and never a system collection', async () => {
    const one = await other.collections.getOne('imp_one');
    const users = await other.collections.getOne('users');

    await other.collections.import([{ ...one, fields: one.fields.filter(({ name }) => name !== 'more') }, users], true);

    const names = (await other.collections.getFullList()).map(({ name }) => name);
    expect(names).not.toContain('imp_two');
    expect(names).toEqual(expect.arrayContaining(['imp_one', 'users', '_superusers', '_mfas']));
    expect((await other.collections.getOne('imp_one')).fields.map(({ name }) => name)).toEqual(['id', 'title']);
    expect(await other.collection('imp_one').getFullList()).toMatchObject([{ title: 'kept' }]);
    expect(other.authStore.isValid).toBe(true);
  });
});
