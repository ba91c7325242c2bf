import { describe, expect, test } from 'vitest';
import { authCollection, collection, field } from '../testing/collections';
import {
  changesBetween,
  durationText,
  identityCandidates,
  isAuth,
  isOptionPath,
  MAIL_KINDS,
  newProvider,
  newSecret,
  optionsOf,
  parseExtra,
  recordPlaceholders,
} from './authOptions';

const users = authCollection('users');
const saved = optionsOf(users);

describe('the changes of a collection', () => {
  test('are nothing while nothing differs', () => {
    expect(changesBetween(saved, structuredClone(saved))).toEqual({});
  });

  test('hold the options that differ, whole, and no other', () => {
    const draft = { ...saved, otp: { ...saved.otp, length: 6 }, manageRule: 'id != ""' };
    expect(changesBetween(saved, draft)).toEqual({ otp: { ...saved.otp, length: 6 }, manageRule: 'id != ""' });
  });

  test('tell nobody from everyone', () => {
    expect(changesBetween(saved, { ...saved, authRule: null })).toEqual({ authRule: null });
  });

  test('name a provider without its secret when no new one was typed', () => {
    const { clientSecret: _, ...google } = newProvider('google');
    const before = { ...saved, oauth2: { ...saved.oauth2, providers: [google] } };
    const after = { ...before, oauth2: { ...before.oauth2, providers: [{ ...google, clientId: 'id' }] } };
    expect(JSON.stringify(changesBetween(before, after))).not.toContain('clientSecret');
  });

  test.each(MAIL_KINDS.map((kind) => [kind.label, kind] as const))('of the mail “%s” are read where they are written', (_, kind) => {
    const text = { subject: 'S', body: 'B' };
    const draft = { ...saved, ...kind.write(saved, text) };
    expect(kind.read(draft)).toEqual(text);
    expect(kind.path.split('.').reduce((value: any, name) => value[name], draft)).toEqual(text);
    expect(isOptionPath(kind.path)).toBe(true);
  });
});

test('only auth collections have options', () => {
  expect(isAuth(users)).toBe(true);
  expect(isAuth(collection('posts'))).toBe(false);
  expect(isOptionPath('fields.0.name')).toBe(false);
  expect(isOptionPath('otpx')).toBe(false);
});

test('an account is named by fields that a unique index of their own keeps apart', () => {
  const fields = ['email', 'name', 'phone', 'nick', 'tokenKey'].map((name) => field(name, 'text'));
  const indexes = [
    'CREATE UNIQUE INDEX `i1` ON `users` (`tokenKey`)',
    "CREATE UNIQUE INDEX `i2` ON `users` (`email`) WHERE `email` != ''",
    'create unique index i3 on users (Nick COLLATE NOCASE)',
    'CREATE UNIQUE INDEX i4 ON users (name, phone)',
    'CREATE INDEX i5 ON users (phone)',
    'nonsense',
  ];
  expect(identityCandidates({ ...collection('users', ...fields), indexes })).toEqual(['email', 'nick']);
});

test('a new secret is long and never the same', () => {
  expect(newSecret()).toMatch(/^[\w-]{50}$/);
  expect(newSecret()).not.toBe(newSecret());
});

test.each([
  [1, '1 second'],
  [90_061, '1 day, 1 hour, 1 minute, 1 second'],
  [432_000, '5 days'],
  [0, undefined],
  [-5, undefined],
  [1.5, undefined],
  [Number.NaN, undefined],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test('mails may name what the account shows', () => {
  const fields = [field('email', 'email'), field('tokenKey', 'text', { hidden: true }), field('password', 'password')];
  expect(recordPlaceholders(collection('users', ...fields))).toEqual(['{RECORD:id}', '{RECORD:email}']);
});

test('further settings of a provider are an object or nothing', () => {
  expect(parseExtra(' ')).toBeNull();
  expect(parseExtra('{"a":1}')).toEqual({ a: 1 });
  for (const text of ['[]', 'null', '3', '{']) expect(parseExtra(text)).toBeUndefined();
});
