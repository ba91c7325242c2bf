import type PocketBase from 'pocketbase';
import type { CollectionModel } from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { account, define, guest, id, named, refusal, signedIn, superuser } from './clients.ts';

let admin: PocketBase;
const pb = guest();

beforeAll(async () => {
  admin = await superuser();
});

const name = { name: 'name', type: 'text' };
const relation = (name: string, to: CollectionModel, more = {}) => ({
  name,
  type: 'relation',
  collectionId: to.id,
  maxSelect: 1,
  ...more,
});

describe('a field', () => {
  it('that is required holds no empty value of its type', async () => {
    const required = true;
    await define(admin, {
      name: 'all_required',
      fields: [
        { name: 'number', type: 'number', required },
        { name: 'bool', type: 'bool', required },
        { name: 'json', type: 'json', required },
        { name: 'point', type: 'geoPoint', required },
        { name: 'many', type: 'select', values: ['a', 'b'], maxSelect: 2, required },
        { name: 'date', type: 'date', required },
        { name: 'editor', type: 'editor', required },
      ],
    });
    const empty = { number: 0, bool: false, json: {}, point: { lon: 0, lat: 0 }, many: [], date: '', editor: '' };
    const { data } = (await refusal(pb.collection('all_required').create(empty))).response;

    expect(Object.keys(data).toSorted()).toEqual(Object.keys(empty).toSorted());
    for (const problem of Object.values(data)) expect(problem).toMatchObject({ code: 'validation_required' });
  });

  it('keeps within its limits', async () => {
    await define(admin, {
      name: 'limited',
      fields: [
        { name: 'text', type: 'text', min: 2, max: 3, pattern: '^[a-z]+$' },
        { name: 'number', type: 'number', min: -1, max: 5 },
        { name: 'date', type: 'date', min: '2026-01-01 00:00:00.000Z', max: '2026-12-31 00:00:00.000Z' },
        { name: 'url', type: 'url', onlyDomains: ['example.com'] },
        { name: 'email', type: 'email', exceptDomains: ['example.org'] },
        { name: 'json', type: 'json', maxSize: 10 },
        { name: 'editor', type: 'editor', maxSize: 5 },
      ],
    });
    const wrong = async (body: Record<string, unknown>) => {
      const { data } = (await refusal(pb.collection('limited').create(body))).response;
      return Object.fromEntries(
        Object.entries<any>(data).map(([field, { code, params }]) => [field, { code, params }]),
      );
    };

    expect(
      await wrong({
        text: 'a',
        number: -2,
        date: '2025-01-01',
        url: 'https://example.net',
        email: 'a@example.org',
        json: { aaaaaaaaa: 1 },
        editor: '123456',
      }),
    ).toMatchObject({
      text: { code: 'validation_min_text_constraint', params: { min: 2 } },
      number: { code: 'validation_min_number_constraint', params: { min: -1 } },
      date: { code: 'validation_min_greater_equal_than_required' },
      url: { code: 'validation_url_domain_not_allowed' },
      email: { code: 'validation_email_domain_not_allowed' },
      json: { code: 'validation_json_size_limit', params: { maxSize: 10 } },
      editor: { code: 'validation_content_size_limit', params: { maxSize: 5 } },
    });
    expect(await wrong({ text: 'abcd', number: 6, date: '2027-01-01' })).toMatchObject({
      text: { code: 'validation_max_text_constraint', params: { max: 3 } },
      number: { code: 'validation_max_number_constraint', params: { max: 5 } },
      date: { code: 'validation_max_less_equal_than_required' },
    });
    expect(await wrong({ text: 'AB' })).toMatchObject({ text: { code: 'validation_invalid_format' } });
    expect(await pb.collection('limited').create({ text: '', number: 0, date: '' })).toMatchObject({
      text: '',
      number: 0,
    });
  });

  it('may hold ids of another form, which are told apart by more than case', async () => {
    const own = {
      primaryKey: true,
      required: true,
      system: true,
      min: 1,
      max: 20,
      pattern: '^.+$',
      autogeneratePattern: 'x[0-9]{3}',
    };
    await define(admin, { name: 'own_ids', fields: [{ name: 'id', type: 'text', ...own }] });
    const ids = pb.collection('own_ids');

    expect((await ids.create()).id).toMatch(/^x\d{3}$/);
    for (const bad of ['a/b', 'a b', 'a.b', "a'b", 'a"b', 'a%b', 'a?b', 'a\\b', '$', 'con']) {
      expect((await refusal(ids.create({ id: bad }))).response.data).toHaveProperty('id');
    }
    const made = await ids.create({ id: 'Ünï-1_A' });
    expect(await ids.getOne('Ünï-1_A')).toEqual(made);
    expect((await refusal(ids.create({ id: 'Ünï-1_a' }))).response.data).toMatchObject({
      id: { code: 'validation_pk_invalid' },
    });
    expect(await ids.delete('Ünï-1_A')).toBe(true);
  });

  it('counts every change of many at once', async () => {
    const values = Array.from({ length: 30 }, (_, at) => `t${at}`);
    await define(admin, {
      name: 'counted',
      fields: [
        { name: 'number', type: 'number' },
        { name: 'tags', type: 'select', values, maxSelect: values.length },
      ],
    });
    const { id: one } = await pb.collection('counted').create({});
    await Promise.all(
      values.map((tag) => pb.collection('counted').update(one, { 'number+': 1, 'tags+': tag }, { requestKey: null })),
    );

    const counted = await pb.collection('counted').getOne(one);
    expect(counted.number).toBe(values.length);
    expect(counted.tags.toSorted()).toEqual(values.toSorted());
  });
});

