import PocketBase, { ClientResponseError, type CollectionModel, type RecordModel } from 'pocketbase';

/** The superuser of `serve --demo`; for another server, FERRITEDB_SUPERUSER names an e-mail and password, by a colon apart. */
const [EMAIL, PASSWORD] = (process.env.FERRITEDB_SUPERUSER ?? 'admin@ferritedb.dev:Admin123!').split(/:(.*)/s) as [
  string,
  string,
];
export const SUPERUSER = { email: EMAIL, password: PASSWORD };

export function guest(url = serverUrl()): PocketBase {
  return new PocketBase(url);
}

export async function superuser(url = serverUrl()): Promise<PocketBase> {
  const pb = guest(url);
  await pb.collection('_superusers').authWithPassword(SUPERUSER.email, SUPERUSER.password);
  return pb;
}

export async function signedIn(
  collection: string,
  email: string,
  password = PASSWORD_OF_ACCOUNTS,
): Promise<PocketBase> {
  const pb = guest();
  await pb.collection(collection).authWithPassword(email, password);
  return pb;
}

export const PASSWORD_OF_ACCOUNTS = 'correct horse battery';

/** A body for an account: its e-mail, the password of all accounts here, and whatever else it holds. */
export function account(email: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { email, password: PASSWORD_OF_ACCOUNTS, passwordConfirm: PASSWORD_OF_ACCOUNTS, ...more };
}

/** What the body of a collection holds when it is created; its fields need only be what is not their default. */
export interface Definition extends Omit<Partial<CollectionModel>, 'fields'> {
  name: string;
  fields?: Array<{ name: string; type: string; [option: string]: unknown }>;
}

/** Creates collections, each open to everybody unless it says otherwise. */
export async function define(pb: PocketBase, ...collections: Definition[]): Promise<CollectionModel[]> {
  const created: CollectionModel[] = [];
  for (const collection of collections) {
    const open = collection.type === 'view' ? OPEN_VIEW : OPEN;
    created.push(await pb.collections.create({ ...open, ...collection }));
  }
  return created;
}

const OPEN_VIEW = { listRule: '', viewRule: '' };
const OPEN = { ...OPEN_VIEW, createRule: '', updateRule: '', deleteRule: '' };

/** A record id that says whose it is. */
export function id(name: string): string {
  return name.padEnd(15, '0');
}

export async function refusal(attempt: Promise<unknown>): Promise<ClientResponseError> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof ClientResponseError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

export function named(records: RecordModel[], field = 'name'): unknown[] {
  return records.map((record) => record[field]);
}

function serverUrl(): string {
  const url = process.env.FERRITEDB_URL;
  if (url === undefined) throw new Error('FERRITEDB_URL is not set');
  return url;
}
