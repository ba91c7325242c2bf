import { expect, test } from 'vitest';
import { ApiClient } from './client';
import { ApiError, NetworkError } from './errors';

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

/** A client whose requests are answered in turn, and what it sent and reported. */
function clientAnswering(...answers: readonly Answer[]) {
  const sent: Request[] = [];
  const rejected: string[] = [];
  const left = [...answers];
  const client = new ApiClient({ token: () => 'token-1', rejected: (token) => rejected.push(token) }, async (input, init) => {
    sent.push(new Request(new URL(String(input), 'http://localhost'), init));
    const answer = left.shift();
    if (answer === undefined) throw new TypeError('connection refused');
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200, headers: { 'x-request-id': 'req-9' } });
  });
  return { client, sent, rejected, paths: () => sent.map(({ method, url }) => `${method} ${url.replace('http://localhost', '')}`) };
}

const request = { page: 2, perPage: 50, sort: '-created', filter: `title ~ 'a&b'` };

test('a list is asked for with the token, and without a count', async () => {
  const { client, sent } = clientAnswering({ body: { items: [] } });
  await client.records('posts', request);
  const url = new URL(sent[0]?.url ?? '');
  expect(url.pathname).toBe('/api/collections/posts/records');
  expect(Object.fromEntries(url.searchParams)).toEqual({ page: '2', perPage: '50', sort: '-created', filter: `title ~ 'a&b'`, skipTotal: 'true' });
  expect(sent[0]?.headers.get('authorization')).toBe('token-1');
});

test('names and ids never leave their place in the path', async () => {
  const { client, paths } = clientAnswering({ body: {} });
  await client.record('a/b', '../c?d');
  expect(paths()).toEqual(['GET /api/collections/a%2Fb/records/..%2Fc%3Fd']);
});

test('signing in sends no token, and a wrong password ends no session', async () => {
  const { client, sent, rejected } = clientAnswering({ status: 400, body: { message: 'Failed to authenticate.' } });
  await expect(client.signIn('a@example.com', 'x')).rejects.toThrow('Failed to authenticate.');
  expect(sent[0]?.headers.has('authorization')).toBe(false);
  expect(await sent[0]?.json()).toEqual({ identity: 'a@example.com', password: 'x' });
  expect(rejected).toEqual([]);
});

test('a sign-in with a code goes on where the password left off', async () => {
  const { client, sent, paths } = clientAnswering({ body: { otpId: 'otp-1' } }, { body: { token: 't', record: {} } });
  const otpId = await client.requestCode('a@example.com');
  await client.signInWithCode(otpId, '12345678', 'mfa-1');
  expect(paths()).toEqual(['POST /api/collections/_superusers/request-otp', 'POST /api/collections/_superusers/auth-with-otp']);
  expect(await sent[1]?.json()).toEqual({ otpId: 'otp-1', password: '12345678', mfaId: 'mfa-1' });
});

test.each<[string, (client: ApiClient) => Promise<unknown>, object]>([
  ['request-password-reset', (client) => client.requestPasswordReset('c1', 'a@b.c'), { email: 'a@b.c' }],
  ['request-verification', (client) => client.requestVerification('c1', 'a@b.c'), { email: 'a@b.c' }],
  ['confirm-verification', (client) => client.confirmVerification('c1', 't'), { token: 't' }],
  ['confirm-email-change', (client) => client.confirmEmailChange('c1', 't', 'p'), { token: 't', password: 'p' }],
  [
    'confirm-password-reset',
    (client) => client.confirmPasswordReset('c1', 't', { password: 'p', passwordConfirm: 'q' }),
    { token: 't', password: 'p', passwordConfirm: 'q' },
  ],
])('%s is asked for as a guest, whoever is signed in, and a refusal ends no session', async (name, ask, body) => {
  const { client, sent, paths, rejected } = clientAnswering({ body: {} }, { status: 401, body: {} });
  await ask(client);
  expect(paths()).toEqual([`POST /api/collections/c1/${name}`]);
  expect(sent[0]?.headers.has('authorization')).toBe(false);
  expect(await sent[0]?.json()).toEqual(body);
  await expect(ask(client)).rejects.toMatchObject({ status: 401 });
  expect(rejected).toEqual([]);
});

test('the first superuser is made by the token of the link, not by that of the session', async () => {
  const { client, sent } = clientAnswering({ body: {} });
  await client.createFirstSuperuser('set-up', 'a@b.c', { password: 'p', passwordConfirm: 'p' });
  expect(sent[0]?.headers.get('authorization')).toBe('set-up');
  expect(await sent[0]?.json()).toEqual({ email: 'a@b.c', password: 'p', passwordConfirm: 'p' });
});

test('an answer without a body is no error', async () => {
  const { client, paths } = clientAnswering({ body: undefined });
  await expect(client.deleteRecord('_externalAuths', 'x/y')).resolves.toBeUndefined();
  expect(paths()).toEqual(['DELETE /api/collections/_externalAuths/records/x%2Fy']);
});

test('all pages of collections are read', async () => {
  const page = (names: string[]) => ({ body: { items: names.map((name) => ({ name })), perPage: 2 } });
  const { client } = clientAnswering(page(['a', 'b']), page(['c']));
  expect((await client.collections()).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('401 ends the session', async () => {
  const { client, rejected } = clientAnswering({ status: 401, body: {} });
  await expect(client.collections()).rejects.toBeInstanceOf(ApiError);
  expect(rejected).toEqual(['token-1']);
});

test('403 ends the session when the token is dead', async () => {
  const { client, rejected, paths } = clientAnswering({ status: 403, body: {} }, { status: 401, body: {} });
  await expect(client.records('posts', request)).rejects.toMatchObject({ status: 403 });
  expect(paths()[1]).toBe('POST /api/collections/_superusers/auth-refresh');
  expect(rejected).toEqual(['token-1']);
});

test('403 ends no session when the token is alive', async () => {
  const { client, rejected } = clientAnswering({ status: 403, body: {} }, { body: { token: 't', record: {} } });
  await expect(client.records('posts', request)).rejects.toMatchObject({ status: 403, requestId: 'req-9' });
  expect(rejected).toEqual([]);
});

test('a server that cannot be reached is told apart from one that refuses', async () => {
  await expect(clientAnswering().client.collections()).rejects.toBeInstanceOf(NetworkError);
});
