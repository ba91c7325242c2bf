import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mantineVariables } from './build/mantineVariables.ts';
import { precompress } from './build/precompress.ts';
import { theme } from './src/app/theme.ts';

const server = process.env.FERRITEDB_URL ?? 'http://127.0.0.1:8090';

export default defineConfig({
  base: '/admin/',
  plugins: [react(), mantineVariables(theme), precompress()],
  build: {
    target: 'es2023',
    // A data: URL in a style sheet or script would need its own exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: { '/api': server },
  },
});
