import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../admin-ui/e2e/server.ts';

const GUIDE = resolve(import.meta.dirname, '../../../docs/sdk.md');
const SAMPLE = /```js\n(.*?)```\n```text\n(.*?)```/gs;
// Within this package, where `pocketbase` is found.
const PROGRAMS = resolve(import.meta.dirname, '../target');

describe('the guide', () => {
  let url: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    ({ url, stop } = await startServer('--demo'));
  });

  afterAll(() => stop?.());

  const samples = [...readFileSync(GUIDE, 'utf8').matchAll(SAMPLE)].map(([, program, printed]) => ({
    program,
    printed,
  }));

  it('has samples', () => expect(samples).not.toEqual([]));

  it.each(samples)('tells what its sample prints', ({ program, printed }) => {
    mkdirSync(PROGRAMS, { recursive: true });
    const file = join(PROGRAMS, 'sample.mjs');
    writeFileSync(file, program!.replaceAll('http://127.0.0.1:8090', url));
    const { stdout, stderr, status } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 15_000 });

    expect({ stdout, stderr, status }).toEqual({ stdout: printed, stderr: '', status: 0 });
  });
});
