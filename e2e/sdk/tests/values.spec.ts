import type PocketBase from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { account, define, guest, id, named, refusal, signedIn, superuser } from './clients.ts';

let admin: PocketBase;
const pb = guest();

beforeAll(async () => {
  admin = await superuser();
  const [friends] = await define(admin, { name: 'friends', fields: [{ name: 'name', type: 'text' }] });
  await define(admin, {
    name: 'things',
    fields: [
      { name: 'text', type: 'text' },
      { name: 'slug', type: 'text', autogeneratePattern: '[a-z]{8}' },
      { name: 'number', type: 'number' },
      { name: 'bool', type: 'bool' },
      { name: 'email', type: 'email' },
      { name: 'url', type: 'url' },
      { name: 'editor', type: 'editor' },
      { name: 'date', type: 'date' },
      { name: 'one', type: 'select', values: ['a', 'b', 'c'], maxSelect: 1 },
      { name: 'many', type: 'select', values: ['a', 'b', 'c'], maxSelect: 3 },
      { name: 'friend', type: 'relation', collectionId: friends!.id, maxSelect: 1 },
      { name: 'friends', type: 'relation', collectionId: friends!.id, maxSelect: 3 },
      { name: 'json', type: 'json' },
      { name: 'point', type: 'geoPoint' },
      { name: 'secret', type: 'text', hidden: true },
      { name: 'created', type: 'autodate', onCreate: true },
      { name: 'updated', type: 'autodate', onCreate: true, onUpdate: true },
    ],
  });
  for (const name of ['ann', 'bob', 'cid']) await admin.collection('friends').create({ id: id(name), name });
});

async function stored(body: Record<string, unknown>, client = pb) {
  const { id: created } = await client.collection('things').create(body);
  return client.collection('things').getOne(created);
}

