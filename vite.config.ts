import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

// what tests need on top stands in vitest.config.ts: a client is also built where they are not installed
export default defineConfig({
  root: 'client',
  plugins: [vue()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 800 },
  server: {
    proxy: { '/api': { target: 'http://127.0.0.1:8008' }, '/socket.io': { target: 'http://127.0.0.1:8008', ws: true } },
  },
})
