import { column, expect, test } from './fixtures';

const MANY = 65;

// After a failure the tests go on in another worker, which makes its own collections.
const WORKER = process.env.TEST_WORKER_INDEX ?? '0';
const NUMBERS = `e2e_numbers_${WORKER}`;
const KINDS = `e2e_kinds_${WORKER}`;

test.beforeAll(async ({ api }) => {
  await api.post('/api/collections', {
    name: NUMBERS,
    type: 'base',
    fields: [
      { name: 'title', type: 'text' },
      { name: 'place', type: 'number' },
    ],
  });
  for (let place = 1; place <= MANY; place++) {
    await api.post(`/api/collections/${NUMBERS}/records`, { title: `item ${place % 5}`, place });
  }
  const numbers = await api.get(`/api/collections/${NUMBERS}`);
  await api.post('/api/collections', {
    name: KINDS,
    type: 'base',
    fields: [
      { name: 'a_text', type: 'text' },
      { name: 'a_number', type: 'number' },
      { name: 'a_bool', type: 'bool' },
      { name: 'an_email', type: 'email' },
      { name: 'a_url', type: 'url' },
      { name: 'an_editor', type: 'editor' },
      { name: 'a_date', type: 'date' },
      { name: 'one_of', type: 'select', values: ['red', 'green'], maxSelect: 1 },
      { name: 'some_of', type: 'select', values: ['a', 'b', 'c', 'd', 'e'], maxSelect: 5 },
      { name: 'a_relation', type: 'relation', collectionId: numbers.id, maxSelect: 1 },
      { name: 'a_json', type: 'json' },
      { name: 'a_point', type: 'geoPoint' },
      { name: 'made', type: 'autodate', onCreate: true },
    ],
  });
});

test('the demo collections are listed, and those of the system apart', async ({ signedIn: page }) => {
  await page.goto('/admin/');
  const navigation = page.getByRole('navigation', { name: 'Collections' });
  await expect(navigation.getByRole('link', { name: 'users' })).toBeVisible();
  await expect(navigation.getByRole('link', { name: '_superusers' })).toBeHidden();
  await navigation.getByRole('button', { name: /System/ }).click();
  await expect(navigation.getByRole('link', { name: '_superusers' })).toBeVisible();

  await navigation.getByRole('searchbox').fill('pos');
  await expect(navigation.getByRole('link', { name: 'posts' })).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'users' })).toHaveCount(0);
});

test('the demo posts are shown with their owners by name', async ({ signedIn: page }) => {
  await page.goto('/admin/');
  await page.getByRole('link', { name: 'posts' }).click();
  await expect(page.getByText('1–5 of 5 records')).toBeVisible();
  expect((await column(page, 'status')).sort()).toEqual(['draft', 'published', 'published', 'published', 'published']);
  await expect(page.locator('tbody a').filter({ hasText: /@/ }).first()).toBeVisible();
});

test('records are filtered, sorted and paged, and the address brings all of it back', async ({ signedIn: page }) => {
  await page.goto(`/admin/#/collections/${NUMBERS}`);
  await expect(page.getByText(`1–50 of ${MANY} records`)).toBeVisible();
  expect((await column(page, 'place'))[0]).toBe(String(MANY));

  await page.getByLabel('Rows').selectOption('20');
  await page.getByRole('button', { name: 'place' }).click();
  await expect(page.getByRole('columnheader', { name: 'place' })).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(() => column(page, 'place')).toEqual(range(1, 20));

  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByText(`21–40 of ${MANY} records`)).toBeVisible();
  await expect.poll(() => column(page, 'place')).toEqual(range(21, 40));

  await page.reload();
  await expect(page.getByText(`21–40 of ${MANY} records`)).toBeVisible();
  expect(await column(page, 'place')).toEqual(range(21, 40));

  await page.getByLabel('Filter', { exact: true }).fill(`title = 'item 3' && place > 10`);
  await page.keyboard.press('Enter');
  await expect(page.getByText('1–11 of 11 records')).toBeVisible();
  expect(await column(page, 'place')).toEqual(['13', '18', '23', '28', '33', '38', '43', '48', '53', '58', '63']);

  await page.goBack();
  await expect(page.getByText(`21–40 of ${MANY} records`)).toBeVisible();
  await expect(page.getByLabel('Filter', { exact: true })).toHaveValue('');
  await page.goForward();
  await expect(page.getByText('1–11 of 11 records')).toBeVisible();
  await expect(page.getByLabel('Filter', { exact: true })).toHaveValue(`title = 'item 3' && place > 10`);
});

test('a second column takes part in the order when Shift is held', async ({ signedIn: page }) => {
  await page.goto(`/admin/#/collections/${NUMBERS}?perPage=20`);
  await page.getByRole('button', { name: 'title' }).click();
  await page.getByRole('button', { name: 'place' }).click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'place' }).click({ modifiers: ['Shift'] });
  await expect.poll(async () => (await column(page, 'place')).slice(0, 3)).toEqual(['65', '60', '55']);
  expect((await column(page, 'title'))[0]).toBe('item 0');
});