describe('a value', () => {
  it('that is not sent is the empty one of its type', async () => {
    expect(await stored({})).toMatchObject({
      text: '',
      number: 0,
      bool: false,
      email: '',
      url: '',
      editor: '',
      date: '',
      one: '',
      many: [],
      friend: '',
      friends: [],
      json: null,
      point: { lon: 0, lat: 0 },
    });
  });

  it.each<[string, unknown, unknown]>([
    ['text', 'quotes "\' <b> \\ \n ünï 😀', 'quotes "\' <b> \\ \n ünï 😀'],
    ['text', 12.5, '12.5'],
    ['text', true, 'true'],
    ['number', -0.25, -0.25],
    ['number', 9007199254740991, 9007199254740991],
    ['number', '17.5', 17.5],
    ['bool', true, true],
    ['bool', 'true', true],
    ['bool', 0, false],
    ['email', 'a.b+c@example.com', 'a.b+c@example.com'],
    ['url', 'https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['editor', '<p>Hello <b>you</b> &amp; me</p>', '<p>Hello <b>you</b> &amp; me</p>'],
    ['date', '2026-02-03 04:05:06.789Z', '2026-02-03 04:05:06.789Z'],
    ['date', '2026-02-03T04:05:06+02:00', '2026-02-03 02:05:06.000Z'],
    ['date', '2026-02-03', '2026-02-03 00:00:00.000Z'],
    ['date', new Date('2026-02-03T04:05:06.789Z'), '2026-02-03 04:05:06.789Z'],
    ['date', null, ''],
    ['one', 'b', 'b'],
    ['one', ['a', 'c'], 'c'],
    ['one', null, ''],
    ['many', ['c', 'a'], ['c', 'a']],
    ['many', 'b', ['b']],
    ['many', ['a', 'a', '', 'b'], ['a', 'b']],
    ['many', '["a","c"]', ['a', 'c']],
    ['many', null, []],
    ['friend', id('ann'), id('ann')],
    ['friend', '', ''],
    ['friends', [id('bob'), id('ann')], [id('bob'), id('ann')]],
    ['friends', id('cid'), [id('cid')]],
    ['json', { a: [1, 'x', null, { b: true }] }, { a: [1, 'x', null, { b: true }] }],
    ['json', [], []],
    ['json', 12, 12],
    ['json', false, false],
    ['json', 'words', 'words'],
    ['json', '"quoted"', 'quoted'],
    ['json', '123', 123],
    ['json', '{"a":1}', { a: 1 }],
    ['json', '', ''],
    ['json', null, null],
    ['point', { lon: 16.37, lat: -48.2 }, { lon: 16.37, lat: -48.2 }],
    ['point', '{"lon":1,"lat":2}', { lon: 1, lat: 2 }],
    ['point', null, { lon: 0, lat: 0 }],
  ])('of %s, sent as %o, is answered as %o', async (field, sent, expected) => {
    expect((await stored({ [field]: sent }))[field]).toEqual(expected);
  });

  it.each<[string, unknown, string]>([
    ['email', 'no address', 'validation_is_email'],
    ['url', 'no address', 'validation_invalid_url'],
    ['one', 'd', 'validation_invalid_value'],
    ['many', ['a', 'd'], 'validation_invalid_value'],
    ['friend', id('nobody'), 'validation_missing_rel_records'],
    ['friends', [id('ann'), id('nobody')], 'validation_missing_rel_records'],
    ['friends', ['1', '2', '3', '4'].map(id), 'validation_too_many_values'],
    ['point', { lon: 181, lat: 0 }, 'validation_invalid_longitude'],
    ['point', { lon: 0, lat: -91 }, 'validation_invalid_latitude'],
    ['text', 'x'.repeat(5001), 'validation_max_text_constraint'],
  ])('of %s can not be %o', async (field, sent, code) => {
    const error = await refusal(pb.collection('things').create({ [field]: sent }));

    expect(error.status).toBe(400);
    expect(error.response.data).toMatchObject({ [field]: { code } });
  });

  it('carries what its limit is', async () => {
    const error = await refusal(pb.collection('things').create({ text: 'x'.repeat(5001) }));

    expect(error.response.data.text.params).toEqual({ max: 5000 });
  });

  it('of an autodate is the moment of the change', async () => {
    const before = await stored({});
    const after = await pb.collection('things').update(before.id, { text: 'x' });

    expect(before.created).toBe(before.updated);
    expect(after.created).toBe(before.created);
    expect(after.updated >= before.updated).toBe(true);
  });
});

describe('a modifier', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['number+', { number: 5 }, { 'number+': 3 }],
    ['number-', { number: 10 }, { 'number-': 2 }],
  ])('%s counts on', async (_, first, change) => {
    const { id: thing } = await stored(first);

    expect(await pb.collection('things').update(thing, change)).toMatchObject({ number: 8 });
  });

  it.each<[string, unknown, unknown]>([
    ['many+', 'c', ['a', 'b', 'c']],
    ['many+', ['c', 'a'], ['a', 'b', 'c']],
    ['+many', 'c', ['c', 'a', 'b']],
    ['many-', 'a', ['b']],
    ['many-', ['a', 'b', 'c'], []],
  ])('%s of %o changes a select', async (key, value, expected) => {
    const { id: thing } = await stored({ many: ['a', 'b'] });

    expect(await pb.collection('things').update(thing, { [key]: value })).toMatchObject({ many: expected });
  });

  it.each<[string, unknown, unknown]>([
    ['friends+', id('cid'), [id('ann'), id('bob'), id('cid')]],
    ['+friends', id('cid'), [id('cid'), id('ann'), id('bob')]],
    ['friends-', id('ann'), [id('bob')]],
    ['friends-', [id('bob'), id('ann')], []],
  ])('%s of %o changes a relation', async (key, value, expected) => {
    const { id: thing } = await stored({ friends: [id('ann'), id('bob')] });

    expect(await pb.collection('things').update(thing, { [key]: value })).toMatchObject({ friends: expected });
  });

  it('replaces a single value', async () => {
    const { id: thing } = await stored({ one: 'a', friend: id('ann') });
    const changed = await pb.collection('things').update(thing, { 'one+': 'b', 'friend+': id('bob') });

    expect(changed).toMatchObject({ one: 'b', friend: id('bob') });
    expect(await pb.collection('things').update(thing, { 'one-': 'b', 'friend-': id('bob') })).toMatchObject({
      one: '',
      friend: '',
    });
  });

  it('works on what the same body sets', async () => {
    expect(await stored({ number: 5, 'number+': 2, many: ['a'], 'many+': 'b' })).toMatchObject({
      number: 7,
      many: ['a', 'b'],
    });
  });

  it('is resolved before a rule sees the body', async () => {
    await define(admin, {
      name: 'counters',
      fields: [{ name: 'count', type: 'number' }],
      updateRule: '@request.body.count <= 10',
    });
    const { id: counter } = await admin.collection('counters').create({ count: 9 });

    expect(await pb.collection('counters').update(counter, { 'count+': 1 })).toMatchObject({ count: 10 });
    expect(await refusal(pb.collection('counters').update(counter, { 'count+': 1 }))).toMatchObject({ status: 404 });
  });

  it('generates a text, with a beginning when one is given', async () => {
    expect((await stored({})).slug).toMatch(/^[a-z]{8}$/);
    expect((await stored({ slug: 'own' })).slug).toBe('own');
    expect((await stored({ 'slug:autogenerate': 'post-' })).slug).toMatch(/^post-[a-z]{8}$/);
    expect((await stored({ 'slug:autogenerate': '' })).slug).toMatch(/^[a-z]{8}$/);
  });
});

