import { expect, test } from './fixtures';

const WORKER = process.env.TEST_WORKER_INDEX ?? '0';
const MEMBERS = `e2e_members_${WORKER}${Date.now().toString(36)}`;
const MEMBER = { email: 'member@example.com', password: 'A-long-password-1' };
const PAGE = `/admin/#/collections/${MEMBERS}/options`;

test.beforeAll(async ({ api }) => {
  await api.post('/api/collections', {
    name: MEMBERS,
    type: 'auth',
    fields: [{ name: 'nick', type: 'text' }],
    indexes: [`CREATE UNIQUE INDEX idx_nick_${MEMBERS} ON ${MEMBERS} (nick)`],
  });
  await api.post(`/api/collections/${MEMBERS}/records`, { ...MEMBER, passwordConfirm: MEMBER.password, nick: 'm1' });
});

test('the options of a collection are changed, kept, and brought back by the address', async ({ signedIn: page, api }) => {
  await page.goto(`/admin/#/collections/${MEMBERS}`);
  await page.getByRole('link', { name: 'Options' }).click();
  await expect(page.getByRole('heading', { name: new RegExp(`^${MEMBERS}`) })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save changes' })).toHaveCount(0);

  await page.getByRole('switch', { name: 'nick' }).click();
  await page.getByRole('switch', { name: 'Sign in with a one-time code' }).click();
  await page.getByLabel('Digits').fill('6');
  await page.getByRole('switch', { name: 'Ask for a second factor' }).click();
  await page.getByLabel('Only for accounts that fit this rule').fill("nick = 'chief'");
  await page.getByLabel('Sign in', { exact: true }).selectOption('Accounts that fit a rule');
  await page.getByLabel('Sign-in rule').fill('verified = true');
  await page.getByLabel('Links to confirm an address').fill('7200');
  await expect(page.getByText('2 hours')).toBeVisible();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();

  expect(await api.get(`/api/collections/${MEMBERS}`)).toMatchObject({
    authRule: 'verified = true',
    manageRule: null,
    passwordAuth: { enabled: true, identityFields: ['email', 'nick'] },
    otp: { enabled: true, length: 6 },
    mfa: { enabled: true, rule: "nick = 'chief'" },
    verificationToken: { duration: 7200 },
  });
  await page.reload();
  await expect(page.getByLabel('Digits')).toHaveValue('6');
  await expect(page.getByLabel('Sign-in rule')).toHaveValue('verified = true');
  await expect(page.getByRole('switch', { name: 'nick' })).toBeChecked();

  await page.getByLabel('Digits').fill('10');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByLabel('Digits')).toHaveValue('6');

  await page.getByRole('switch', { name: 'Ask for a second factor' }).click();
  await page.getByRole('switch', { name: 'Sign in with a one-time code' }).click();
  await page.getByLabel('Sign in', { exact: true }).selectOption('Every account');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  expect(await api.get(`/api/collections/${MEMBERS}`)).toMatchObject({ authRule: '', otp: { enabled: false }, mfa: { enabled: false } });
});

test('what the server refuses stands beside the value, and nothing is lost', async ({ signedIn: page, api }) => {
  await page.goto(PAGE);
  await page.getByRole('switch', { name: 'Ask for a second factor' }).click();
  await page.getByText('Confirm the address').click();
  await page.getByLabel('Subject').first().fill('');
  await page.getByLabel('Access to protected files').fill('5');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('alert')).toContainText('3 values need another look');
  await expect(page.getByText('Needs at least two enabled ways to sign in.')).toBeVisible();
  await expect(page.getByLabel('Subject').first()).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Access to protected files')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Access to protected files')).toHaveValue('5');
  expect(await api.get(`/api/collections/${MEMBERS}`)).toMatchObject({ mfa: { enabled: false }, fileToken: { duration: 180 } });
});

test('a rule that cannot be read is refused with the reason', async ({ signedIn: page }) => {
  await page.goto(PAGE);
  await page.getByLabel(/^Change password, address/).selectOption('Also those who fit a rule');
  await page.getByLabel('Management rule').fill('nothing = 1');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByLabel('Management rule')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Management rule')).toBeFocused();
});

