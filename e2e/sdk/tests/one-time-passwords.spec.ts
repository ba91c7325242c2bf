import type PocketBase from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { account, define, guest, refusal, signedIn, superuser } from './clients.ts';
import { codeIn, hasMail, mailTo } from './mails.ts';

let admin: PocketBase;
const callers = (pb: PocketBase = guest()) => pb.collection('callers');

beforeAll(async () => {
  admin = await superuser();
  await define(admin, { name: 'callers', type: 'auth', otp: { enabled: true, duration: 180, length: 8 } });
});

describe('a one-time password', () => {
  it('signs in once, and shows that the address is the account’s', async () => {
    await callers(admin).create(account('once@example.net'));
    const pb = guest();

    const { otpId } = await callers(pb).requestOTP('once@example.net');
    const code = codeIn(await mailTo('once@example.net'));
    expect(code).toMatch(/^\d{8}$/);
    const { record, token } = await callers(pb).authWithOTP(otpId, code);

    expect(record).toMatchObject({ email: 'once@example.net', verified: true });
    expect(pb.authStore.token).toBe(token);
    expect((await callers(pb).authRefresh()).record.id).toBe(record.id);
    expect(await refusal(callers().authWithOTP(otpId, code))).toMatchObject({
      status: 400,
      response: { message: 'Invalid or expired OTP.', data: {} },
    });
  });

  it('has an id for an address that nobody has, and no mail', async () => {
    const { otpId } = await callers().requestOTP('nobody-here@example.net');

    expect(otpId).toMatch(/^[a-z0-9]{15}$/);
    expect((await refusal(callers().authWithOTP(otpId, '12345678'))).status).toBe(400);
    expect(await hasMail('nobody-here@example.net')).toBe(false);
  });

  it('is dead after a few wrong guesses', async () => {
    await callers(admin).create(account('guessed@example.net'));
    const { otpId } = await callers().requestOTP('guessed@example.net');
    const code = codeIn(await mailTo('guessed@example.net'));
    const wrong = code === '00000000' ? '11111111' : '00000000';

    for (let guess = 0; guess < 6; guess++) {
      expect([400, 429]).toContain((await refusal(callers().authWithOTP(otpId, wrong))).status);
    }

    expect([400, 429]).toContain((await refusal(callers().authWithOTP(otpId, code))).status);
  });

  it('is not given where the collection does not say so', async () => {
    await define(admin, { name: 'silent', type: 'auth' });

    expect((await refusal(guest().collection('silent').requestOTP('a@example.net'))).status).toBe(403);
  });

  it('is told of among the ways to sign in', async () => {
    expect(await callers().listAuthMethods()).toMatchObject({
      otp: { enabled: true, duration: 180 },
      mfa: { enabled: false, duration: 0 },
      password: { enabled: true, identityFields: ['email'] },
      oauth2: { enabled: false, providers: [] },
    });
  });
});

describe('a second factor', () => {
  beforeAll(async () => {
    await define(admin, {
      name: 'careful',
      type: 'auth',
      otp: { enabled: true, duration: 180, length: 8 },
      mfa: { enabled: true, duration: 600, rule: '' },
    });
  });

  it('is asked for after the password, and lets in', async () => {
    await admin.collection('careful').create(account('two@example.net'));
    const pb = guest();

    const first = await refusal(pb.collection('careful').authWithPassword('two@example.net', 'correct horse battery'));
    expect(first.status).toBe(401);
    const { mfaId } = first.response as { mfaId: string };
    expect(first.response).toEqual({ mfaId: expect.stringMatching(/^\w{15,}$/) });
    expect(pb.authStore.isValid).toBe(false);
    const { otpId } = await pb.collection('careful').requestOTP('two@example.net');
    const code = codeIn(await mailTo('two@example.net'));
    const { record } = await pb.collection('careful').authWithOTP(otpId, code, { mfaId });

    expect(record.email).toBe('two@example.net');
    expect(pb.authStore.isValid).toBe(true);
    // The password is still good: it was one of the factors.
    expect((await refusal(signedIn('careful', 'two@example.net'))).status).toBe(401);
  });

  it('is another one than the first', async () => {
    await admin.collection('careful').create(account('same@example.net'));
    const careful = guest().collection('careful');
    const { mfaId } = (await refusal(careful.authWithPassword('same@example.net', 'correct horse battery'))).response as {
      mfaId: string;
    };

    expect(
      await refusal(careful.authWithPassword('same@example.net', 'correct horse battery', { mfaId })),
    ).toMatchObject({ status: 400, response: { message: 'A different authentication method is required.' } });
    expect(
      await refusal(careful.authWithPassword('same@example.net', 'correct horse battery', { mfaId: 'unknown00000000' })),
    ).toMatchObject({ status: 400, response: { message: 'Invalid or expired MFA session.' } });
  });
});
