import { defineConfig } from 'vite';

// The site's policy forbids inline scripts and styles, so nothing is inlined; the service worker needs a name
// that stays.
export default defineConfig({
  base: '/app/',
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    manifest: true,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rollupOptions: {
      input: { main: 'index.html', worker: 'src/offline/worker.ts' },
      output: { entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js') },
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
