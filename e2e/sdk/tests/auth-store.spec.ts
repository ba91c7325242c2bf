import PocketBase, {
  AsyncAuthStore,
  BaseAuthStore,
  getTokenPayload,
  isTokenExpired,
  type AuthRecord,
} from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { account, define, guest, refusal, signedIn, superuser, SUPERUSER } from './clients.ts';

let admin: PocketBase;

beforeAll(async () => {
  admin = await superuser();
  await define(admin, {
    name: 'staff',
    type: 'auth',
    fields: [{ name: 'name', type: 'text' }],
    listRule: '@request.auth.id != ""',
    viewRule: '@request.auth.id != ""',
    updateRule: 'id = @request.auth.id',
    deleteRule: 'id = @request.auth.id',
  });
  for (const name of ['ann', 'bob', 'cid']) {
    await admin.collection('staff').create(account(`${name}@example.edu`, { name }));
  }
});

describe('the auth store', () => {
  it('of a guest holds nothing', async () => {
    const pb = guest();

    expect(pb.authStore).toMatchObject({ token: '', record: null, isValid: false, isSuperuser: false });
    expect((await pb.collection('staff').getList()).items).toEqual([]);
  });

  it('of a superuser knows that it is one', () => {
    expect(admin.authStore).toMatchObject({ isValid: true, isSuperuser: true });
    expect(admin.authStore.record).toMatchObject({
      collectionName: '_superusers',
      collectionId: 'pbc_3142635823',
      email: SUPERUSER.email,
    });
    const withoutRecord = guest();
    withoutRecord.authStore.save(admin.authStore.token);
    expect(withoutRecord.authStore.isSuperuser).toBe(true);
  });

  it('of an ordinary account holds its record and a token', async () => {
    const ann = await signedIn('staff', 'ann@example.edu');

    expect(ann.authStore).toMatchObject({ isValid: true, isSuperuser: false });
    expect(ann.authStore.record).toMatchObject({
      collectionName: 'staff',
      name: 'ann',
      email: 'ann@example.edu',
      verified: false,
    });
    expect((await ann.collection('staff').getList()).totalItems).toBe(3);
  });

  it('reads what a token says', async () => {
    const ann = await signedIn('staff', 'ann@example.edu');
    const payload = getTokenPayload(ann.authStore.token);

    expect(payload).toMatchObject({
      type: 'auth',
      id: ann.authStore.record!.id,
      collectionId: ann.authStore.record!.collectionId,
      refreshable: true,
    });
    expect(payload.exp).toBeGreaterThan(Date.now() / 1000 + 431_000);
    expect(payload.exp).toBeLessThan(Date.now() / 1000 + 433_000);
    expect(getTokenPayload(admin.authStore.token).exp).toBeLessThan(Date.now() / 1000 + 87_000);
    expect(isTokenExpired(ann.authStore.token)).toBe(false);
  });

  it('answers what it saved', async () => {
    const pb = guest();
    const { token, record } = await pb.collection('staff').authWithPassword('ann@example.edu', 'correct horse battery');

    expect(pb.authStore.token).toBe(token);
    expect(pb.authStore.record).toEqual(record);
  });

  it('is renewed by authRefresh', async () => {
    const ann = await signedIn('staff', 'ann@example.edu');
    await admin.collection('staff').update(ann.authStore.record!.id, { name: 'Anna' });
    const { token, record } = await ann.collection('staff').authRefresh();

    expect(record).toMatchObject({ name: 'Anna', email: 'ann@example.edu' });
    expect(ann.authStore.token).toBe(token);
    expect(isTokenExpired(token)).toBe(false);
    await admin.collection('staff').update(record.id, { name: 'ann' });
  });

  it('makes a guest of whoever has a token that is none', async () => {
    const pb = guest();
    pb.authStore.save('not.a.token', null);
    expect((await pb.collection('staff').getList()).items).toEqual([]);

    const ann = await signedIn('staff', 'ann@example.edu');
    pb.authStore.save(`${ann.authStore.token.slice(0, -4)}AAAA`, ann.authStore.record);
    expect((await pb.collection('staff').getList()).items).toEqual([]);
    expect(await refusal(pb.collection('staff').authRefresh())).toMatchObject({ status: 401 });
  });

  it('takes the token as it is or after the word Bearer', async () => {
    const { token } = (await signedIn('staff', 'ann@example.edu')).authStore;
    const as = async (Authorization: string) =>
      (await guest().collection('staff').getList(1, 1, { headers: { Authorization } })).totalItems;

    expect(await as(token)).toBe(3);
    expect(await as(`Bearer ${token}`)).toBe(3);
    expect(await as(`bearer ${token}`)).toBe(3);
    expect(await as('')).toBe(0);
  });

  it('is cleared by signing out', async () => {
    const ann = await signedIn('staff', 'ann@example.edu');
    ann.authStore.clear();

    expect(ann.authStore).toMatchObject({ token: '', record: null, isValid: false });
    expect((await ann.collection('staff').getList()).items).toEqual([]);
  });

  it('follows the change of its own record, and not that of another', async () => {
    const bob = await signedIn('staff', 'bob@example.edu');
    await bob.collection('staff').update(bob.authStore.record!.id, { name: 'Bobby' });
    expect(bob.authStore.record).toMatchObject({ name: 'Bobby', email: 'bob@example.edu' });

    const ann = await admin.collection('staff').getFirstListItem('email = "ann@example.edu"');
    expect(await refusal(bob.collection('staff').update(ann.id, { name: 'x' }))).toMatchObject({ status: 404 });
    expect(bob.authStore.record).toMatchObject({ name: 'Bobby' });
  });

  it("is cleared when its own record goes, whose token is then nobody's", async () => {
    const cid = await signedIn('staff', 'cid@example.edu');
    const { token } = cid.authStore;
    expect(await cid.collection('staff').delete(cid.authStore.record!.id)).toBe(true);

    expect(cid.authStore.isValid).toBe(false);
    cid.authStore.save(token);
    expect((await cid.collection('staff').getList()).items).toEqual([]);
    await admin.collection('staff').create(account('cid@example.edu', { name: 'cid' }));
  });

  it('tells who listens', async () => {
    const pb = guest();
    const seen: Array<[string, AuthRecord]> = [];
    const stop = pb.authStore.onChange((token, record) => seen.push([token, record]), true);
    await pb.collection('staff').authWithPassword('ann@example.edu', 'correct horse battery');
    stop();
    pb.authStore.clear();

    expect(seen.map(([token, record]) => [token !== '', record?.name])).toEqual([
      [false, undefined],
      [true, 'ann'],
    ]);
  });

  it('travels in a cookie', async () => {
    const ann = await signedIn('staff', 'ann@example.edu');
    const pb = guest();
    pb.authStore.loadFromCookie(ann.authStore.exportToCookie({ httpOnly: false }));

    expect(pb.authStore.record).toEqual(ann.authStore.record);
    expect((await pb.collection('staff').getList()).totalItems).toBe(3);
  });

  it('may be kept elsewhere', async () => {
    let kept = '';
    const save = async (serialized: string) => {
      kept = serialized;
    };
    const first = new PocketBase(guest().baseURL, new AsyncAuthStore({ save }));
    await first.collection('staff').authWithPassword('ann@example.edu', 'correct horse battery');
    await expect.poll(() => kept).not.toBe('');
    const second = new PocketBase(guest().baseURL, new AsyncAuthStore({ save, initial: kept }));
    await expect.poll(() => second.authStore.isValid).toBe(true);

    expect((await second.collection('staff').getList()).totalItems).toBe(3);
    expect(new PocketBase(guest().baseURL, new BaseAuthStore()).authStore.isValid).toBe(false);
  });
});

