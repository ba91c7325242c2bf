import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const CLASS_PATH = resolve(import.meta.dirname, '../../target/oidc.classpath');
const START_MS = 30_000;

/** What the server's tokens and its userinfo endpoint tell of whoever signs in. */
export interface Person {
  sub: string;
  email: string;
  email_verified: boolean;
  name: string;
}

/** Starts an OpenID Connect server at which `person` is signed in already: it sends browsers back at once. */
export async function startOidc(person: Person): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const classPath = (await readFile(CLASS_PATH, 'utf8')).trim();
  const java = process.env.JAVA_HOME === undefined ? 'java' : join(process.env.JAVA_HOME, 'bin', 'java');
  const server = spawn(java, ['-cp', classPath, 'no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt'], {
    env: { ...process.env, SERVER_PORT: String(port), JSON_CONFIG: JSON.stringify(configuration(person)) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  const url = `http://127.0.0.1:${port}/default`;
  const deadline = Date.now() + START_MS;
  while (!(await fetch(`${url}/.well-known/openid-configuration`).catch(() => undefined))?.ok) {
    if (Date.now() > deadline || server.exitCode !== null) {
      await stop();
      throw new Error('the OpenID Connect server did not start');
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return { url, stop };
}

function configuration(person: Person) {
  return {
    interactiveLogin: false,
    tokenCallbacks: [
      {
        issuerId: 'default',
        tokenExpiry: 300,
        requestMappings: [{ requestParam: 'grant_type', match: 'authorization_code', claims: person }],
      },
    ],
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
