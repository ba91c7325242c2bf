import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROGRAM = process.env.E2E_PROGRAM ?? resolve(import.meta.dirname, '../../distribution/target/ferritedb/bin/ferritedb');
const START_MS = 30_000;
const STOP_MS = 15_000;

/**
 * For a whole run: puts the server's address into FERRITEDB_URL and its data folder into E2E_DATA. One that is named there
 * is used and left running.
 */
export default async function startServerOfRun(): Promise<() => Promise<void>> {
  if (process.env.FERRITEDB_URL !== undefined) return async () => undefined;
  const { url, data, stop } = await startServer('--demo');
  process.env.FERRITEDB_URL = url;
  process.env.E2E_DATA = data;
  return stop;
}

export interface RunningServer {
  readonly url: string;
  readonly data: string;
  /** What it has printed so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts the built distribution in a folder of its own, which goes when it is stopped. */
export async function startServer(...options: readonly string[]): Promise<RunningServer> {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not built`);
  const folder = await mkdtemp(join(tmpdir(), 'ferritedb-e2e-'));
  const port = await freePort();
  const log: string[] = [];
  const data = join(folder, 'data');
  const server = spawn(PROGRAM, ['serve', ...options, '--port', String(port), '--data', data], {
    cwd: folder,
    env: withoutSettings(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server.stdout.on('data', (text: Buffer) => log.push(text.toString()));
  server.stderr.on('data', (text: Buffer) => log.push(text.toString()));

  const stop = async () => {
    await ended(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    await ready(`${url}/readyz`, server);
    return { url, data, log: () => log.join(''), stop };
  } catch (error) {
    await stop();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log.join('')}`, { cause: error });
  }
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the server ended with exit code ${server.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the server was not ready after ${START_MS} ms`);
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), STOP_MS);
  await exit;
  clearTimeout(timer);
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

/** The settings of whoever runs the tests stay out of them. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('FERRITEDB_')));
}
