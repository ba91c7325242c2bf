import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { EventSource } from 'eventsource';
import { chromium } from 'playwright-core';
import type PocketBase from 'pocketbase';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../admin-ui/e2e/server.ts';
import { account, define, guest, id, named, PASSWORD_OF_ACCOUNTS, refusal, superuser } from './clients.ts';
import { startOidc } from './oidc.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const SDK = createRequire(import.meta.url).resolve('pocketbase').replace(/[^/]*$/, 'pocketbase.umd.js');
const ANN = { sub: 'ann-1', email: 'ann@example.org', email_verified: true, name: 'Ann Elsewhere' };

let url: string;
let admin: PocketBase;
const stops: Array<() => Promise<void>> = [];

beforeAll(async () => {
  // The SDK takes what browsers have and Node has not.
  Object.assign(globalThis, { EventSource });
  const oidc = await startOidc(ANN);
  stops.push(oidc.stop);
  const server = await startServer('--demo');
  stops.push(server.stop);
  url = server.url;
  admin = await superuser(url);
  await define(admin, {
    name: 'fans',
    type: 'auth',
    fields: [{ name: 'name', type: 'text' }],
    listRule: 'id = @request.auth.id',
    viewRule: 'id = @request.auth.id',
    oauth2: {
      enabled: true,
      mappedFields: { name: 'name' },
      providers: [
        {
          name: 'oidc',
          displayName: 'Elsewhere',
          clientId: 'ferrite',
          clientSecret: 'secret of ferrite',
          authURL: `${oidc.url}/authorize`,
          tokenURL: `${oidc.url}/token`,
          userInfoURL: `${oidc.url}/userinfo`,
        },
      ],
    },
  });
});

afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
});

const fans = (pb: PocketBase) => pb.collection('fans');

/** What a browser does with the provider's page when it is signed in there. */
async function visit(page: string): Promise<void> {
  await fetch(page);
}

describe('signing in with OAuth2', () => {
  it('is told of among the ways to sign in', async () => {
    const { oauth2 } = await fans(guest(url)).listAuthMethods();

    expect(oauth2.enabled).toBe(true);
    expect(oauth2.providers).toHaveLength(1);
    expect(oauth2.providers[0]).toMatchObject({
      name: 'oidc',
      displayName: 'Elsewhere',
      codeChallengeMethod: 'S256',
      authURL: expect.stringMatching(/&redirect_uri=$/),
      state: expect.stringMatching(/^\w{30}$/),
      codeVerifier: expect.stringMatching(/^[\w-]{43,}$/),
    });
  });

  it('creates an account, and finds it again', async () => {
    const pb = guest(url);

    const first = await fans(pb).authWithOAuth2({ provider: 'oidc', urlCallback: visit });
    expect(first.meta).toMatchObject({ isNew: true, id: 'ann-1', email: ANN.email, name: ANN.name });
    expect(first.record).toMatchObject({ email: ANN.email, verified: true, name: ANN.name });
    expect(pb.authStore.record?.id).toBe(first.record.id);

    const second = await fans(guest(url)).authWithOAuth2({ provider: 'oidc', urlCallback: visit });
    expect(second.meta).toMatchObject({ isNew: false });
    expect(second.record.id).toBe(first.record.id);
    expect(named(await fans(pb).listExternalAuths(first.record.id), 'providerId')).toEqual(['ann-1']);
    await fans(admin).delete(first.record.id);
  });

  it('takes over an account of that address that somebody else had made', async () => {
    const planted = await fans(admin).create(account(ANN.email, { id: id('planted') }));

    const { record } = await fans(guest(url)).authWithOAuth2({ provider: 'oidc', urlCallback: visit });

    expect(record).toMatchObject({ id: planted.id, verified: true });
    expect((await refusal(fans(guest(url)).authWithPassword(ANN.email, PASSWORD_OF_ACCOUNTS))).status).toBe(400);
    await fans(admin).delete(record.id);
  });

  it('works with the redirect of the app’s own making, and with each code once', async () => {
    const pb = guest(url);
    const [provider] = (await fans(pb).listAuthMethods()).oauth2.providers;
    const redirect = `${url}/api/oauth2-redirect`;
    const answer = await fetch(provider!.authURL + encodeURIComponent(redirect), { redirect: 'manual' });
    const code = new URL(answer.headers.get('location')!).searchParams.get('code')!;

    const { record } = await fans(pb).authWithOAuth2Code('oidc', code, provider!.codeVerifier, redirect);

    expect(record.email).toBe(ANN.email);
    expect(
      (await refusal(fans(guest(url)).authWithOAuth2Code('oidc', code, provider!.codeVerifier, redirect))).status,
    ).toBe(400);
    await fans(admin).delete(record.id);
  });

  it('refuses providers that the collection does not have', async () => {
    const error = await refusal(fans(guest(url)).authWithOAuth2Code('google', 'code', 'verifier', `${url}/api/oauth2-redirect`));

    expect(error.response.data).toMatchObject({ provider: { code: 'validation_invalid_provider' } });
  });

  it('opens a window in a browser and closes it', async () => {
    expect(existsSync(CHROMIUM), `${CHROMIUM} is not installed`).toBe(true);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
    try {
      const page = await browser.newPage();
      // An app at the server's own address, whatever is there.
      await page.route(`${url}/app`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><button>Sign in</button>' }));
      await page.goto(`${url}/app`);
      await page.addScriptTag({ path: SDK });
      const window = page.waitForEvent('popup');
      await page.evaluate((server) => {
        const PocketBaseOfPage = (globalThis as unknown as { PocketBase: typeof PocketBase }).PocketBase;
        const pb = new PocketBaseOfPage(server);
        document.querySelector('button')!.onclick = () => {
          void pb
            .collection('fans')
            .authWithOAuth2({ provider: 'oidc' })
            .then(({ record }) => (document.title = `hello ${record.email}`));
        };
      }, url);
      await page.click('button');
      const popup = await window;

      await page.waitForFunction((email) => document.title === `hello ${email}`, ANN.email);
      if (!popup.isClosed()) await popup.waitForEvent('close');
      expect(popup.isClosed()).toBe(true);
    } finally {
      await browser.close();
    }
  }, 60_000);
});