describe('a relation', () => {
  it('to several records cascades when the last of them goes', async () => {
    const [targets] = await define(admin, { name: 'targets', fields: [name] });
    await define(
      admin,
      { name: 'cascading', fields: [relation('to', targets!, { maxSelect: 3, cascadeDelete: true })] },
      { name: 'requiring', fields: [relation('to', targets!, { maxSelect: 3, required: true })] },
    );
    for (const target of ['a', 'b', 'c']) await pb.collection('targets').create({ id: id(target), name: target });
    const cascading = await pb.collection('cascading').create({ to: [id('a'), id('b')] });
    const requiring = await pb.collection('requiring').create({ to: [id('c'), id('b')] });

    await pb.collection('targets').delete(id('a'));
    expect((await pb.collection('cascading').getOne(cascading.id)).to).toEqual([id('b')]);
    await pb.collection('targets').delete(id('b'));
    expect(await refusal(pb.collection('cascading').getOne(cascading.id))).toMatchObject({ status: 404 });
    expect((await pb.collection('requiring').getOne(requiring.id)).to).toEqual([id('c')]);
    expect(await refusal(pb.collection('targets').delete(id('c')))).toMatchObject({ status: 400 });
  });

  it('may lead to records of its own collection, and is followed six times', async () => {
    const [nodes] = await define(admin, { name: 'nodes', fields: [name] });
    await admin.collections.update('nodes', {
      fields: [
        ...nodes!.fields,
        relation('parent', nodes!, { cascadeDelete: true }),
        relation('kin', nodes!, { maxSelect: 5, minSelect: 2 }),
      ],
    });
    for (let depth = 0; depth < 9; depth++) {
      await pb
        .collection('nodes')
        .create({ id: id(`node${depth}x`), name: `${depth}`, parent: depth ? id(`node${depth - 1}x`) : '' });
    }

    let node = await pb
      .collection('nodes')
      .getOne(id('node8x'), { expand: 'parent.parent.parent.parent.parent.parent.parent.parent' });
    const names = [];
    while (node.expand?.parent) names.push((node = node.expand.parent).name);
    expect(names).toEqual(['7', '6', '5', '4', '3', '2']);

    const middle = await pb
      .collection('nodes')
      .getOne(id('node4x'), { expand: 'parent,nodes_via_parent.nodes_via_parent' });
    expect(middle.expand!.parent.name).toBe('3');
    expect(named(middle.expand!.nodes_via_parent)).toEqual(['5']);
    expect(named(middle.expand!.nodes_via_parent[0].expand.nodes_via_parent)).toEqual(['6']);
    expect(named(await pb.collection('nodes').getFullList({ filter: 'parent.parent.name = "4"' }))).toEqual(['6']);
    expect((await refusal(pb.collection('nodes').create({ kin: [id('node1x')] }))).response.data).toMatchObject({
      kin: { code: 'validation_not_enough_values', params: { minSelect: 2 } },
    });

    await pb.collection('nodes').delete(id('node0x'));
    expect(await pb.collection('nodes').getFullList()).toEqual([]);
  });
});

