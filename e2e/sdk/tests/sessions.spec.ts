import PocketBase from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { account, define, guest, PASSWORD_OF_ACCOUNTS as PASSWORD, superuser } from './clients.ts';

interface Token {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
}

beforeAll(async () => {
  const admin = await superuser();
  await define(admin, {
    name: 'guild',
    type: 'auth',
    listRule: '@request.auth.id != ""',
    viewRule: '@request.auth.id != ""',
  });
  await admin.collection('guild').create(account('gus@example.edu'));
});

async function ask(method: string, path: string, body?: object, token = '') {
  const response = await fetch(guest().buildURL(`/api/auth/${path}?collection=guild`), {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: response.status === 204 ? null : await response.json() };
}

async function login(): Promise<{ user: { id: string; email: string }; token: Token }> {
  const { status, json } = await ask('POST', 'login', { email: 'gus@example.edu', password: PASSWORD });
  expect(status).toBe(200);
  return json;
}

function signedInBy(token: Token): PocketBase {
  const pb = guest();
  pb.authStore.save(token.access_token);
  return pb;
}

describe('a session of /api/auth', () => {
  it('opens to the SDK what its own token opens', async () => {
    const { user, token } = await login();
    const pb = signedInBy(token);

    expect(token).toMatchObject({ token_type: 'Bearer' });
    expect(token.expires_in).toBeGreaterThan(0);
    expect(pb.authStore.isValid).toBe(true);
    expect(await pb.collection('guild').getOne(user.id)).toMatchObject({ email: 'gus@example.edu' });
    expect((await pb.collection('guild').authRefresh()).token).toBe(token.access_token);
  });

  it('goes on with the next token, and not with the last', async () => {
    const { token } = await login();
    const next = await ask('POST', 'refresh', { refresh_token: token.refresh_token });

    expect(next.status).toBe(200);
    expect(next.json.refresh_token).not.toBe(token.refresh_token);
    expect((await ask('GET', 'me', undefined, next.json.access_token)).json).toMatchObject({ email: 'gus@example.edu' });
    expect(await ask('POST', 'refresh', { refresh_token: token.refresh_token })).toMatchObject({
      status: 401,
      json: { code: 'refresh_token_used' },
    });
  });

  it('makes a guest of the SDK once it has ended', async () => {
    const { token } = await login();
    const pb = signedInBy(token);
    expect((await pb.collection('guild').getList()).totalItems).toBeGreaterThan(0);

    expect(await ask('POST', 'logout', { refresh_token: token.refresh_token })).toMatchObject({ status: 204 });

    expect((await pb.collection('guild').getList()).totalItems).toBe(0);
    expect(await ask('GET', 'me', undefined, token.access_token)).toMatchObject({ status: 401 });
  });

  it('ends with all others, the tokens of the SDK among them', async () => {
    const { token } = await login();
    const pb = guest();
    await pb.collection('guild').authWithPassword('gus@example.edu', PASSWORD);

    expect(await ask('POST', 'logout-all', undefined, token.access_token)).toMatchObject({ status: 204 });

    expect(await ask('GET', 'sessions', undefined, token.access_token)).toMatchObject({ status: 401 });
    expect((await pb.collection('guild').getList()).totalItems).toBe(0);
  });
});
