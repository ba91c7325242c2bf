import type PocketBase from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { account, define, guest, id, named, refusal, signedIn, superuser } from './clients.ts';

let admin: PocketBase;
let boss: PocketBase;

beforeAll(async () => {
  admin = await superuser();
  await define(admin, {
    name: 'workers',
    type: 'auth',
    fields: [{ name: 'role', type: 'text' }],
    manageRule: '@request.auth.role = "boss"',
    updateRule: 'id = @request.auth.id || @request.auth.role = "boss"',
  });
  await admin.collection('workers').create(account('boss@example.com', { id: id('boss'), role: 'boss' }));
  await admin.collection('workers').create(account('worker@example.com', { id: id('worker') }));
  boss = await signedIn('workers', 'boss@example.com');
});

describe('who manages accounts', () => {
  it('sees their e-mail addresses', async () => {
    const worker = await signedIn('workers', 'worker@example.com');

    expect(await boss.collection('workers').getOne(id('worker'))).toMatchObject({ email: 'worker@example.com' });
    expect(await worker.collection('workers').getOne(id('boss'))).not.toHaveProperty('email');
  });

  it('changes their e-mail address, password and whether they are verified', async () => {
    const worker = await signedIn('workers', 'worker@example.com');
    const changed = await boss
      .collection('workers')
      .update(id('worker'), { verified: true, email: 'moved@example.com' });

    expect(changed).toMatchObject({ verified: true, email: 'moved@example.com' });
    expect(await refusal(worker.collection('workers').authRefresh())).toMatchObject({ status: 401 });
    await boss.collection('workers').update(id('worker'), { password: 'a fresh one', passwordConfirm: 'a fresh one' });
    expect((await signedIn('workers', 'moved@example.com', 'a fresh one')).authStore.isValid).toBe(true);
    expect(await refusal(signedIn('workers', 'moved@example.com'))).toMatchObject({ status: 400 });
  });

  it('makes verified ones, which others can not', async () => {
    expect(await boss.collection('workers').create(account('made@example.com', { verified: true }))).toMatchObject({
      verified: true,
      email: 'made@example.com',
    });
    expect(
      (
        await refusal(
          guest()
            .collection('workers')
            .create(account('other@example.com', { verified: true })),
        )
      ).response.data,
    ).toMatchObject({ verified: { code: 'validation_values_mismatch' } });
  });

  it('still repeats the password', async () => {
    const error = await refusal(boss.collection('workers').update(id('boss'), { password: 'a fresh one' }));

    expect(error.response.data).toMatchObject({ passwordConfirm: expect.anything() });
  });
});

describe('a linked account', () => {
  it('is listed for and let go by its owner', async () => {
    const { collectionId } = await admin.collection('workers').getOne(id('boss'));
    await admin
      .collection('_externalAuths')
      .create({ collectionRef: collectionId, recordRef: id('boss'), provider: 'google', providerId: '1' });

    expect(named(await boss.collection('workers').listExternalAuths(id('boss')), 'provider')).toEqual(['google']);
    expect(await guest().collection('workers').listExternalAuths(id('boss'))).toEqual([]);
    expect(await refusal(guest().collection('workers').unlinkExternalAuth(id('boss'), 'google'))).toMatchObject({
      status: 404,
    });
    expect(await boss.collection('workers').unlinkExternalAuth(id('boss'), 'google')).toBe(true);
    expect(await refusal(boss.collection('workers').unlinkExternalAuth(id('boss'), 'google'))).toMatchObject({
      status: 404,
    });
  });
});

describe('a superuser', () => {
  it('is always verified, and made and unmade by others', async () => {
    const second = await admin.collection('_superusers').create(account('second@example.com'));

    expect(second).toMatchObject({ verified: true, email: 'second@example.com' });
    expect((await signedIn('_superusers', 'second@example.com')).authStore.isSuperuser).toBe(true);
    expect(await admin.collection('_superusers').delete(second.id)).toBe(true);
    expect(await refusal(signedIn('_superusers', 'second@example.com'))).toMatchObject({ status: 400 });
  });

  it('is never the last to go', async () => {
    expect(await refusal(admin.collection('_superusers').delete(admin.authStore.record!.id))).toMatchObject({
      status: 400,
      message: "You can't delete the only existing superuser.",
    });
    expect(admin.authStore.isSuperuser).toBe(true);
  });

  it("is nobody's business", async () => {
    for (const pb of [guest(), boss]) {
      expect(await refusal(pb.collection('_superusers').getList())).toMatchObject({ status: 403 });
      expect(await refusal(pb.collection('_superusers').create(account('mine@example.com')))).toMatchObject({
        status: 403,
      });
      expect(await refusal(pb.collection('_superusers').getOne(admin.authStore.record!.id))).toMatchObject({
        status: 403,
      });
    }
  });
});
