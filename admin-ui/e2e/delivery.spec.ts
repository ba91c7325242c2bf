import { expect, test } from './fixtures';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

test('the page comes with its security policy and is asked for anew each time', async ({ request }) => {
  const answer = await request.get('/admin/');
  expect(answer.status()).toBe(200);
  const headers = answer.headers();
  expect(headers['content-security-policy']).toBe(POLICY);
  expect(headers['cache-control']).toBe('no-cache');
  expect(headers['content-type']).toMatch(/^text\/html/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  const html = await answer.text();
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/i);
  expect(html).not.toMatch(/<style|\son\w+=|\sstyle=/i);
});

test('assets are compressed, of the right type, and kept for ever', async ({ request, page }) => {
  await page.goto('/admin/');
  const html = await (await request.get('/admin/')).text();
  const assets = [...html.matchAll(/(?:src|href)="(\/admin\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
  expect(assets.length).toBeGreaterThanOrEqual(2);
  for (const path of assets) {
    expect(path).toMatch(/-[\w-]{8}\.\w+$/);
    const plain = await request.get(path, { headers: { 'Accept-Encoding': 'identity' } });
    expect(plain.headers()['cache-control'], path).toContain('immutable');
    expect(plain.headers()['content-encoding'], path).toBeUndefined();
    if (!/\.(js|css)$/.test(path)) continue;
    expect(plain.headers()['content-type'], path).toMatch(path.endsWith('.js') ? /javascript/ : /text\/css/);
    const gzip = await request.get(path, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(gzip.headers()['content-encoding'], path).toBe('gzip');
    expect(gzip.headers()['vary'], path).toMatch(/accept-encoding/i);
    expect(await gzip.text()).toBe(await plain.text());
    const brotli = await request.get(path, { headers: { 'Accept-Encoding': 'gzip, deflate, br' } });
    expect(brotli.headers()['content-encoding'], path).toBe('br');
    expect(await brotli.text()).toBe(await plain.text());
  }
});

test('the short address and the one in mails lead to the page', async ({ page }) => {
  for (const path of ['/admin', '/_/']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/admin\/(#.*)?$/);
    await expect(page.getByRole('heading', { name: 'Sign in as a superuser' })).toBeVisible();
  }
});

test('what is not there is not found, and nothing outside is reachable', async ({ request }) => {
  for (const path of ['/admin/assets/nothing.js', '/admin/nothing', '/admin/%2e%2e/%2e%2e/META-INF/MANIFEST.MF', '/admin/assets/..%2f..%2fMANIFEST.MF']) {
    expect((await request.get(path)).status(), path).toBeGreaterThanOrEqual(400);
  }
});
