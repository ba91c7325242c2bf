import { type APIRequestContext, expect, type Page, test as base } from '@playwright/test';

export const SUPERUSER = { email: 'admin@ferritedb.dev', password: 'Admin123!' };

/** The superuser's own way to the API, for what a test needs to find. */
export class Api {
  constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  async get(path: string): Promise<any> {
    const answer = await this.request.get(path, { headers: { Authorization: this.token } });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return answer.json();
  }

  async post(path: string, data: object): Promise<any> {
    const answer = await this.request.post(path, { headers: { Authorization: this.token }, data });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return answer.json();
  }
}

interface Fixtures {
  /** Every test fails when the page breaks its security policy or throws. */
  readonly watch: void;
  readonly signedIn: Page;
}

interface WorkerFixtures {
  readonly token: string;
  readonly api: Api;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  token: [
    async ({ playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL: process.env.FERRITEDB_URL });
      const answer = await request.post('/api/collections/_superusers/auth-with-password', {
        data: { identity: SUPERUSER.email, password: SUPERUSER.password },
      });
      expect(answer.ok(), await answer.text()).toBe(true);
      const { token } = await answer.json();
      await request.dispose();
      await use(token);
    },
    { scope: 'worker' },
  ],

  api: [
    async ({ playwright, token }, use) => {
      const request = await playwright.request.newContext({ baseURL: process.env.FERRITEDB_URL });
      await use(new Api(request, token));
      await request.dispose();
    },
    { scope: 'worker' },
  ],

  watch: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (/content security policy|trusted ?type|refused to/i.test(message.text())) faults.push(message.text());
      });
      await use();
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],

  /** A page with a session, without typing the password again in every test. */
  signedIn: async ({ page, token }, use) => {
    await page.addInitScript(
      (session) => sessionStorage.setItem('ferritedb.session', session),
      JSON.stringify({ token, email: SUPERUSER.email }),
    );
    await use(page);
  },
});

export { expect };

export async function signIn(page: Page, password = SUPERUSER.password): Promise<void> {
  await page.getByLabel('Email').fill(SUPERUSER.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The text of one column, from top to bottom. */
export async function column(page: Page, name: string): Promise<string[]> {
  const headers = await page.locator('thead th').allInnerTexts();
  const place = headers.findIndex((header) => header.trim() === name);
  expect(place, `no column ${name} in ${headers.join(', ')}`).toBeGreaterThanOrEqual(0);
  return page.locator(`tbody tr td:nth-child(${place + 1})`).allInnerTexts();
}
