import type { AuditEntry } from '../api/types';

/** The vocabulary of the audit log, as it is chosen from. An action that is not here is shown all the same. */
export const ACTION_GROUPS: readonly { readonly group: string; readonly items: readonly string[] }[] = [
  { group: 'Signing in', items: ['login', 'logout', 'registration', 'mfa_challenge', 'otp_request', 'token_refresh', 'token_reuse', 'impersonate'] },
  { group: 'Refused', items: ['authentication_failure', 'authorization_failure', 'rate_limit'] },
  {
    group: 'Accounts',
    items: [
      'user_create',
      'user_update',
      'user_delete',
      'password_change',
      'email_change',
      'role_change',
      'verification_request',
      'verification',
      'password_reset_request',
      'password_reset',
      'email_change_request',
      'oauth2_link',
      'oauth2_unlink',
    ],
  },
  { group: 'Content', items: ['record_create', 'record_update', 'record_delete', 'file_create', 'file_update', 'file_delete'] },
  { group: 'Collections', items: ['collection_create', 'collection_update', 'collection_delete', 'field_create', 'field_update', 'field_delete'] },
  { group: 'Server', items: ['settings_change', 'migration', 'start', 'stop'] },
];

const SPELLINGS: Readonly<Record<string, string>> = { oauth2: 'OAuth2', otp: 'one-time code', mfa: 'second factor', email: 'e-mail' };

/** `mfa_challenge` as `Second factor challenge`. */
export function actionLabel(action: string): string {
  const words = action
    .split('_')
    .map((word) => SPELLINGS[word] ?? word)
    .join(' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Whether an entry tells of something that did not go through, or that should not have been tried. */
export function isAlarming(action: string): boolean {
  return action.endsWith('_failure') || action === 'token_reuse' || action === 'rate_limit';
}

export interface Place {
  readonly collection: string;
  readonly id: string;
}

/** The account that did it, if it was one: `guest` and `operator` are none. */
export function actorPlace(actor: string): Place | undefined {
  const [, collection, id] = /^([^/]+)\/([^/]+)$/.exec(actor) ?? [];
  return collection === undefined || id === undefined ? undefined : { collection, id };
}

/** The record that it was done to, while it can still be there. */
export function targetPlace({ action, resource, id }: AuditEntry): Place | undefined {
  const ofRecords = /^(record|user|file|password|email|role|verification|login|logout|registration|oauth2|impersonate)/.test(action);
  return ofRecords && !action.endsWith('_delete') && resource !== '' && id !== '' ? { collection: resource, id } : undefined;
}
