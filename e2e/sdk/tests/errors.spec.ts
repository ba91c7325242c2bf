import PocketBase, { ClientResponseError } from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { account, define, guest, id, refusal, signedIn, superuser } from './clients.ts';

let admin: PocketBase;
const pb = guest();

beforeAll(async () => {
  admin = await superuser();
  await define(
    admin,
    { name: 'err_open', fields: [{ name: 'title', type: 'text', required: true, max: 5 }] },
    { name: 'err_locked', listRule: null, createRule: null, fields: [{ name: 'title', type: 'text' }] },
    { name: 'err_accounts', type: 'auth', authRule: 'verified = true' },
    { name: 'err_closed', type: 'auth', passwordAuth: { enabled: false } },
  );
  await admin.collection('err_accounts').create(account('no@example.com'));
  await admin.collection('err_accounts').create(account('yes@example.com', { verified: true }));
});

describe('ClientResponseError', () => {
  it('of wrong values leads to each field', async () => {
    const error = await refusal(pb.collection('err_open').create({ title: 'too long' }));

    expect(error).toBeInstanceOf(ClientResponseError);
    expect(error).toBeInstanceOf(Error);
    expect(error.url).toBe(`${pb.baseURL}/api/collections/err_open/records`);
    expect(error.status).toBe(400);
    expect(error.isAbort).toBe(false);
    expect(error.name).toBe('ClientResponseError 400');
    expect(error.message).toBe('Failed to create record.');
    expect(error.response).toMatchObject({
      status: 400,
      message: 'Failed to create record.',
      data: {
        title: { code: 'validation_max_text_constraint', message: expect.stringMatching(/\.$/), params: { max: 5 } },
      },
    });
    expect(error.data).toBe(error.response);
    expect(error.toJSON()).toMatchObject({ url: error.url, status: 400, response: error.response, isAbort: false });
    expect(error.originalError).toMatchObject({ status: 400, url: error.url });
    expect(error.cause).toBe(error.originalError);
  });

  const notFound = { status: 404, message: "The requested resource wasn't found." };
  const superusersOnly = { status: 403, message: 'Only superusers can perform this action.' };

  it.each<[string, () => Promise<unknown>, { status: number; message?: string }]>([
    ['a record that is not there', () => pb.collection('err_open').getOne(id('nobody')), notFound],
    ['a collection that is not there', () => pb.collection('err_nothing').getList(), { status: 404 }],
    ['a path that is not there', () => pb.send('/api/nothing', {}), notFound],
    ['a locked list', () => pb.collection('err_locked').getList(), superusersOnly],
    ['a locked create', () => pb.collection('err_locked').create({}), superusersOnly],
    ['a filter that makes no sense', () => pb.collection('err_open').getList(1, 1, { filter: 'a' }), { status: 400 }],
    [
      'a filter over other collections',
      () => pb.collection('err_open').getList(1, 1, { filter: '@collection.err_open.id != ""' }),
      { status: 403, message: 'Only superusers can filter by @collection.' },
    ],
    [
      'a filter over the request',
      () => pb.collection('err_open').getList(1, 1, { filter: '@request.auth.id = ""' }),
      { status: 403, message: 'Only superusers can filter by @request.' },
    ],
    ['collections for guests', () => pb.collections.getList(), { status: 401 }],
    [
      'an unknown account',
      () => pb.collection('err_accounts').authWithPassword('un@example.com', 'x y z 1 2 3'),
      { status: 400, message: 'Failed to authenticate.' },
    ],
    [
      'a wrong password',
      () => pb.collection('err_accounts').authWithPassword('yes@example.com', 'x y z 1 2 3'),
      { status: 400, message: 'Failed to authenticate.' },
    ],
    [
      'an account that may not sign in',
      () => pb.collection('err_accounts').authWithPassword('no@example.com', 'correct horse battery'),
      { status: 403, message: "The request doesn't satisfy the collection requirements to authenticate." },
    ],
    [
      'a sign-in without passwords',
      () => pb.collection('err_closed').authWithPassword('a@example.com', 'correct horse battery'),
      { status: 403 },
    ],
    [
      'a sign-in where nobody can',
      () => pb.collection('err_open').authWithPassword('a@example.com', 'correct horse battery'),
      { status: 404, message: 'Missing or invalid auth collection context.' },
    ],
    ['a refresh by a guest', () => pb.collection('err_accounts').authRefresh(), { status: 401 }],
  ])('of %s has the shape of all', async (_, attempt, expected) => {
    const error = await refusal(attempt());

    expect(error).toMatchObject(expected);
    expect(error.response).toMatchObject({ data: {}, status: expected.status, message: error.message });
    expect(error.message).toMatch(/^[A-Z].*[.?!]$/);
  });

  it('of a refresh in another collection is forbidden', async () => {
    const member = await signedIn('err_accounts', 'yes@example.com');

    expect(await refusal(member.collection('users').authRefresh())).toMatchObject({ status: 403 });
    expect(await refusal(member.collection('err_open').authRefresh())).toMatchObject({ status: 403 });
    expect(await refusal(member.collection('err_nothing').authRefresh())).toMatchObject({ status: 404 });
  });

  it('of a sign-in with nothing names what is missing', async () => {
    const error = await refusal(pb.collection('err_accounts').authWithPassword('', ''));

    expect(error).toMatchObject({ status: 400, message: 'An error occurred while validating the submitted data.' });
    expect(error.response.data).toMatchObject({
      identity: { code: 'validation_required', message: 'Cannot be blank.' },
      password: { code: 'validation_required', message: 'Cannot be blank.' },
    });
  });

  it('of a body that can not be read', async () => {
    const send = (body: string, type: string) =>
      refusal(
        pb.send('/api/collections/err_open/records', { method: 'POST', body, headers: { 'Content-Type': type } }),
      );

    expect(await send('{"title":', 'application/json')).toMatchObject({ status: 400 });
    expect(await send('[1]', 'application/json')).toMatchObject({ status: 400 });
    expect(await send('title: x', 'text/yaml')).toMatchObject({ status: 400, message: 'Unsupported Content-Type.' });
  });

  it('of a server that is not there has no status', async () => {
    const error = await refusal(new PocketBase('http://127.0.0.1:1').collection('any').getList());

    expect(error).toMatchObject({ status: 0, isAbort: false, response: {}, message: 'Something went wrong.' });
    expect(error.originalError).toBeInstanceOf(TypeError);
  });
});
