/** The shapes of the wire contract that the admin UI reads. */

export const FIELD_TYPES = [
  'text',
  'number',
  'bool',
  'email',
  'url',
  'editor',
  'date',
  'autodate',
  'select',
  'relation',
  'file',
  'json',
  'password',
  'geoPoint',
] as const;

export type FieldType = (typeof FIELD_TYPES)[number];

/** A field of a collection. Options that only some types have are optional here: the server leaves them out elsewhere. */
export interface Field {
  readonly id: string;
  readonly name: string;
  /** One of {@link FIELD_TYPES}, or a type that this version of the UI does not know. */
  readonly type: string;
  readonly system: boolean;
  readonly hidden: boolean;
  readonly presentable: boolean;
  readonly required?: boolean;
  readonly help?: string;
  readonly primaryKey?: boolean;
  readonly values?: readonly string[] | null;
  readonly maxSelect?: number;
  readonly collectionId?: string;
  readonly protected?: boolean;
}

export type CollectionType = 'base' | 'auth' | 'view';

export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly type: CollectionType;
  readonly system: boolean;
  readonly fields: readonly Field[];
  readonly indexes?: readonly string[];
  readonly updated?: string;
}

export interface MailText {
  readonly subject: string;
  readonly body: string;
}

/** One way to sign in elsewhere, as an auth collection keeps it. */
export interface OAuth2Provider {
  readonly name: string;
  readonly clientId: string;
  /** Never read back: absent in answers, and kept by the server when absent in a change. */
  readonly clientSecret?: string;
  readonly authURL: string;
  readonly tokenURL: string;
  readonly userInfoURL: string;
  readonly displayName: string;
  readonly pkce: boolean | null;
  readonly extra: Readonly<Record<string, unknown>> | null;
}

/** What the server can do without further addresses. */
export interface OAuth2ProviderInfo {
  readonly name: string;
  readonly displayName: string;
  /** SVG text. */
  readonly logo: string;
}

/** Durations in seconds. */
export interface TokenOptions {
  readonly duration: number;
  /** Never read back; a new one ends all tokens of the kind. */
  readonly secret?: string;
}

/** What an auth collection has beyond others. A rule that is null lets nobody but superusers, an empty one everyone. */
export interface AuthOptions {
  readonly authRule: string | null;
  readonly manageRule: string | null;
  readonly authAlert: { readonly enabled: boolean; readonly emailTemplate: MailText };
  readonly oauth2: {
    readonly enabled: boolean;
    readonly providers: readonly OAuth2Provider[];
    readonly mappedFields: { readonly id: string; readonly name: string; readonly username: string; readonly avatarURL: string };
  };
  readonly passwordAuth: { readonly enabled: boolean; readonly identityFields: readonly string[] };
  readonly mfa: { readonly enabled: boolean; readonly duration: number; readonly rule: string };
  readonly otp: { readonly enabled: boolean; readonly duration: number; readonly length: number; readonly emailTemplate: MailText };
  readonly authToken: TokenOptions;
  readonly passwordResetToken: TokenOptions;
  readonly emailChangeToken: TokenOptions;
  readonly verificationToken: TokenOptions;
  readonly fileToken: TokenOptions;
  readonly verificationTemplate: MailText;
  readonly resetPasswordTemplate: MailText;
  readonly confirmEmailChangeTemplate: MailText;
}

export type AuthCollection = Collection & AuthOptions;

export type CollectionChanges = Partial<AuthOptions>;

/** The sections of the settings that the admin UI edits. */
export interface Settings {
  readonly meta: { readonly appName: string; readonly appURL: string; readonly senderName: string; readonly senderAddress: string };
  readonly smtp: {
    readonly enabled: boolean;
    readonly host: string;
    readonly port: number;
    readonly username: string;
    /** Never read back; kept by the server when absent in a change. */
    readonly password?: string;
    readonly authMethod: string;
    readonly tls: boolean;
    readonly localName: string;
  };
}

export type SettingsChanges = { readonly [Section in keyof Settings]?: Partial<Settings[Section]> };

export type MailTemplate = 'verification' | 'password-reset' | 'email-change' | 'otp' | 'login-alert';

export interface NewPassword {
  readonly password: string;
  readonly passwordConfirm: string;
}

export type RecordValue = unknown;

export interface RecordItem {
  readonly id: string;
  readonly collectionId: string;
  readonly collectionName: string;
  readonly [field: string]: RecordValue;
}

/** `totalItems` and `totalPages` are -1 when the request said `skipTotal`. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly perPage: number;
  readonly totalItems: number;
  readonly totalPages: number;
}

export interface AuthResponse {
  readonly token: string;
  readonly record: RecordItem;
}

/** What somebody did, or tried to do. */
export interface AuditEntry {
  readonly time: string;
  /** `guest`, `operator`, or an account as `collection/id`. */
  readonly actor: string;
  readonly action: string;
  readonly resource: string;
  readonly id: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly address: string;
  readonly agent: string;
  readonly requestId: string;
}