describe('a hidden field', () => {
  it('is shown to superusers only, and written by them only', async () => {
    const { id: thing } = await admin.collection('things').create({ secret: 'plan' });

    expect(await admin.collection('things').getOne(thing)).toMatchObject({ secret: 'plan' });
    expect(await pb.collection('things').getOne(thing)).not.toHaveProperty('secret');
    expect(await pb.collection('things').getOne(thing, { fields: 'id,secret' })).toEqual({ id: thing });
    expect(await pb.collection('things').update(thing, { secret: 'mine', text: 'x' })).not.toHaveProperty('secret');
    expect(await admin.collection('things').getOne(thing)).toMatchObject({ secret: 'plan', text: 'x' });
  });

  it('can not be filtered or sorted by, but by superusers', async () => {
    await admin.collection('things').create({ secret: 'needle' });

    expect(await refusal(pb.collection('things').getFullList({ filter: 'secret = "needle"' }))).toMatchObject({
      status: 400,
    });
    expect(await refusal(pb.collection('things').getFullList({ sort: '-secret' }))).toMatchObject({ status: 400 });
    expect(await admin.collection('things').getFullList({ filter: 'secret = "needle"', sort: '-secret' })).toHaveLength(
      1,
    );
  });
});

describe('an account', () => {
  let ann: PocketBase;

  beforeAll(async () => {
    await define(admin, {
      name: 'members',
      type: 'auth',
      fields: [{ name: 'name', type: 'text' }],
      updateRule: 'id = @request.auth.id',
    });
    await admin.collection('members').create(account('ann@example.com', { name: 'Ann', emailVisibility: false }));
    await admin.collection('members').create(account('bob@example.com', { name: 'Bob', emailVisibility: true }));
    ann = await signedIn('members', 'ann@example.com');
  });

  it('shows its e-mail to itself and superusers, and to others where it says so', async () => {
    const emails = async (client: PocketBase) =>
      named(await client.collection('members').getFullList({ sort: 'name' }), 'email');

    expect(await emails(guest())).toEqual([undefined, 'bob@example.com']);
    expect(await emails(await signedIn('members', 'bob@example.com'))).toEqual([undefined, 'bob@example.com']);
    expect(await emails(ann)).toEqual(['ann@example.com', 'bob@example.com']);
    expect(await emails(admin)).toEqual(['ann@example.com', 'bob@example.com']);
  });

  it('is not found by an e-mail that it does not show', async () => {
    const found = async (client: PocketBase, filter: string) =>
      named(await client.collection('members').getFullList({ filter, sort: 'name' }));

    expect(await found(pb, 'email ~ "example"')).toEqual(['Bob']);
    expect(await found(pb, 'email = "ann@example.com"')).toEqual([]);
    expect(await found(admin, 'email ~ "example"')).toEqual(['Ann', 'Bob']);
  });

  it('never shows its password or token key', async () => {
    const member = await admin
      .collection('members')
      .getFirstListItem('name = "Ann"', { fields: '*,password,tokenKey' });

    expect(member).toMatchObject({ email: 'ann@example.com', verified: false });
    expect(Object.keys(member)).not.toEqual(expect.arrayContaining(['password']));
    expect(Object.keys(member)).not.toEqual(expect.arrayContaining(['tokenKey']));
    expect(await refusal(pb.collection('members').getFullList({ filter: 'tokenKey != ""' }))).toMatchObject({
      status: 400,
    });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['without a password', { password: '' }, 'password', 'validation_required'],
    [
      'with a password that differs',
      { passwordConfirm: 'other words here' },
      'passwordConfirm',
      'validation_values_mismatch',
    ],
    ['that verifies itself', { verified: true }, 'verified', 'validation_values_mismatch'],
    ['without an e-mail', { email: '' }, 'email', 'validation_required'],
    ['with an e-mail that is none', { email: 'nobody' }, 'email', 'validation_is_email'],
    ['with an e-mail that is taken', { email: 'bob@example.com' }, 'email', 'validation_not_unique'],
  ])('%s is refused', async (_, change, field, code) => {
    const error = await refusal(pb.collection('members').create({ ...account('new@example.com'), ...change }));

    expect(error).toMatchObject({ status: 400, message: 'Failed to create record.' });
    expect(error.response.data).toMatchObject({ [field]: { code } });
  });

  it('changes itself, but not its e-mail or whether it is verified', async () => {
    const self = ann.authStore.record!.id;

    expect(await ann.collection('members').update(self, { name: 'Anna' })).toMatchObject({ name: 'Anna' });
    expect(ann.authStore.record).toMatchObject({ name: 'Anna', email: 'ann@example.com' });
    expect(
      (await refusal(ann.collection('members').update(self, { email: 'x@example.com' }))).response.data,
    ).toMatchObject({
      email: { code: 'validation_values_mismatch' },
    });
    expect((await refusal(ann.collection('members').update(self, { verified: true }))).response.data).toMatchObject({
      verified: { code: 'validation_values_mismatch' },
    });
    await ann.collection('members').update(self, { name: 'Ann' });
  });

  it('changes its password with the old one, which ends every sign-in', async () => {
    const { id: member } = await pb.collection('members').create(account('eve@example.com'));
    const eve = await signedIn('members', 'eve@example.com');
    const wanted = { password: 'another good one', passwordConfirm: 'another good one' };

    expect((await refusal(eve.collection('members').update(member, wanted))).response.data).toMatchObject({
      oldPassword: { code: 'validation_required' },
    });
    expect(
      (await refusal(eve.collection('members').update(member, { ...wanted, oldPassword: 'wrong wrong' }))).response
        .data,
    ).toMatchObject({ oldPassword: { code: 'validation_invalid_old_password' } });

    await eve.collection('members').update(member, { ...wanted, oldPassword: 'correct horse battery' });
    expect(await refusal(eve.collection('members').authRefresh())).toMatchObject({ status: 401 });
    await eve.collection('members').authWithPassword('eve@example.com', 'another good one');
    expect(eve.authStore.isValid).toBe(true);
  });
});