describe('a rule', () => {
  it('of changes sees what was stored and what is sent', async () => {
    await define(admin, {
      name: 'workflow',
      fields: [
        { name: 'count', type: 'number' },
        { name: 'owner', type: 'text' },
        { name: 'status', type: 'select', values: ['draft', 'done'], maxSelect: 1 },
      ],
      createRule: '@request.body.status:isset = true && count > 5',
      updateRule: '@request.body.owner:changed = false && (status != "done" || @request.body.status:isset = false)',
    });
    const workflow = pb.collection('workflow');

    expect(await refusal(workflow.create({ count: 6 }))).toMatchObject({ status: 400 });
    expect(await refusal(workflow.create({ count: 5, status: 'draft' }))).toMatchObject({ status: 400 });
    const { id: one } = await workflow.create({ count: 6, status: 'draft', owner: 'me' });
    expect(await refusal(workflow.update(one, { owner: 'you' }))).toMatchObject({ status: 404 });
    await workflow.update(one, { owner: 'me', status: 'done' });
    expect(await refusal(workflow.update(one, { status: 'draft' }))).toMatchObject({ status: 404 });
    expect(await workflow.update(one, { count: 1 })).toMatchObject({ count: 1, status: 'done' });
  });

  it('of signing in counts for a refresh too, and its change ends every sign-in', async () => {
    await define(admin, {
      name: 'admitted',
      type: 'auth',
      fields: [{ name: 'on', type: 'bool' }],
      authRule: 'on = true',
    });
    const { id: member } = await admin.collection('admitted').create(account('in@example.com', { on: true }));
    const client = await signedIn('admitted', 'in@example.com');

    await admin.collection('admitted').update(member, { on: false });
    expect(await refusal(client.collection('admitted').authRefresh())).toMatchObject({ status: 403 });
    await admin.collection('admitted').update(member, { on: true });
    expect((await client.collection('admitted').authRefresh()).record.id).toBe(member);
    await admin.collections.update('admitted', { authRule: '' });
    expect(await refusal(client.collection('admitted').authRefresh())).toMatchObject({ status: 401 });
    await admin.collections.update('admitted', { authRule: null });
    expect(await refusal(signedIn('admitted', 'in@example.com'))).toMatchObject({ status: 403 });
  });
});

describe('the id of an account', () => {
  it("is nobody else's in any collection of accounts", async () => {
    await define(admin, { name: 'one_kind', type: 'auth' }, { name: 'other_kind', type: 'auth' });
    await admin.collection('one_kind').create(account('same@example.com', { id: id('same') }));

    const error = await refusal(admin.collection('other_kind').create(account('same@example.com', { id: id('same') })));
    expect(error.response.data).toMatchObject({ id: { code: 'validation_invalid_auth_id' } });
    expect(await admin.collection('other_kind').create(account('same@example.com'))).toMatchObject({ verified: false });
  });
});
