import { getTokenPayload } from 'pocketbase';
import type PocketBase from 'pocketbase';
import { beforeAll, expect, it } from 'vitest';
import { account, define, guest, id, refusal, signedIn, superuser } from './clients.ts';

let admin: PocketBase;

beforeAll(async () => {
  admin = await superuser();
  await define(admin, { name: 'actors', type: 'auth', listRule: 'id = @request.auth.id' });
  await admin.collection('actors').create(account('ada@example.net', { id: id('ada') }));
  await admin.collection('actors').create(account('ben@example.net', { id: id('ben') }));
});

it('gives a superuser a client that is the account, for as long as he says', async () => {
  const ada = await admin.collection('actors').impersonate(id('ada'), 60);

  expect(ada.authStore.record).toMatchObject({ id: id('ada') });
  expect(ada.authStore.isSuperuser).toBe(false);
  expect((await ada.collection('actors').getFullList()).map((record) => record.id)).toEqual([id('ada')]);
  const { exp, refreshable } = getTokenPayload(ada.authStore.token);
  expect(refreshable).toBe(false);
  expect(exp - Date.now() / 1000).toBeLessThanOrEqual(60);
  expect((await ada.collection('actors').authRefresh()).token).toBe(ada.authStore.token);
});

it('lets the token live as long as the collection’s own when no time is given', async () => {
  const ada = await admin.collection('actors').impersonate(id('ada'), 0);

  expect(getTokenPayload(ada.authStore.token).exp - Date.now() / 1000).toBeGreaterThan(400_000);
});

it('refuses a negative time, an unknown account, and everybody else', async () => {
  expect((await refusal(admin.collection('actors').impersonate(id('ada'), -1))).response.data).toMatchObject({
    duration: { code: 'validation_min_greater_equal_than_required' },
  });
  expect((await refusal(admin.collection('actors').impersonate(id('nobody'), 60))).status).toBe(404);
  expect((await refusal(guest().collection('actors').impersonate(id('ada'), 60))).status).toBe(401);
  const ben = await signedIn('actors', 'ben@example.net');
  expect((await refusal(ben.collection('actors').impersonate(id('ada'), 60))).status).toBe(403);
});
