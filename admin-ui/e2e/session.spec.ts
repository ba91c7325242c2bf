import { expect, signIn, test } from './fixtures';

test('a superuser signs in, stays signed in over a reload, and signs out', async ({ page }) => {
  await page.goto('/admin/');
  await signIn(page);
  await expect(page.getByRole('navigation', { name: 'Collections' }).getByRole('link', { name: 'posts' })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('link', { name: 'posts' })).toBeVisible();

  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in as a superuser' })).toBeVisible();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign in as a superuser' })).toBeVisible();
});

test('a wrong password is refused, and nothing is shown or kept', async ({ page }) => {
  await page.goto('/admin/#/collections/posts');
  await signIn(page, 'Wrong-password-1');
  await expect(page.getByRole('alert')).toContainText('Email or password is not right');
  await expect(page.getByRole('navigation')).toHaveCount(0);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test('a user who is no superuser is refused', async ({ page }) => {
  await page.goto('/admin/');
  await page.getByLabel('Email').fill('alice@example.com');
  await page.getByLabel('Password', { exact: true }).fill('Password123!');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('Email or password is not right');
});

test('a session whose token is no longer accepted ends, and signing in leads back to where it was', async ({ page }) => {
  await page.goto('/admin/#/collections/users');
  await page.evaluate(() => sessionStorage.setItem('ferritedb.session', JSON.stringify({ token: 'a.b.c', email: 'x@example.com' })));
  await page.reload();
  await expect(page.getByRole('status')).toContainText('Your session has ended');
  await signIn(page);
  await expect(page.getByRole('heading', { name: /^users/ })).toBeVisible();
});
