import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from './fixtures';

/** The mails to `email` that a server without SMTP has written into its data folder, oldest first. */
export async function mailsTo(data: string, email: string): Promise<readonly string[]> {
  const folder = join(data, 'mails');
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return mails.filter((mail) => mail.split(/\r?\n\r?\n/, 1)[0]?.includes(email)).map(readable);
}

/** Waits for a mail to `email` beyond the first `known`, and gives what `part` finds in it. */
export async function mailed(data: string, email: string, part: RegExp, known = 0): Promise<string> {
  const found = async () => (await mailsTo(data, email)).slice(known).map((mail) => part.exec(mail)?.[1]).filter((text) => text !== undefined);
  await expect.poll(async () => (await found()).length, { message: `a mail to ${email} with ${part}` }).toBeGreaterThan(0);
  return (await found()).at(-1) ?? '';
}

/** Bodies come in base64 or quoted-printable, each part by itself. */
function readable(mail: string): string {
  const [headers = '', ...rest] = mail.split(/\r?\n\r?\n/);
  const boundary = /boundary="?([^"\r\n;]+)/i.exec(headers)?.[1];
  if (boundary !== undefined) return headers + mail.split(`--${boundary}`).slice(1).map(readable).join('\n');
  const body = rest.join('\n\n');
  if (/transfer-encoding:\s*base64/i.test(headers)) return `${headers}\n\n${Buffer.from(body, 'base64').toString()}`;
  if (!/transfer-encoding:\s*quoted-printable/i.test(headers)) return `${headers}\n\n${body}`;
  return `${headers}\n\n${body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))}`;
}
