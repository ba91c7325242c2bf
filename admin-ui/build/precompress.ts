import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(html|js|css|svg|json)$/;

/** Below this many bytes the headers of an answer outweigh what compression saves. */
const MIN_BYTES = 512;

/** Puts a `.gz` and a `.br` twin beside each text asset, so that the server never compresses, and reports the sizes. */
export function precompress(): Plugin {
  let folder = 'dist';
  return {
    name: 'ferritedb-precompress',
    apply: 'build',
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: () => {
      let plainTotal = 0;
      let gzipTotal = 0;
      let brotliTotal = 0;
      for (const path of files(folder).filter((file) => COMPRESSIBLE.test(file))) {
        const plain = readFileSync(path);
        if (plain.length < MIN_BYTES) continue;
        const gzip = gzipSync(plain, { level: 9 });
        const brotli = brotliCompressSync(plain, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
        });
        writeFileSync(`${path}.gz`, gzip);
        writeFileSync(`${path}.br`, brotli);
        plainTotal += plain.length;
        gzipTotal += gzip.length;
        brotliTotal += brotli.length;
      }
      const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
      console.log(
        `${relative(process.cwd(), folder)}: ${kilobytes(plainTotal)} plain, ${kilobytes(gzipTotal)} gzip, ${kilobytes(brotliTotal)} brotli`,
      );
    },
  };
}

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}