test('all tokens of a kind end when they are invalidated, and not by one press', async ({ signedIn: page, request }) => {
  const signedInMember = await request.post(`/api/collections/${MEMBERS}/auth-with-password`, {
    data: { identity: MEMBER.email, password: MEMBER.password },
  });
  const { token } = await signedInMember.json();
  const refresh = async () => (await request.post(`/api/collections/${MEMBERS}/auth-refresh`, { headers: { Authorization: token } })).status();
  await page.goto(PAGE);
  await page.getByRole('button', { name: 'Invalidate all' }).first().click();
  await expect(page.getByText('Everyone is signed out.')).toBeVisible();
  await page.getByRole('button', { name: 'Keep' }).click();
  expect(await refresh()).toBe(200);
  await page.getByRole('button', { name: 'Invalidate all' }).first().click();
  await page.getByRole('button', { name: 'Invalidate', exact: true }).click();
  await expect(page.getByText('All that existed are invalid now.')).toBeVisible();
  expect(await refresh()).toBe(401);
});

test('mails name their placeholders, hidden fields not among them', async ({ signedIn: page }) => {
  await page.goto(PAGE);
  await page.getByText('One-time code', { exact: true }).last().click();
  await expect(page.getByText('{OTP}', { exact: true })).toBeVisible();
  await expect(page.getByText('{RECORD:nick}').first()).toBeAttached();
  await expect(page.getByText('{RECORD:tokenKey}')).toHaveCount(0);
});

test('collections without accounts have no such options', async ({ signedIn: page }) => {
  await page.goto('/admin/#/collections/posts/options');
  await expect(page.getByRole('heading', { name: 'Nobody signs in here' })).toBeVisible();
  await page.goto('/admin/#/collections/posts');
  await expect(page.getByRole('heading', { name: /^posts/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Options' })).toHaveCount(0);
});

test('on a narrow screen the options do not overflow', async ({ signedIn: page }) => {
  await page.setViewportSize({ width: 390, height: 780 });
  await page.goto(PAGE);
  await expect(page.getByRole('heading', { name: 'Tokens' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('an account is marked as verified in its details', async ({ signedIn: page, api }) => {
  await page.goto(`/admin/#/collections/${MEMBERS}`);
  await page.getByText(MEMBER.email).click();
  const account = page.getByRole('dialog').getByRole('region', { name: 'Account' });
  await expect(account.getByRole('switch', { name: 'The address is verified' })).not.toBeChecked();
  await expect(account.getByText('None: this account signs in nowhere else.')).toBeVisible();
  await account.getByRole('switch', { name: 'The address is verified' }).click();
  await expect.poll(async () => (await api.get(`/api/collections/${MEMBERS}/records`)).items[0].verified).toBe(true);
  await expect(account.getByRole('switch', { name: 'The address is verified' })).toBeChecked();
  await expect(account.getByRole('button', { name: 'Send verification mail' })).toHaveCount(0);
});

test('a provider is added, its secret never shown, and taken away again', async ({ signedIn: page, api }) => {
  const provider = () => page.locator('details').filter({ hasText: 'Client id' }).first();
  const stored = async () => (await api.get(`/api/collections/${MEMBERS}`)).oauth2;
  await page.goto(PAGE);
  await page.getByRole('switch', { name: 'Sign in with OAuth2' }).click();
  await page.getByLabel('Add a provider').selectOption('oidc');
  await provider().getByLabel('Client id').fill('client-1');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(provider().getByLabel('Authorization address')).toHaveAttribute('aria-invalid', 'true');
  await provider().getByLabel('Client secret').fill('a-secret-that-is-never-shown');
  await provider().getByLabel('Authorization address').fill('https://id.example.com/authorize');
  await provider().getByLabel('Token address').fill('https://id.example.com/token');
  await provider().getByLabel('User info address').fill('https://id.example.com/userinfo');
  await page.getByLabel('User name').selectOption('nick');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  expect(await stored()).toMatchObject({
    enabled: true,
    providers: [{ name: 'oidc', clientId: 'client-1', tokenURL: 'https://id.example.com/token' }],
    mappedFields: { username: 'nick' },
  });
  expect(JSON.stringify(await stored())).not.toContain('a-secret-that-is-never-shown');

  await page.reload();
  await provider().locator('summary').first().click();
  await expect(provider().getByLabel('Client secret')).toHaveValue('');
  await provider().getByLabel('Client id').fill('client-2');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  expect((await stored()).providers).toMatchObject([{ name: 'oidc', clientId: 'client-2' }]);

  await provider().getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('switch', { name: 'Sign in with OAuth2' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  expect(await stored()).toMatchObject({ enabled: false, providers: [] });
});
