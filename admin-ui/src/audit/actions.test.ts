import { expect, test } from 'vitest';
import type { AuditEntry } from '../api/types';
import { ACTION_GROUPS, actionLabel, actorPlace, isAlarming, targetPlace } from './actions';

function entry(action: string, resource = 'users', id = 'u1'): AuditEntry {
  return { time: '', actor: 'guest', action, resource, id, details: {}, address: '', agent: '', requestId: '' };
}

test.each([
  ['login', 'Login'],
  ['mfa_challenge', 'Second factor challenge'],
  ['oauth2_link', 'OAuth2 link'],
  ['email_change_request', 'E-mail change request'],
  ['brand_new', 'Brand new'],
])('%s reads %j', (action, label) => {
  expect(actionLabel(action)).toBe(label);
});

test('each action is offered once', () => {
  const actions = ACTION_GROUPS.flatMap(({ items }) => items);
  expect(new Set(actions).size).toBe(actions.length);
});

test('refusals and reused tokens stand out', () => {
  expect(['authentication_failure', 'authorization_failure', 'token_reuse', 'rate_limit'].every(isAlarming)).toBe(true);
  expect(['login', 'token_refresh', 'record_delete'].some(isAlarming)).toBe(false);
});

test('only accounts can be looked at', () => {
  expect(actorPlace('_superusers/abc')).toEqual({ collection: '_superusers', id: 'abc' });
  for (const actor of ['guest', 'operator', '', '/', 'a/', 'a/b/c']) expect(actorPlace(actor)).toBeUndefined();
});

test('a record leads to its page unless it is gone', () => {
  expect(targetPlace(entry('record_update', 'posts', 'p1'))).toEqual({ collection: 'posts', id: 'p1' });
  for (const none of [entry('record_delete'), entry('collection_update'), entry('start'), entry('login', 'users', '')]) {
    expect(targetPlace(none)).toBeUndefined();
  }
});