test('plain words are looked for, and a record that is not there is said so', async ({ signedIn: page }) => {
  await page.goto(`/admin/#/collections/${NUMBERS}`);
  const filter = page.getByLabel('Filter', { exact: true });
  await filter.fill('item 4');
  await filter.press('Enter');
  await expect(page.getByText('1–13 of 13 records')).toBeVisible();
  await expect(page.getByText('Searching id, title for “item 4”')).toBeVisible();

  await filter.fill('nowhere');
  await filter.press('Enter');
  await expect(page.getByRole('heading', { name: 'No record matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).last().click();
  await expect(page.getByText(`1–50 of ${MANY} records`)).toBeVisible();
});

test(`the server's word on a wrong filter stands by the filter box, and a right one takes it away`, async ({ signedIn: page }) => {
  await page.goto(`/admin/#/collections/${NUMBERS}`);
  const filter = page.getByLabel('Filter', { exact: true });
  const refused = page.waitForResponse((answer) => answer.url().includes('/records') && answer.status() === 400);
  await filter.fill(`no_such_field = 1`);
  await filter.press('Enter');
  const body = await (await refused).json();
  await expect(page.getByRole('alert')).toHaveText(body.data?.filter?.message ?? body.message);
  await expect(filter).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('table')).toHaveCount(0);

  await filter.fill(`place = 7`);
  await filter.press('Enter');
  await expect(page.getByText('1–1 of 1 record', { exact: true })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('each type of field is shown in its own form, and the details hold all that the API gives', async ({ signedIn: page, api, context }) => {
  const other = (await api.get(`/api/collections/${NUMBERS}/records?perPage=1&sort=place`)).items[0];
  const { id } = await api.post(`/api/collections/${KINDS}/records`, {
    a_text: '<b>not bold</b>',
    a_number: 42.5,
    a_bool: true,
    an_email: 'ada@example.com',
    a_url: 'https://example.com/x',
    an_editor: '<p>Hello <i>there</i></p><script>document.title = "broken in"</script>',
    a_date: '2026-11-24 08:15:32.123Z',
    one_of: 'green',
    some_of: ['a', 'b', 'c', 'd'],
    a_relation: other.id,
    a_json: { deep: [1, { er: null }] },
    a_point: { lon: 13.405, lat: 52.52 },
  });
  await page.goto(`/admin/#/collections/${KINDS}`);
  const row = page.getByRole('row').filter({ hasText: id });
  for (const text of ['<b>not bold</b>', '42.5', 'True', 'ada@example.com', 'Hello there', 'green', '+1', '{"deep":[1,{"er":null}]}', '52.52, 13.405']) {
    await expect(row).toContainText(text);
  }
  await expect(row).not.toContainText('broken in');
  await expect(row.getByRole('time')).toHaveCount(2);
  await expect(row.getByRole('link', { name: 'https://example.com/x' })).toHaveAttribute('rel', /noopener/);
  await expect(row.getByRole('link', { name: 'item 1' })).toHaveAttribute('href', `#/collections/${NUMBERS}?record=${other.id}`);

  await row.getByText('42.5').click();
  const details = page.getByRole('dialog');
  await expect(details).toContainText('broken in');
  await expect(page).toHaveTitle(`${KINDS} · FerriteDB`);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await details.getByRole('button', { name: 'Copy JSON' }).click();
  await expect(details.getByRole('button', { name: 'Copied' }).first()).toBeVisible();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied).toEqual(await api.get(`/api/collections/${KINDS}/records/${id}`));

  await details.getByRole('link', { name: 'item 1' }).click();
  await expect(page.getByRole('region', { name: `Records of ${NUMBERS}` })).toBeVisible();
  await expect(page.getByRole('dialog')).toContainText(other.id);
  await page.goBack();
  await expect(page.getByRole('dialog')).toContainText(id);
  await page.reload();
  await expect(page.getByRole('dialog')).toContainText(id);
});

test('records are reached by keyboard alone', async ({ signedIn: page }) => {
  await page.goto(`/admin/#/collections/${NUMBERS}?sort=place`);
  await expect(page.getByText(`1–50 of ${MANY} records`)).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByLabel('Filter', { exact: true })).toBeFocused();
  await page.locator('thead').getByRole('button', { name: 'place' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog');
  await expect(details.getByText('3', { exact: true })).toBeVisible();
  await details.getByRole('button', { name: 'Next record' }).press('Enter');
  await expect(details.getByText('4', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(page.locator('tbody tr').nth(3)).toBeFocused();
});

test('hidden columns stay hidden after a reload, and come back', async ({ signedIn: page }) => {
  await page.goto(`/admin/#/collections/${NUMBERS}`);
  await page.getByRole('button', { name: /^Columns/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'title' }).click();
  await expect(page.getByRole('columnheader', { name: 'title' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'place' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'title' })).toHaveCount(0);
  await page.getByRole('button', { name: /^Columns/ }).click();
  await page.getByRole('menuitem', { name: 'Show all' }).click();
  await expect(page.getByRole('columnheader', { name: 'title' })).toBeVisible();
});

test('an unknown collection, record and page are each said to be so', async ({ signedIn: page }) => {
  await page.goto('/admin/#/collections/nowhere');
  await expect(page.getByRole('heading', { name: 'There is no such collection' })).toBeVisible();
  await page.goto(`/admin/#/collections/${NUMBERS}?record=nosuchrecordid0`);
  await expect(page.getByRole('dialog')).toContainText('The server answered 404');
  await page.goto('/admin/#/nowhere');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
});

test('on a narrow screen nothing overflows, and the collections are behind a button', async ({ signedIn: page }) => {
  await page.setViewportSize({ width: 390, height: 780 });
  await page.goto(`/admin/#/collections/${NUMBERS}`);
  await expect(page.getByText(`1–50 of ${MANY} records`)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expect(page.getByRole('link', { name: 'posts' })).toBeHidden();
  await page.getByRole('button', { name: 'Navigation' }).click();
  await page.getByRole('link', { name: 'posts' }).click();
  await expect(page.getByRole('heading', { name: /^posts/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'users' })).toBeHidden();
});

function range(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
