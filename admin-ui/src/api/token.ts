/** What the admin UI reads of a token. Nothing here is proven: only the server can tell whether a token is genuine. */
export interface Claims {
  readonly collectionId?: string;
  readonly email?: string;
  readonly newEmail?: string;
  /** Seconds since 1970. */
  readonly exp?: number;
}

/** The claims of a JWT; undefined when `token` is none. */
export function claimsOf(token: string): Claims | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(decodeBase64Url(payload));
    if (typeof claims !== 'object' || claims === null) return undefined;
    const { collectionId, email, newEmail, exp } = claims as Record<string, unknown>;
    return {
      ...(typeof collectionId === 'string' ? { collectionId } : {}),
      ...(typeof email === 'string' ? { email } : {}),
      ...(typeof newEmail === 'string' ? { newEmail } : {}),
      ...(typeof exp === 'number' ? { exp } : {}),
    };
  } catch {
    return undefined;
  }
}

function decodeBase64Url(text: string): string {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
