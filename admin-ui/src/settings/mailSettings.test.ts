import { expect, test } from 'vitest';
import type { Settings } from '../api/types';
import { mailSettings, overruled, settingsChanges } from './mailSettings';

const settings: Settings = {
  meta: { appName: 'Acme', appURL: 'https://acme.example', senderName: 'Support', senderAddress: 'support@acme.example' },
  smtp: { enabled: false, host: '', port: 587, username: '', authMethod: '', tls: false, localName: '' },
};

test('only values that differ are sent, so that others keep what someone else set meanwhile', () => {
  expect(settingsChanges(settings, settings)).toEqual({});
  const draft = { ...settings, smtp: { ...settings.smtp, enabled: true, host: 'smtp.acme.example' } };
  expect(settingsChanges(settings, draft)).toEqual({ smtp: { enabled: true, host: 'smtp.acme.example' } });
});

test('a password is sent when typed, and only then', () => {
  const draft = { ...settings, smtp: { ...settings.smtp, password: 'hunter2' } };
  expect(settingsChanges(settings, draft)).toEqual({ smtp: { password: 'hunter2' } });
});

test('what the page does not edit is no part of it', () => {
  const whole = { ...settings, meta: { ...settings.meta, accentColor: '#fff' }, batch: { enabled: true } };
  expect(mailSettings(whole)).toEqual(settings);
});

test('what the configuration decides on is told, a password that is never shown not', () => {
  const changes = { meta: { appName: 'Acme 2' }, smtp: { host: 'mine', password: 'hunter2', port: 25 } };
  const fixed = { meta: { ...settings.meta, appName: 'Acme 2' }, smtp: { ...settings.smtp, host: 'theirs', port: 25 } };
  expect(overruled(changes, fixed)).toEqual(['smtp.host']);
  expect(overruled({}, fixed)).toEqual([]);
});
