import { ApiError } from '../api/errors';
import { claimsOf } from '../api/token';

/** The link of a mail, as far as it can be told without the server. */
export type MailLink =
  | { readonly kind: 'usable'; readonly collection: string; readonly email: string; readonly newEmail: string }
  | { readonly kind: 'expired'; readonly collection: string; readonly email: string }
  | { readonly kind: 'broken' };

/** Mail programs cut long links; those that are whole name their account's collection and address. */
export function readMailLink(token: string, now: number): MailLink {
  const { collectionId, email = '', newEmail = '', exp } = claimsOf(token) ?? {};
  if (collectionId === undefined || exp === undefined) return { kind: 'broken' };
  if (exp * 1000 <= now) return { kind: 'expired', collection: collectionId, email };
  return { kind: 'usable', collection: collectionId, email, newEmail };
}

/** Whether the server refused the link itself, and not what was typed beside it. */
export function refusesLink(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.detailWithin('token') !== undefined || error.status === 401 || error.status === 404;
}
