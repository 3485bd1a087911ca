import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import guide from './scripts/guide.mjs';

/** Flags for the machine's own Chromium: no network, no sandbox in a container. */
const chromium = {
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
};

export default defineConfig({
  plugins: [svelte(), guide()],
  base: './',
  clearScreen: false,
  server: { port: 1420, strictPort: true, fs: { allow: ['..'] } },
  build: {
    outDir: 'dist',
    target: 'safari16',
    // The content policy allows no data: address, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  // Component tests run in a browser; without this Svelte resolves to its server build.
  resolve: { conditions: ['browser', 'module', 'import', 'default'] },
  optimizeDeps: {
    include: [
      '@tiptap/core',
      '@tiptap/starter-kit',
      '@tiptap/pm/state',
      'axe-core',
      'marked',
      'temporal-polyfill',
      '@fluent/bundle',
      '@tauri-apps/api/core',
      '@tauri-apps/api/event',
      '@tauri-apps/api/mocks',
      '@tauri-apps/api/webview',
      'vitest-browser-svelte',
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', include: ['src/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'window',
          include: ['src/**/*.screen.ts'],
          setupFiles: ['src/testing/setup.ts'],
          testTimeout: 20000,
          browser: {
            enabled: true,
            headless: true,
            // Another run on this machine keeps its own port.
            api: { port: 63315, strictPort: false },
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
