import type PocketBase from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { account, define, guest, id, named, refusal, signedIn, superuser } from './clients.ts';

let admin: PocketBase;
const pb = guest();

beforeAll(async () => {
  admin = await superuser();
  await admin.settings.update({ batch: { enabled: true } });
  const [boxes] = await define(admin, {
    name: 'boxes',
    fields: [
      { name: 'title', type: 'text', required: true },
      { name: 'size', type: 'number' },
      { name: 'labels', type: 'select', values: ['a', 'b', 'c'], maxSelect: 3 },
      { name: 'more', type: 'json' },
      { name: 'code', type: 'text' },
    ],
    indexes: ["CREATE UNIQUE INDEX idx_boxes_code ON boxes (code) WHERE code != ''"],
  });
  await define(
    admin,
    {
      name: 'lids',
      fields: [
        { name: 'title', type: 'text' },
        { name: 'box', type: 'relation', collectionId: boxes!.id, maxSelect: 1, cascadeDelete: true },
      ],
    },
    { name: 'packers', type: 'auth', fields: [{ name: 'name', type: 'text' }] },
    {
      name: 'owned',
      fields: [
        { name: 'title', type: 'text' },
        { name: 'owner', type: 'text' },
      ],
      listRule: 'owner = @request.auth.id',
      viewRule: 'owner = @request.auth.id',
      createRule: '@request.auth.id != "" && owner = @request.auth.id',
      updateRule: 'owner = @request.auth.id',
      deleteRule: 'owner = @request.auth.id',
    },
    { name: 'sealed', fields: [{ name: 'title', type: 'text' }], createRule: null, updateRule: null, deleteRule: null },
    {
      name: 'only_batch',
      fields: [{ name: 'title', type: 'text' }],
      createRule: '@request.context = "batch" && @request.headers.x_inner = "yes" && @request.query.mark = "1"',
    },
  );
  await admin.collection('packers').create(account('pat@example.com', { name: 'Pat' }));
});

