import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';

const PATIENCE_MS = 10_000;
const read = new Set<string>();

/** The next unread mail to an address, out of the folder where a server without SMTP leaves its mails. */
export async function mailTo(address: string, dataFolder = folderOfRun()): Promise<Email> {
  const deadline = Date.now() + PATIENCE_MS;
  do {
    for (const mail of await unread(dataFolder)) {
      if (!mail.to?.some((to) => to.address === address)) continue;
      read.add(mail.file);
      return mail;
    }
    await new Promise((done) => setTimeout(done, 25));
  } while (Date.now() < deadline);
  throw new Error(`no mail to ${address} came in ${PATIENCE_MS} ms`);
}

/** Whether there is an unread mail to an address by now. */
export async function hasMail(address: string, dataFolder = folderOfRun()): Promise<boolean> {
  return (await unread(dataFolder)).some((mail) => mail.to?.some((to) => to.address === address));
}

/** The token in the link of a mail, such as `…/_/#/auth/confirm-verification/TOKEN`. */
export function tokenIn(mail: Email, page: string): string {
  const link = new RegExp(`/_/#/auth/${page}/([\\w.-]+)`).exec(mail.html ?? '');
  if (link === null) throw new Error(`no link to ${page} in: ${mail.html}`);
  return link[1]!;
}

/** The digits that a mail tells to sign in with. */
export function codeIn(mail: Email): string {
  const code = />(\d{4,32})</.exec(mail.html ?? '');
  if (code === null) throw new Error(`no code in: ${mail.html}`);
  return code[1]!;
}

async function unread(dataFolder: string): Promise<Array<Email & { file: string }>> {
  const folder = join(dataFolder, 'mails');
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.eml') && !read.has(join(folder, name))).toSorted();
  return Promise.all(
    files.map(async (name) => ({
      ...(await PostalMime.parse(await readFile(join(folder, name)))),
      file: join(folder, name),
    })),
  );
}

function folderOfRun(): string {
  const folder = process.env.E2E_DATA;
  if (folder === undefined) throw new Error('E2E_DATA, the data folder of the server, is not set');
  return folder;
}
