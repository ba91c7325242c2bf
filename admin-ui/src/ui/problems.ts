import { ApiError, messageOf } from '../api/errors';

/** What the server says of the value at a path of the answer, such as `otp.length`. */
export type Problems = (path: string) => string | undefined;

export function problemsOf(error: unknown): Problems {
  return (path) => (error instanceof ApiError ? error.detailWithin(path) : undefined);
}

/** A refusal in a sentence, with all that is not said in place, so that no reason is lost. */
export function refusalText(error: unknown, inPlace: (path: string) => boolean): string {
  if (!(error instanceof ApiError) || error.details.length === 0) return messageOf(error);
  const others = error.details.filter(({ path }) => !inPlace(path)).map(({ path, message }) => `${path}: ${message}`);
  if (others.length > 0) return others.join(' ');
  return error.details.length === 1 ? 'One value needs another look.' : `${error.details.length} values need another look.`;
}