describe('a batch', () => {
  it('creates, updates, upserts and deletes in its order', async () => {
    const kept = await pb.collection('boxes').create({ title: 'kept', size: 1 });
    const gone = await pb.collection('boxes').create({ title: 'gone' });

    const batch = pb.createBatch();
    batch.collection('boxes').create({ title: 'new', size: 3 });
    batch.collection('boxes').update(kept.id, { 'size+': 4 });
    batch.collection('boxes').upsert({ id: kept.id, title: 'upserted' });
    batch.collection('boxes').upsert({ id: id('fresh'), title: 'fresh' });
    batch.collection('boxes').upsert({ title: 'without an id' });
    batch.collection('boxes').delete(gone.id);
    const results = await batch.send();

    expect(results.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 204]);
    expect(results.map(({ body }) => body && [body.title, body.size])).toEqual([
      ['new', 3],
      ['kept', 5],
      ['upserted', 5],
      ['fresh', 0],
      ['without an id', 0],
      null,
    ]);
    expect(results[0]!.body).toEqual(await pb.collection('boxes').getOne(results[0]!.body.id));
    expect(results[3]!.body.id).toBe(id('fresh'));
    expect(await refusal(pb.collection('boxes').getOne(gone.id))).toMatchObject({ status: 404 });
    await admin.collections.truncate('boxes');
  });

  it('sees what the requests before it did', async () => {
    const batch = pb.createBatch();
    batch.collection('boxes').create({ id: id('box'), title: 'box' });
    batch.collection('lids').create({ id: id('lid'), title: 'lid', box: id('box') });
    batch.collection('boxes').update(id('box'), { title: 'box with lid' });
    batch
      .collection('lids')
      .create({ title: 'second', box: id('box') }, { expand: 'box', fields: 'title,expand.box.title' });
    const results = await batch.send();

    expect(results[1]!.body).toMatchObject({ box: id('box'), collectionName: 'lids' });
    expect(results[3]!.body).toEqual({ title: 'second', expand: { box: { title: 'box with lid' } } });
    expect(named(await pb.collection('lids').getFullList({ sort: 'title' }), 'title')).toEqual(['lid', 'second']);

    const undo = pb.createBatch();
    undo.collection('boxes').delete(id('box'));
    expect(await undo.send()).toEqual([{ status: 204, body: null }]);
    expect(await pb.collection('lids').getFullList()).toEqual([]);
  });

  it('takes modifiers, json, empty lists, null and FormData', async () => {
    const form = new FormData();
    form.set('title', 'form');
    form.set('size', '7');
    form.append('labels', 'a');
    form.append('labels', 'c');

    const batch = pb.createBatch();
    batch.collection('boxes').create({ id: id('values'), title: 'values', labels: ['a', 'b'], more: { a: [1, null] } });
    batch.collection('boxes').update(id('values'), { 'labels-': 'a', '+labels': 'c', 'size-': 2 });
    batch.collection('boxes').update(id('values'), { labels: [], more: null });
    batch.collection('boxes').create(form);
    const results = await batch.send();

    expect(results[0]!.body).toMatchObject({ labels: ['a', 'b'], more: { a: [1, null] } });
    expect(results[1]!.body).toMatchObject({ labels: ['c', 'b'], size: -2 });
    expect(results[2]!.body).toMatchObject({ labels: [], more: null });
    expect(results[3]!.body).toMatchObject({ title: 'form', size: 7, labels: ['a', 'c'] });
    await admin.collections.truncate('boxes');
  });

  it('names collections by id and in any case of letters too', async () => {
    const { id: collectionId } = await admin.collections.getOne('boxes');
    const batch = pb.createBatch();
    batch.collection(collectionId).create({ title: 'by id' });
    batch.collection('BOXES').create({ title: 'by case' });

    expect((await batch.send()).map(({ body }) => body.collectionName)).toEqual(['boxes', 'boxes']);
    await admin.collections.truncate('boxes');
  });

  it('happens whole or not at all', async () => {
    const kept = await pb.collection('boxes').create({ title: 'kept', size: 1 });
    const batch = pb.createBatch();
    batch.collection('boxes').create({ title: 'rolled back' });
    batch.collection('boxes').update(kept.id, { title: 'rolled back' });
    batch.collection('boxes').create({ size: 2 });
    batch.collection('boxes').create({ size: 3 });
    batch.collection('boxes').delete(kept.id);
    const error = await refusal(batch.send());

    expect(error).toMatchObject({ status: 400, message: 'Batch transaction failed.', url: `${pb.baseURL}/api/batch` });
    expect(error.response.data).toEqual({
      requests: {
        2: {
          code: 'batch_request_failed',
          message: 'Batch request failed.',
          response: expect.objectContaining({
            status: 400,
            message: 'Failed to create record.',
            data: { title: { code: 'validation_required', message: 'Cannot be blank.' } },
          }),
        },
      },
    });
    expect(await pb.collection('boxes').getFullList()).toEqual([kept]);
    await admin.collections.truncate('boxes');
  });

  it.each<[string, (batch: ReturnType<PocketBase['createBatch']>) => void, number]>([
    ['a record that is not there', (batch) => batch.collection('boxes').update(id('nobody'), { title: 'x' }), 404],
    ['a record to delete that is not there', (batch) => batch.collection('boxes').delete(id('nobody')), 404],
    ['a collection that is not there', (batch) => batch.collection('nothing').create({ title: 'x' }), 404],
    ['a locked collection', (batch) => batch.collection('sealed').create({ title: 'x' }), 403],
    ['an upsert into a locked collection', (batch) => batch.collection('sealed').upsert({ title: 'x' }), 403],
    ['a create that its rule refuses', (batch) => batch.collection('owned').create({ title: 'x' }), 400],
    [
      'a record of two with one unique value',
      (batch) => {
        batch.collection('boxes').create({ title: 'one', code: 'same' });
        batch.collection('boxes').create({ title: 'two', code: 'same' });
      },
      400,
    ],
  ])('fails by %s', async (_, fill, status) => {
    const batch = pb.createBatch();
    batch.collection('boxes').create({ title: 'rolled back' });
    fill(batch);
    const error = await refusal(batch.send());

    expect(error).toMatchObject({ status: 400, message: 'Batch transaction failed.' });
    const [[index, failed]] = Object.entries<Record<string, any>>(error.response.data.requests) as [
      [string, Record<string, any>],
    ];
    expect(Object.keys(error.response.data.requests)).toHaveLength(1);
    expect(['1', '2']).toContain(index);
    expect(failed).toMatchObject({ code: 'batch_request_failed', response: { status } });
    expect(await pb.collection('boxes').getFullList()).toEqual([]);
  });

  it('runs under the rules of whoever sends it', async () => {
    const pat = await signedIn('packers', 'pat@example.com');
    const self = pat.authStore.record!.id;
    const mine = pat.createBatch();
    mine.collection('owned').create({ id: id('mine'), title: 'mine', owner: self });
    mine.collection('owned').upsert({ id: id('mine'), title: 'still mine' });
    expect((await mine.send()).map(({ body }) => body.title)).toEqual(['mine', 'still mine']);

    const theirs = pb.createBatch();
    theirs
      .collection('owned')
      .update(id('mine'), { title: 'stolen' }, { headers: { Authorization: pat.authStore.token } });
    expect((await refusal(theirs.send())).response.data.requests[0].response).toMatchObject({ status: 404 });
    const upsert = pb.createBatch();
    upsert.collection('owned').upsert({ id: id('mine'), title: 'stolen' });
    expect((await refusal(upsert.send())).response.data.requests[0].response.status).toBeGreaterThanOrEqual(400);
    expect(await pat.collection('owned').getOne(id('mine'))).toMatchObject({ title: 'still mine' });
  });

  it('gives each request its own headers and query', async () => {
    const batch = pb.createBatch();
    batch.collection('only_batch').create({ title: 'let in' }, { headers: { 'X-Inner': 'yes' }, query: { mark: 1 } });
    expect((await batch.send())[0]).toMatchObject({ status: 200, body: { title: 'let in' } });

    for (const options of [{ query: { mark: 1 } }, { headers: { 'X-Inner': 'yes' } }, {}]) {
      const without = pb.createBatch();
      without.collection('only_batch').create({ title: 'kept out' }, options);
      expect((await refusal(without.send())).response.data.requests[0].response).toMatchObject({ status: 400 });
    }
    const alone = pb
      .collection('only_batch')
      .create({ title: 'kept out' }, { headers: { 'X-Inner': 'yes' }, query: { mark: 1 } });
    expect(await refusal(alone)).toMatchObject({ status: 400 });
  });

  it('makes accounts', async () => {
    const batch = pb.createBatch();
    batch.collection('packers').create(account('new@example.com', { name: 'New' }));
    const [result] = await batch.send();

    expect(result).toMatchObject({ status: 200, body: { name: 'New', collectionName: 'packers' } });
    expect((await signedIn('packers', 'new@example.com')).authStore.isValid).toBe(true);

    const wrong = pb.createBatch();
    wrong.collection('packers').create({ ...account('other@example.com'), passwordConfirm: 'something else' });
    expect((await refusal(wrong.send())).response.data.requests[0].response.data).toMatchObject({
      passwordConfirm: { code: 'validation_values_mismatch' },
    });
  });

  it('can be sent again, and to be cancelled by an equal one', async () => {
    const batch = pb.createBatch();
    batch.collection('boxes').create({ title: 'twice' });
    await batch.send();
    await batch.send({ requestKey: 'mine' });

    expect(await pb.collection('boxes').getFullList()).toHaveLength(2);
    await admin.collections.truncate('boxes');
  });

  it('holds as many requests as the settings say', async () => {
    const batch = (size: number) => {
      const requests = pb.createBatch();
      for (let at = 0; at < size; at++) requests.collection('boxes').create({ title: `box ${at}` });
      return requests.send({ requestKey: null });
    };

    expect(await batch(50)).toHaveLength(50);
    const error = await refusal(batch(51));
    expect(error.response.data).toMatchObject({ requests: { code: 'validation_length_too_long' } });
    expect((await pb.collection('boxes').getList(1, 1)).totalItems).toBe(50);
    expect((await refusal(batch(0))).response.data).toMatchObject({ requests: { code: 'validation_required' } });

    await admin.settings.update({ batch: { maxRequests: 2 } });
    expect((await refusal(batch(3))).response.data).toMatchObject({ requests: { code: 'validation_length_too_long' } });
    await admin.settings.update({ batch: { maxRequests: 50 } });
    await admin.collections.truncate('boxes');
  });

  it('takes nothing else than changes of records', async () => {
    const send = (method: string, url: string) =>
      refusal(pb.send('/api/batch', { method: 'POST', body: { requests: [{ method, url, body: {} }] } }));

    for (const [method, url] of [
      ['GET', '/api/collections/boxes/records'],
      ['POST', '/api/collections'],
      ['POST', '/api/batch'],
      ['DELETE', '/api/collections/boxes/truncate'],
      ['PUT', '/api/collections/boxes/records/x'],
    ] as const) {
      const error = await send(method, url);
      expect(error).toMatchObject({ status: 400, message: 'Batch transaction failed.' });
      expect(error.response.data.requests[0]).toMatchObject({
        code: 'batch_request_failed',
        response: { status: 400 },
      });
    }
    expect(await send('TRACE', '/api/collections/boxes/records')).toMatchObject({ status: 400 });
  });

  it('is refused where it is not switched on', async () => {
    await admin.settings.update({ batch: { enabled: false } });
    const batch = admin.createBatch();
    batch.collection('boxes').create({ title: 'x' });

    expect(await refusal(batch.send())).toMatchObject({ status: 403, message: 'Batch requests are not allowed.' });
    await admin.settings.update({ batch: { enabled: true } });
  });
});