describe('a sign-in', () => {
  it('lists how it can be done', async () => {
    expect(await guest().collection('staff').listAuthMethods()).toEqual({
      password: { enabled: true, identityFields: ['email'] },
      oauth2: { enabled: false, providers: [] },
      mfa: { enabled: false, duration: 0 },
      otp: { enabled: false, duration: 0 },
    });
  });

  it('takes any identity field', async () => {
    await define(admin, {
      name: 'crew',
      type: 'auth',
      fields: [{ name: 'handle', type: 'text', required: true }],
      indexes: ['CREATE UNIQUE INDEX idx_crew_handle ON crew (handle COLLATE NOCASE)'],
      passwordAuth: { enabled: true, identityFields: ['email', 'handle'] },
    });
    await admin.collection('crew').create(account('dan@example.edu', { handle: 'Dan' }));

    for (const identity of ['dan@example.edu', 'Dan', 'dAN'])
      expect((await signedIn('crew', identity)).authStore.isValid).toBe(true);
    expect(
      await refusal(
        guest()
          .collection('crew')
          .authWithPassword('Dan', 'correct horse battery', {
            body: { identity: 'Dan', password: 'correct horse battery', identityField: 'email' },
          }),
      ),
    ).toMatchObject({ status: 400, message: 'Failed to authenticate.' });
  });

  it('of a superuser renews itself before it ends', async () => {
    const pb = guest();
    await pb
      .collection('_superusers')
      .authWithPassword(SUPERUSER.email, SUPERUSER.password, { autoRefreshThreshold: 2 * 86_400 });
    const asked: string[] = [];
    pb.afterSend = (response, data) => {
      asked.push(new URL(response.url).pathname);
      return data;
    };

    expect((await pb.collections.getList(1, 1)).items).toHaveLength(1);
    expect(asked).toEqual(['/api/collections/_superusers/auth-refresh', '/api/collections']);
    expect(pb.authStore.isValid).toBe(true);
  });

  it('of a superuser signs in anew when its token is worth nothing', async () => {
    const pb = guest();
    await pb
      .collection('_superusers')
      .authWithPassword(SUPERUSER.email, SUPERUSER.password, { autoRefreshThreshold: 60 });
    pb.authStore.save('', pb.authStore.record);
    await pb.collection('_superusers').authWithPassword(SUPERUSER.email, SUPERUSER.password);

    expect((await pb.collections.getList(1, 1)).items).toHaveLength(1);
  });
});
