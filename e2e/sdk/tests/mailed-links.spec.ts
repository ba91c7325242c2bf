import type PocketBase from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../admin-ui/e2e/server.ts';
import { account, define, guest, PASSWORD_OF_ACCOUNTS, refusal, signedIn, superuser, SUPERUSER } from './clients.ts';
import { hasMail, mailTo, tokenIn } from './mails.ts';

let admin: PocketBase;
const members = (pb: PocketBase = guest()) => pb.collection('addressees');

beforeAll(async () => {
  admin = await superuser();
  await define(admin, { name: 'addressees', type: 'auth', listRule: null, viewRule: 'id = @request.auth.id' });
});

async function member(email: string): Promise<PocketBase> {
  await members(admin).create(account(email));
  return signedIn('addressees', email);
}

describe('a verification', () => {
  it('is asked for, mailed and confirmed, and ends nothing', async () => {
    const pb = await member('ver@example.net');

    expect(await members().requestVerification('ver@example.net')).toBe(true);
    const token = tokenIn(await mailTo('ver@example.net'), 'confirm-verification');
    expect(await members(pb).confirmVerification(token)).toBe(true);

    expect(pb.authStore.record).toMatchObject({ verified: true });
    expect((await members(pb).authRefresh()).record).toMatchObject({ verified: true });
  });

  it('is not mailed to an address that nobody has, nor told so', async () => {
    expect(await members().requestVerification('nobody@example.net')).toBe(true);
    expect(await hasMail('nobody@example.net')).toBe(false);
  });

  it('asks for an address', async () => {
    expect((await refusal(members().requestVerification('no address'))).response.data).toMatchObject({
      email: { code: 'validation_is_email' },
    });
  });

  it.each(['', 'x', 'a.b.c'])('is not confirmed by the token %j', async (token) => {
    const error = await refusal(members().confirmVerification(token));

    expect(error.status).toBe(400);
    expect(error.response.data).toHaveProperty('token');
  });
});

describe('a password reset', () => {
  it('takes a new password once, and ends all that was signed in', async () => {
    const pb = await member('reset@example.net');

    expect(await members().requestPasswordReset('reset@example.net')).toBe(true);
    const token = tokenIn(await mailTo('reset@example.net'), 'confirm-password-reset');
    expect(await members().confirmPasswordReset(token, 'another horse altogether', 'another horse altogether')).toBe(true);

    expect((await refusal(members(pb).authRefresh())).status).toBe(401);
    expect((await refusal(signedIn('addressees', 'reset@example.net'))).status).toBe(400);
    const again = await signedIn('addressees', 'reset@example.net', 'another horse altogether');
    expect(again.authStore.record).toMatchObject({ verified: true });
    const reused = await refusal(members().confirmPasswordReset(token, 'a third horse here', 'a third horse here'));
    expect(reused.response.data).toMatchObject({ token: { code: 'validation_invalid_token' } });
  });

  it('wants the password twice and as the collection demands it', async () => {
    await member('twice@example.net');
    await members().requestPasswordReset('twice@example.net');
    const token = tokenIn(await mailTo('twice@example.net'), 'confirm-password-reset');

    const other = await refusal(members().confirmPasswordReset(token, 'one horse and more', 'two horses and more'));
    expect(other.response.data).toMatchObject({ passwordConfirm: { code: 'validation_values_mismatch' } });
    const short = await refusal(members().confirmPasswordReset(token, 'short', 'short'));
    expect(short.response.data).toHaveProperty('password');
    expect((await signedIn('addressees', 'twice@example.net')).authStore.isValid).toBe(true);
  });

  it('is no verification token', async () => {
    await member('mixed@example.net');
    await members().requestPasswordReset('mixed@example.net');
    const token = tokenIn(await mailTo('mixed@example.net'), 'confirm-password-reset');

    expect((await refusal(members().confirmVerification(token))).status).toBe(400);
  });

  it('is for superusers too', async () => {
    const server = await startServer('--demo');
    try {
      const superusers = guest(server.url).collection('_superusers');

      expect(await superusers.requestPasswordReset(SUPERUSER.email)).toBe(true);
      const token = tokenIn(await mailTo(SUPERUSER.email, server.data), 'confirm-password-reset');
      await superusers.confirmPasswordReset(token, 'remembered horse', 'remembered horse');

      expect((await superusers.authWithPassword(SUPERUSER.email, 'remembered horse')).record.verified).toBe(true);
      expect((await refusal(superusers.authWithPassword(SUPERUSER.email, SUPERUSER.password))).status).toBe(400);
    } finally {
      await server.stop();
    }
  });
});

describe('an e-mail change', () => {
  it('is mailed to the new address, takes the password, and signs out', async () => {
    const pb = await member('old@example.net');

    expect(await members(pb).requestEmailChange('new@example.net')).toBe(true);
    const token = tokenIn(await mailTo('new@example.net'), 'confirm-email-change');
    const wrong = await refusal(members(pb).confirmEmailChange(token, 'not the password'));
    expect(wrong.response.data).toMatchObject({ password: { code: 'validation_invalid_password' } });
    expect(await members(pb).confirmEmailChange(token, PASSWORD_OF_ACCOUNTS)).toBe(true);

    expect(pb.authStore.isValid).toBe(false);
    expect((await refusal(signedIn('addressees', 'old@example.net'))).status).toBe(400);
    expect((await signedIn('addressees', 'new@example.net')).authStore.record).toMatchObject({ verified: true });
  });

  it('is for who is signed in, to an address of his that is free', async () => {
    const pb = await member('mover@example.net');
    await member('taken@example.net');

    expect((await refusal(members().requestEmailChange('free@example.net'))).status).toBe(401);
    expect((await refusal(members(pb).requestEmailChange('taken@example.net'))).response.data).toMatchObject({
      newEmail: { code: 'validation_invalid_new_email' },
    });
    expect((await refusal(members(pb).requestEmailChange('mover@example.net'))).response.data).toMatchObject({
      newEmail: { code: 'validation_not_in_invalid' },
    });
  });
});
