import react from '@vitejs/plugin-react'
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite'

const SERVER = process.env['PORTREEVE_DEV_SERVER'] ?? 'http://127.0.0.1:8470'
/** What the server fills in for every answer (platform/http/pages/static-site.ts). */
const NONCE = '__NONCE__'
const BASE_PATH = '__BASE_PATH__'

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  // Files find one another relatively, so that the server may be anywhere below a proxy's path.
  base: command === 'build' ? './' : '/console/',
  plugins: [react(), command === 'build' ? absoluteFromBasePath() : withoutBasePath()],
  html: command === 'build' ? { cspNonce: NONCE } : {},
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
  },
  server: {
    proxy: {
      // Everything but the console itself.
      '^/(?!console(/|$))': { target: SERVER },
    },
  },
}))

/** The page is served at every depth, so what it names has to begin at the root of the server. */
function absoluteFromBasePath(): Plugin {
  return {
    name: 'portreeve-absolute-from-base-path',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replaceAll('"./assets/', `"${BASE_PATH}/console/assets/`),
    },
  }
}

function withoutBasePath(): Plugin {
  const tags: HtmlTagDescriptor[] = []
  return {
    name: 'portreeve-without-base-path',
    transformIndexHtml: (html) => ({ html: html.replaceAll(BASE_PATH, ''), tags }),
  }
}
