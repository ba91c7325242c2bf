import { describe, expect, test } from 'vitest';
import { AUDIT_VIEW, auditHref, collectionView, isPublic, MAIL_SETTINGS_HREF, optionsHref, parseRoute, PER_PAGE_DEFAULT, recordsHref, type RecordsView } from './route';

function viewOf(href: string): RecordsView {
  const route = parseRoute(href);
  if (route.kind !== 'records') throw new Error(`not a page of records: ${href}`);
  return route.view;
}

describe('the address of a page of records', () => {
  test('brings back everything that the page shows', () => {
    const view: RecordsView = {
      collection: 'posts',
      filter: `title ~ 'a&b=c#d?' && (views > 10 || note = "ü+%20")`,
      sort: '-created,+title',
      page: 7,
      perPage: 100,
      record: 'abc123def456ghi',
    };
    expect(viewOf(recordsHref(view))).toEqual(view);
  });

  test('is short when nothing differs from the beginning', () => {
    expect(recordsHref(collectionView('posts'))).toBe('#/collections/posts');
    expect(viewOf('#/collections/posts')).toEqual(collectionView('posts'));
  });

  test.each([
    ['page=0', 1],
    ['page=-3', 1],
    ['page=x', 1],
    ['page=1.5', 1],
    ['page=9007199254740993', 1],
    ['page=12', 12],
  ])('reads %s as page %i', (query, page) => {
    expect(viewOf(`#/collections/posts?${query}`).page).toBe(page);
  });

  test.each([
    ['perPage=100', 100],
    ['perPage=7', PER_PAGE_DEFAULT],
    ['perPage=1000000', PER_PAGE_DEFAULT],
  ])('reads %s as %i rows', (query, perPage) => {
    expect(viewOf(`#/collections/posts?${query}`).perPage).toBe(perPage);
  });
});

describe('other addresses', () => {
  test.each(['', '#', '#/', '#/collections', '#/collections/'])('%j is the start', (hash) => {
    expect(parseRoute(hash)).toEqual({ kind: 'home' });
  });

  test('the options of a collection and the mail settings have their own', () => {
    expect(parseRoute(optionsHref('a/b'))).toEqual({ kind: 'options', collection: 'a/b' });
    expect(parseRoute(MAIL_SETTINGS_HREF)).toEqual({ kind: 'mailSettings' });
    expect(isPublic(parseRoute(MAIL_SETTINGS_HREF))).toBe(false);
  });

  test('the audit log keeps what it is narrowed to, and only days for its dates', () => {
    const view = { action: 'login', actor: '_superusers/a&b', from: '2026-11-01', to: '2026-11-24', page: 3, perPage: 100 };
    expect(parseRoute(auditHref(view))).toEqual({ kind: 'audit', view });
    expect(auditHref(AUDIT_VIEW)).toBe('#/audit');
    expect(parseRoute('#/audit?from=yesterday&to=2026-1-1')).toEqual({ kind: 'audit', view: AUDIT_VIEW });
    expect(parseRoute('#/audit/more').kind).toBe('unknown');
  });

  test.each([
    ['#/auth/confirm-verification/a.b-c_.d', { kind: 'confirmVerification', token: 'a.b-c_.d' }],
    ['#/auth/confirm-verification', { kind: 'confirmVerification', token: '' }],
    ['#/auth/confirm-password-reset/t', { kind: 'resetPassword', token: 't' }],
    ['#/auth/confirm-email-change/t', { kind: 'confirmEmailChange', token: 't' }],
    ['#/auth/oauth2-redirect-success', { kind: 'oauth2End', ok: true }],
    ['#/auth/oauth2-redirect-failure', { kind: 'oauth2End', ok: false }],
    ['#/pbinstall/t', { kind: 'install', token: 't' }],
  ])('%j needs no session', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
    expect(isPublic(parseRoute(hash))).toBe(true);
  });

  test.each([
    '#/logs',
    '#/collections/posts/more',
    '#/collections/posts/options/more',
    '#/collections/%E0%A4',
    '#/auth',
    '#/auth/nothing/t',
    '#/auth/confirm-verification/t/u',
    '#/pbinstall/t/u',
    '#/settings',
    '#/settings/mail/x',
  ])('%j is no page', (hash) => {
    expect(parseRoute(hash).kind).toBe('unknown');
  });
});