describe('a view', () => {
  beforeAll(async () => {
    await define(admin, {
      name: 'friendships',
      type: 'view',
      viewQuery:
        'SELECT f.id, f.name, count(t.id) AS things, f.id AS friend, max(t.number) AS top, CAST(count(t.id) AS TEXT) AS label ' +
        'FROM friends f LEFT JOIN things t ON t.friend = f.id GROUP BY f.id',
    });
    await stored({ friend: id('cid'), number: 4 });
    await stored({ friend: id('cid'), number: 6 });
  });

  it('lists, sorts, filters and shows its rows as records', async () => {
    const rows = await pb.collection('friendships').getFullList({ filter: 'things >= 2', sort: '-name' });

    expect(rows[0]).toMatchObject({
      id: id('cid'),
      name: 'cid',
      things: 2,
      top: 6,
      label: '2',
      collectionName: 'friendships',
    });
    expect(await pb.collection('friendships').getOne(id('cid'))).toEqual(rows[0]);
    expect(await refusal(pb.collection('friendships').getOne(id('dan')))).toMatchObject({ status: 404 });
  });

  it('relates to records, and records to it', async () => {
    const row = await pb.collection('friendships').getFirstListItem('friend.name = "cid"', { expand: 'friend' });
    expect(row.expand!.friend).toMatchObject({ id: id('cid'), collectionName: 'friends' });

    const friend = await pb.collection('friends').getOne(id('cid'), { expand: 'friendships_via_friend' });
    expect(named(friend.expand!.friendships_via_friend)).toEqual(['cid']);
  });

  it('lasts as long as what it is made of', async () => {
    const { fields } = await admin.collections.getOne('friends');

    expect(await refusal(admin.collections.delete('friends'))).toMatchObject({ status: 400 });
    expect(
      await refusal(admin.collections.update('friends', { fields: fields.filter(({ name }) => name !== 'name') })),
    ).toMatchObject({ status: 400 });
    expect(await pb.collection('friendships').getFullList()).toHaveLength(3);
  });

  it('is read-only', async () => {
    const unsupported = { status: 400, message: 'Unsupported collection type.' };

    expect(await refusal(admin.collection('friendships').create({ name: 'x' }))).toMatchObject(unsupported);
    expect(await refusal(admin.collection('friendships').update(id('cid'), { name: 'x' }))).toMatchObject(unsupported);
    expect(await refusal(admin.collection('friendships').delete(id('cid')))).toMatchObject(unsupported);
  });

  it('has no order of creation', async () => {
    expect(await refusal(pb.collection('friendships').getFullList({ sort: '@rowid' }))).toMatchObject({ status: 400 });
  });

  it('infers what its columns are', async () => {
    const { fields } = await admin.collections.getOne('friendships');

    expect(fields.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'text'],
      ['name', 'text'],
      ['things', 'number'],
      ['friend', 'relation'],
      ['top', 'json'],
      ['label', 'text'],
    ]);
  });
});
