import type { AuthCollection, Collection, Field } from '../api/types';

/** A field for tests, as the server writes it. */
export function field(name: string, type: string, options: Partial<Field> = {}): Field {
  return { id: `${type}_${name}`, name, type, system: false, hidden: false, presentable: false, ...options };
}

export function collection(name: string, ...fields: readonly Field[]): Collection {
  return { id: `pbc_${name}`, name, type: 'base', system: false, fields: [field('id', 'text', { system: true, primaryKey: true }), ...fields] };
}

export function authCollection(name: string, ...fields: readonly Field[]): AuthCollection {
  const mail = { subject: 'Subject', body: '<p>Body</p>' };
  return {
    ...collection(name, field('email', 'email', { system: true }), ...fields),
    type: 'auth',
    authRule: '',
    manageRule: null,
    authAlert: { enabled: true, emailTemplate: mail },
    oauth2: { enabled: false, providers: [], mappedFields: { id: '', name: '', username: '', avatarURL: '' } },
    passwordAuth: { enabled: true, identityFields: ['email'] },
    mfa: { enabled: false, duration: 600, rule: '' },
    otp: { enabled: false, duration: 180, length: 8, emailTemplate: mail },
    authToken: { duration: 432_000 },
    passwordResetToken: { duration: 1800 },
    emailChangeToken: { duration: 1800 },
    verificationToken: { duration: 86_400 },
    fileToken: { duration: 180 },
    verificationTemplate: mail,
    resetPasswordTemplate: mail,
    confirmEmailChangeTemplate: mail,
  };
}
