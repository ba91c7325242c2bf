import { expect, test } from './fixtures';

test('refused sign-ins are found in the audit log, by action, actor and day, and the address brings it back', async ({ signedIn: page, request }) => {
  const refused = await request.post('/api/collections/users/auth-with-password', { data: { identity: 'alice@example.com', password: 'not hers' } });
  expect(refused.status()).toBe(400);
  await page.goto('/admin/');
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByLabel('Action').selectOption('Authentication failure');
  const rows = page.getByRole('row').filter({ hasText: 'Authentication failure' });
  await expect(rows.first()).toContainText('guest');
  await rows.first().getByRole('button', { name: 'Details' }).click();
  await expect(page.locator('pre')).toContainText('"method": "password"');
  await expect(page.locator('pre')).not.toContainText('not hers');

  await page.getByLabel('Actor').fill('operator');
  await page.getByLabel('Actor').press('Enter');
  await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible();
  await page.getByLabel('Actor').fill('guest');
  await page.getByLabel('Actor').press('Enter');
  await expect(rows.first()).toBeVisible();

  await page.getByLabel('To', { exact: true }).fill('2020-01-01');
  await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('2020-01-01');
  await expect(page.getByLabel('Actor')).toHaveValue('guest');
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(page.getByText(/^1–\d+ of [\d,]+ entries$/)).toBeVisible();
});

test('a day with no entries before it and a wrong actor are no errors', async ({ signedIn: page }) => {
  await page.goto('/admin/#/audit?actor=nobody%2Fnowhere');
  await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 780 });
  await page.goto('/admin/#/audit');
  await expect(page.getByRole('table')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
