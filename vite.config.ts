import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

// what tests need on top stands in vitest.config.ts: a client is also built where they are not installed
export default defineConfig({
  root: 'client',
  plugins: [vue()],
  define: { PINYIN_ORDER: JSON.stringify(pinyinOrder()) },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 800 },
  server: {
    proxy: { '/api': { target: 'http://127.0.0.1:8008' }, '/socket.io': { target: 'http://127.0.0.1:8008', ws: true } },
  },
})

/** Characters of names in the order of pinyin, for browsers that do not know it. */
function pinyinOrder(): string {
  const BLOCKS = [
    [0x3400, 0x4dbf],
    [0x4e00, 0x9fff],
  ] as const
  const characters = BLOCKS.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)),
  )
  return characters.sort(new Intl.Collator('zh-CN-u-co-pinyin').compare).join('')
}
