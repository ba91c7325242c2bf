// Called by Maven: installs the npm packages when the lock file changed, checks the types, runs the tests.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const INSTALL_STAMP = join('node_modules', '.ferritedb-install.stamp');

function run(program, ...args) {
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync(windows ? `${program}.cmd` : program, args, {
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(INSTALL_STAMP) || readFileSync(INSTALL_STAMP, 'utf8') !== lock) {
  run('npm', 'ci', '--no-audit', '--no-fund');
  writeFileSync(INSTALL_STAMP, lock);
}
run('npm', 'run', '--silent', 'check');
run('npm', 'run', '--silent', 'test');
