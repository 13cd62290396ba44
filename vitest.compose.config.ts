import { defineConfig } from 'vitest/config';

/** The tests in real containers: one stack for all of them, one file after the other. */
const ci = process.env['CI'] !== undefined && process.env['CI'] !== '';

export default defineConfig({
  test: {
    include: ['test/compose/**/*.test.ts'],
    globalSetup: ['test/compose/world.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 600_000,
    reporters: ci ? ['default', ['json', { outputFile: '.vitest/compose.json' }]] : ['default'],
  },
});
