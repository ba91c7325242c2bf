/** One refused value: `path` is dotted (`fields.0.name`), empty when the server named none. */
export interface ErrorDetail {
  readonly path: string;
  readonly message: string;
}

/** The server refused: any answer outside 2xx. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly details: readonly ErrorDetail[];
  /** Set when the answer asks for a second factor before it gives a token: names the sign-in that is to be gone on with. */
  readonly mfaId: string | undefined;

  constructor(status: number, body: unknown, requestId?: string) {
    const fields = isObject(body) ? body : {};
    super(typeof fields.message === 'string' && fields.message !== '' ? fields.message : `The server answered ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.code = typeof fields.code === 'string' ? fields.code : undefined;
    this.requestId = typeof fields.requestId === 'string' ? fields.requestId : requestId;
    this.details = detailsOf(fields.data, '');
    this.mfaId = typeof fields.mfaId === 'string' ? fields.mfaId : undefined;
  }

  /** What the server says of one parameter or field, if anything. */
  detail(path: string): string | undefined {
    return this.details.find((detail) => detail.path === path)?.message;
  }

  /** What the server says of `path` or of anything inside it. */
  detailWithin(path: string): string | undefined {
    return this.detail(path) ?? this.details.find((detail) => detail.path.startsWith(`${path}.`))?.message;
  }
}

/** No answer came: the server is down, or the network between is. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super('The server does not answer. Is it running?', { cause });
    this.name = 'NetworkError';
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function detailsOf(data: unknown, prefix: string): ErrorDetail[] {
  if (!isObject(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (isObject(value) && typeof value.message === 'string') return [{ path, message: value.message }];
    return detailsOf(value, path);
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
