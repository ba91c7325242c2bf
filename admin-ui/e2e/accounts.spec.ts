import { expect, signIn, SUPERUSER, test } from './fixtures';
import { mailed, mailsTo } from './mails';
import { type RunningServer, startServer } from './server';

const WORKER = process.env.TEST_WORKER_INDEX ?? '0';
// Another run may have left its own on a server that is not started for the tests.
const RUN = `${WORKER}${Date.now().toString(36)}`;
const CUSTOMERS = `e2e_customers_${RUN}`;
const PASSWORD = 'A-long-password-1';
const NEW_PASSWORD = 'Another-long-password-2';
const LINK = /\/_\/(#\/auth\/[\w-]+\/[\w.-]+)/;

const data = () => process.env.E2E_DATA ?? '';

test.describe('links in mails', () => {
  test.skip(() => data() === '', 'mails of a server elsewhere cannot be read');

  test.beforeAll(async ({ api }) => {
    await api.post('/api/collections', { name: CUSTOMERS, type: 'auth' });
  });

  async function customer(api: { post(path: string, data: object): Promise<any> }, name: string): Promise<string> {
    const email = `${name}-${RUN}@example.com`;
    await api.post(`/api/collections/${CUSTOMERS}/records`, { email, password: PASSWORD, passwordConfirm: PASSWORD });
    return email;
  }

  test('lead to a page that confirms an address, for any auth collection and once', async ({ page, api, request }) => {
    const email = await customer(api, 'verify');
    await request.post(`/api/collections/${CUSTOMERS}/request-verification`, { data: { email } });
    const link = await mailed(data(), email, LINK);
    await page.goto(`/_/${link}`);
    await expect(page.getByRole('main')).toContainText(email);
    const verified = async () => (await api.get(`/api/collections/${CUSTOMERS}/records?filter=${encodeURIComponent(`email='${email}'`)}`)).items[0].verified;
    expect(await verified()).toBe(false);
    await page.getByRole('button', { name: 'Yes, confirm it' }).click();
    await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
    expect(await verified()).toBe(true);
  });

  test('lead to a page that sets a new password, once', async ({ page, api, request }) => {
    const email = await customer(api, 'reset');
    await request.post(`/api/collections/${CUSTOMERS}/request-password-reset`, { data: { email } });
    const link = await mailed(data(), email, LINK);
    await page.goto(`/_/${link}`);
    const set = page.getByRole('button', { name: 'Set the new password' });

    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByLabel('Once more').fill('different');
    await set.click();
    await expect(page.getByText('The two passwords differ.')).toBeVisible();

    await page.getByLabel('New password').fill('short');
    await page.getByLabel('Once more').fill('short');
    await set.click();
    await expect(page.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true');

    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByLabel('Once more').fill(NEW_PASSWORD);
    await set.click();
    await expect(page.getByRole('heading', { name: 'Your password is changed' })).toBeVisible();
    const login = (password: string) => request.post(`/api/collections/${CUSTOMERS}/auth-with-password`, { data: { identity: email, password } });
    expect((await login(NEW_PASSWORD)).status()).toBe(200);
    expect((await login(PASSWORD)).status()).toBe(400);

    await page.reload();
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByLabel('Once more').fill(PASSWORD);
    await set.click();
    await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
    expect((await login(PASSWORD)).status()).toBe(400);
  });

  test('lead to a page that changes the address, with the password', async ({ page, api, request }) => {
    const email = await customer(api, 'move');
    const newEmail = `moved-${RUN}@example.com`;
    const login = await request.post(`/api/collections/${CUSTOMERS}/auth-with-password`, { data: { identity: email, password: PASSWORD } });
    const { token } = await login.json();
    const asked = await request.post(`/api/collections/${CUSTOMERS}/request-email-change`, { headers: { Authorization: token }, data: { newEmail } });
    expect(asked.status()).toBe(204);
    const link = await mailed(data(), newEmail, LINK);
    await page.goto(`/_/${link}`);
    await expect(page.getByRole('main')).toContainText(newEmail);
    await page.getByLabel('Password', { exact: true }).fill('not-the-password');
    await page.getByRole('button', { name: 'Change the address' }).click();
    await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Change the address' }).click();
    await expect(page.getByRole('heading', { name: 'Your address is changed' })).toBeVisible();
    const now = await request.post(`/api/collections/${CUSTOMERS}/auth-with-password`, { data: { identity: newEmail, password: PASSWORD } });
    expect(now.status()).toBe(200);
  });

  test('an account is sent its mails from its details', async ({ signedIn: page, api }) => {
    const email = await customer(api, 'details');
    await page.goto(`/admin/#/collections/${CUSTOMERS}`);
    await page.getByText(email).click();
    const account = page.getByRole('dialog').getByRole('region', { name: 'Account' });
    await account.getByRole('button', { name: 'Send verification mail' }).click();
    await expect(account.getByRole('status')).toContainText(email);
    expect(await mailed(data(), email, LINK)).toContain('confirm-verification');
    await account.getByRole('button', { name: 'Send password reset mail' }).click();
    expect(await mailed(data(), email, LINK, 1)).toContain('confirm-password-reset');
  });

  test('a test mail is sent, and a wrong address said so', async ({ signedIn: page }) => {
    const email = `test-mail-${RUN}@example.com`;
    await page.goto('/admin/#/settings/mail');
    await page.getByLabel('To', { exact: true }).fill('nobody');
    await page.getByRole('button', { name: 'Send a test mail' }).click();
    await expect(page.getByLabel('To', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await page.getByLabel('To', { exact: true }).fill(email);
    await page.getByLabel('Of the collection').selectOption(CUSTOMERS);
    await page.getByRole('button', { name: 'Send a test mail' }).click();
    await expect(page.getByText('The mail is a file in mails of the data folder now.')).toBeVisible();
    await expect.poll(async () => (await mailsTo(data(), email)).length).toBe(1);
  });
});

test('mail settings are changed, and what is refused stands beside the value', async ({ signedIn: page, api }) => {
  const before = await api.get('/api/settings');
  await page.goto('/admin/#/collections/users');
  await page.getByRole('link', { name: 'Mail settings' }).click();
  await page.getByLabel('Sender address').fill('nobody');
  await page.getByLabel('Application name').fill(`E2E ${RUN}`);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByLabel('Sender address')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Sender address')).toBeFocused();
  expect(await api.get('/api/settings')).toEqual(before);

  await page.getByLabel('Sender address').fill(`${RUN}@e2e.example`);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  const after = await api.get('/api/settings');
  expect(after).toEqual({ ...before, meta: { ...before.meta, appName: `E2E ${RUN}`, senderAddress: `${RUN}@e2e.example` } });
  expect(JSON.stringify(after)).not.toContain('"password"');
});

test('an account is acted for by a token that is made in its details', async ({ signedIn: page, request }) => {
  await page.goto('/admin/#/collections/users');
  await page.getByText('alice@example.com').click();
  const account = page.getByRole('dialog').getByRole('region', { name: 'Account' });
  await account.getByText('Impersonate', { exact: true }).click();
  await account.getByLabel('Valid for, in seconds').fill('120');
  await account.getByRole('button', { name: 'Make a token' }).click();
  const token = await account.getByLabel('Token').innerText();
  const { record, token: refreshed } = await (await request.post('/api/collections/users/auth-refresh', { headers: { Authorization: token } })).json();
  expect(record.email).toBe('alice@example.com');
  expect(refreshed).toBe(token);
});

test.describe('pages of links', () => {
  const jwt = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
  const old = jwt({ collectionId: '_pb_users_auth_', email: 'alice@example.com', exp: 1000 });

  test('tell a cut link from an old one', async ({ page }) => {
    for (const path of ['confirm-verification', 'confirm-password-reset', 'confirm-email-change']) {
      await page.goto(`/_/#/auth/${path}/cut-off`);
      await expect(page.getByRole('heading', { name: 'This link is not whole' })).toBeVisible();
      await page.goto(`/_/#/auth/${path}/${old}`);
      await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
    }
    await page.goto(`/_/#/pbinstall/${old}`);
    await expect(page.getByRole('heading', { name: 'This set-up link no longer works' })).toBeVisible();
  });

  test('refuse a forged link', async ({ page }) => {
    const forged = jwt({ id: 'x', type: 'passwordReset', collectionId: '_pb_users_auth_', email: 'alice@example.com', exp: 4_000_000_000 });
    await page.goto(`/_/#/auth/confirm-password-reset/${forged}`);
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByLabel('Once more').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set the new password' }).click();
    await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
  });

  test('end a sign-in elsewhere, and the good end closes its window', async ({ page, context }) => {
    await page.goto('/_/#/auth/oauth2-redirect-failure');
    await expect(page.getByRole('heading', { name: 'The sign-in did not work' })).toBeVisible();
    const opened = context.waitForEvent('page');
    await page.evaluate(() => void window.open('/_/#/auth/oauth2-redirect-success'));
    const popup = await opened;
    await expect.poll(() => popup.isClosed()).toBe(true);
  });

  test('fit a narrow screen', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 640 });
    for (const path of [`confirm-password-reset/${jwt({ collectionId: 'c', email: `${'a'.repeat(60)}@example.com`, exp: 4_000_000_000 })}`, 'confirm-verification/x']) {
      await page.goto(`/_/#/auth/${path}`);
      await expect(page.getByRole('heading').first()).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }
  });
});

test.describe('superusers', () => {
  test.skip(() => process.env.E2E_DATA === undefined, 'needs the built distribution');
  let server: RunningServer;

  test.beforeAll(async () => {
    server = await startServer();
  });

  test.afterAll(async () => {
    await server.stop();
  });

  test('the first one is set up by the printed link, resets the password, and gives a second factor', async ({ page, playwright }) => {
    const link = /\/_\/(#\/pbinstall\/[\w.-]+)/.exec(server.log())?.[1] ?? '';
    expect(link, server.log()).not.toBe('');
    await page.goto(`${server.url}/_/${link}`);
    await page.getByLabel('Email').fill(SUPERUSER.email);
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByLabel('Once more').fill('short');
    await page.getByRole('button', { name: 'Create and sign in' }).click();
    await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Once more').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create and sign in' }).click();
    await expect(page.getByRole('navigation', { name: 'Collections' })).toBeVisible();

    await page.goto(`${server.url}/_/${link}`);
    await page.reload();
    await page.getByLabel('Email').fill('second@example.com');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Once more').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create and sign in' }).click();
    await expect(page.getByRole('heading', { name: 'This set-up link no longer works' })).toBeVisible();

    await page.evaluate(() => sessionStorage.clear());
    await page.goto(`${server.url}/admin/`);
    await page.getByRole('button', { name: 'Forgot the password?' }).click();
    await page.getByLabel('Email').fill(SUPERUSER.email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
    await page.goto(`${server.url}/_/${await mailed(server.data, SUPERUSER.email, /\/_\/(#\/auth\/confirm-password-reset\/[\w.-]+)/)}`);
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByLabel('Once more').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set the new password' }).click();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signIn(page, NEW_PASSWORD);
    await expect(page.getByRole('navigation', { name: 'Collections' })).toBeVisible();

    const token = await page.evaluate(() => JSON.parse(sessionStorage.getItem('ferritedb.session') ?? '{}').token);
    const request = await playwright.request.newContext({ baseURL: server.url, extraHTTPHeaders: { Authorization: token } });
    const changed = await request.patch('/api/collections/_superusers', { data: { otp: { enabled: true }, mfa: { enabled: true } } });
    expect(changed.status(), await changed.text()).toBe(200);
    await request.dispose();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await signIn(page, NEW_PASSWORD);
    await expect(page.getByRole('heading', { name: 'Enter your sign-in code' })).toBeVisible();
    await page.getByLabel('Code', { exact: true }).fill('00000000');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toContainText('The code is not right');
    await page.getByLabel('Code', { exact: true }).fill(await mailed(server.data, SUPERUSER.email, /\b(\d{8})\b(?![-\d])/));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('navigation', { name: 'Collections' })).toBeVisible();
  });
});

test('a provider is unlinked from an account in its details, after a question', async ({ signedIn: page, api }) => {
  const [bob] = (await api.get(`/api/collections/users/records?filter=${encodeURIComponent("email='bob@example.com'")}`)).items;
  const link = { collectionRef: bob.collectionId, recordRef: bob.id, provider: 'github', providerId: `gh-${RUN}` };
  const { id } = await api.post('/api/collections/_externalAuths/records', link);
  await page.goto(`/admin/#/collections/users?record=${bob.id}`);
  const account = page.getByRole('dialog').getByRole('region', { name: 'Account' });
  await expect(account.getByText(`gh-${RUN}`)).toBeVisible();
  await account.getByRole('button', { name: 'Unlink github' }).click();
  await account.getByRole('button', { name: 'Unlink', exact: true }).click();
  await expect(account.getByText('None: this account signs in nowhere else.')).toBeVisible();
  const left = await api.get(`/api/collections/_externalAuths/records?filter=${encodeURIComponent(`id='${id}'`)}`);
  expect(left.items).toEqual([]);
});
