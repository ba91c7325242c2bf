// Called by Maven: installs the npm packages when the lock file changed, builds when a source changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const SKIPPED = new Set(['node_modules', 'dist', 'target', 'test-results', 'playwright-report']);
const STAMP = join('target', 'npm-build.stamp');
// Hashed names change with each build: what Maven copied of an older one would stay in the JAR.
const COPIED = join('target', 'classes', 'META-INF', 'ferritedb', 'admin');
const INSTALL_STAMP = join('node_modules', '.ferritedb-install.stamp');

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

function sameAs(stamp, value) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
}

function npm(...args) {
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync(windows ? 'npm.cmd' : 'npm', args, { stdio: ['ignore', 2, 2], shell: windows });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (existsSync('package.json')) {
  const packages = digest(['package.json', 'package-lock.json'].filter((file) => existsSync(file)));
  if (!sameAs(INSTALL_STAMP, packages)) {
    npm(existsSync('package-lock.json') ? 'ci' : 'install', '--no-audit', '--no-fund');
    writeFileSync(INSTALL_STAMP, digest(['package.json', 'package-lock.json'].filter((file) => existsSync(file))));
  }
  const sources = digest(filesBelow('.'));
  if (!existsSync('dist') || !sameAs(STAMP, sources)) {
    rmSync(STAMP, { force: true });
    rmSync(COPIED, { recursive: true, force: true });
    npm('run', 'build');
    mkdirSync('target', { recursive: true });
    writeFileSync(STAMP, sources);
  }
}
