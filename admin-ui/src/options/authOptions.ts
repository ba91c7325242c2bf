import type { AuthCollection, AuthOptions, Collection, CollectionChanges, MailTemplate, MailText, OAuth2Provider } from '../api/types';

/** What this page edits; every other part of a collection stays out of its changes. */
const OPTION_NAMES = [
  'authRule',
  'manageRule',
  'authAlert',
  'oauth2',
  'passwordAuth',
  'mfa',
  'otp',
  'authToken',
  'passwordResetToken',
  'emailChangeToken',
  'verificationToken',
  'fileToken',
  'verificationTemplate',
  'resetPasswordTemplate',
  'confirmEmailChangeTemplate',
] as const satisfies readonly (keyof AuthOptions)[];

export function isAuth(collection: Collection): collection is AuthCollection {
  return collection.type === 'auth' && OPTION_NAMES.every((name) => name in collection);
}

export function optionsOf(collection: AuthCollection): AuthOptions {
  return Object.fromEntries(OPTION_NAMES.map((name) => [name, collection[name]])) as unknown as AuthOptions;
}

/** The options that differ, so that a change made elsewhere to another one is not taken back. */
export function changesBetween(saved: AuthOptions, draft: AuthOptions): CollectionChanges {
  return Object.fromEntries(OPTION_NAMES.filter((name) => !equal(saved[name], draft[name])).map((name) => [name, draft[name]]));
}

/** Options come from JSON and keep its order of keys when edited. */
function equal(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether a path of the server's answer (`otp.length`) is of a value on this page. */
export function isOptionPath(path: string): boolean {
  return OPTION_NAMES.some((name) => path === name || path.startsWith(`${name}.`));
}

const SYSTEM_FIELDS = new Set(['password', 'tokenKey']);

/** Fields by which an account can be named at sign-in: those that a unique index of their own keeps apart. */
export function identityCandidates(collection: Collection): readonly string[] {
  const unique = new Set((collection.indexes ?? []).map(uniqueColumn));
  return collection.fields.map(({ name }) => name).filter((name) => unique.has(name.toLowerCase()) && !SYSTEM_FIELDS.has(name));
}

function uniqueColumn(index: string): string | undefined {
  const columns = /^\s*create\s+unique\s+index\b[^(]*\(([^()]*)\)/is.exec(index)?.[1];
  if (columns === undefined || columns.includes(',')) return undefined;
  return /^\s*[`"[]?(\w+)/.exec(columns)?.[1]?.toLowerCase();
}

const SECRET_LENGTH = 50;
const SECRET_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A new key for a kind of token: 300 random bits. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_LENGTH));
  return [...bytes].map((byte) => SECRET_ALPHABET[byte % SECRET_ALPHABET.length]).join('');
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** 90061 seconds as `1 day, 1 hour, 1 minute, 1 second`; undefined for what is no length of time. */
export function durationText(seconds: number): string | undefined {
  if (!Number.isSafeInteger(seconds) || seconds <= 0) return undefined;
  let left = seconds;
  const parts: string[] = [];
  for (const [unit, length] of UNITS) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return parts.join(', ');
}

export const TOKEN_KINDS = [
  { name: 'authToken', label: 'Sign-ins', ends: 'Everyone is signed out.' },
  { name: 'passwordResetToken', label: 'Links to choose a new password', ends: 'Links that were mailed no longer work.' },
  { name: 'emailChangeToken', label: 'Links to change the e-mail address', ends: 'Links that were mailed no longer work.' },
  { name: 'verificationToken', label: 'Links to confirm an address', ends: 'Links that were mailed no longer work.' },
  { name: 'fileToken', label: 'Access to protected files', ends: 'Addresses of protected files that are in use no longer work.' },
] as const satisfies readonly { name: keyof AuthOptions; label: string; ends: string }[];

export type TokenKind = (typeof TOKEN_KINDS)[number]['name'];

export interface MailKind {
  readonly template: MailTemplate;
  readonly label: string;
  /** Where the server reports problems with it. */
  readonly path: string;
  readonly placeholders: readonly string[];
  readonly read: (options: AuthOptions) => MailText;
  readonly write: (options: AuthOptions, text: MailText) => Partial<AuthOptions>;
}

export const MAIL_KINDS: readonly MailKind[] = [
  {
    template: 'verification',
    label: 'Confirm the address',
    path: 'verificationTemplate',
    placeholders: ['{TOKEN}'],
    read: (options) => options.verificationTemplate,
    write: (_, verificationTemplate) => ({ verificationTemplate }),
  },
  {
    template: 'password-reset',
    label: 'Choose a new password',
    path: 'resetPasswordTemplate',
    placeholders: ['{TOKEN}'],
    read: (options) => options.resetPasswordTemplate,
    write: (_, resetPasswordTemplate) => ({ resetPasswordTemplate }),
  },
  {
    template: 'email-change',
    label: 'Confirm a new address',
    path: 'confirmEmailChangeTemplate',
    placeholders: ['{TOKEN}'],
    read: (options) => options.confirmEmailChangeTemplate,
    write: (_, confirmEmailChangeTemplate) => ({ confirmEmailChangeTemplate }),
  },
  {
    template: 'otp',
    label: 'One-time code',
    path: 'otp.emailTemplate',
    placeholders: ['{OTP}', '{OTP_ID}'],
    read: (options) => options.otp.emailTemplate,
    write: ({ otp }, emailTemplate) => ({ otp: { ...otp, emailTemplate } }),
  },
  {
    template: 'login-alert',
    label: 'Sign-in from a new place',
    path: 'authAlert.emailTemplate',
    placeholders: ['{ALERT_INFO}'],
    read: (options) => options.authAlert.emailTemplate,
    write: ({ authAlert }, emailTemplate) => ({ authAlert: { ...authAlert, emailTemplate } }),
  },
];

/** Placeholders of every mail; `{RECORD:…}` stands for any field of the account that is not hidden. */
export const COMMON_PLACEHOLDERS = ['{APP_NAME}', '{APP_URL}'] as const;

export function recordPlaceholders(collection: Collection): readonly string[] {
  return collection.fields.filter(({ hidden, type }) => !hidden && type !== 'password').map(({ name }) => `{RECORD:${name}}`);
}

export function newProvider(name: string): OAuth2Provider {
  return { name, clientId: '', clientSecret: '', authURL: '', tokenURL: '', userInfoURL: '', displayName: '', pkce: null, extra: null };
}

/** Providers that know no addresses of their own. */
export function needsAddresses(provider: string): boolean {
  return /^oidc\d*$/.test(provider);
}

/** A JSON object as typed; undefined when it is none, null when nothing was typed. */
export function parseExtra(text: string): OAuth2Provider['extra'] | undefined {
  if (text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
