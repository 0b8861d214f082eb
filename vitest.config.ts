import { defineConfig, mergeConfig } from 'vitest/config'
import client from './vite.config.ts'

export default mergeConfig(
  client,
  defineConfig({
    test: {
      root: '.',
      include: ['test/**/*.test.ts'],
      exclude: ['test/browser/**', 'node_modules/**'],
      testTimeout: 20_000,
      // every core: nothing else runs meanwhile
      maxWorkers: '100%',
    },
  }),
)
