import { defineConfig } from 'vitest/config';

const ci = process.env['CI'] !== undefined && process.env['CI'] !== '';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need real containers and have a configuration of their own.
    exclude: ['test/compose/**'],
    restoreMocks: true,
    unstubEnvs: true,
    testTimeout: 20_000,
    reporters: ci ? ['default', ['json', { outputFile: '.vitest/results.json' }]] : ['default'],
    coverage: {
      provider: 'v8',
      include: ['server/**/*.ts', 'src/**/*.ts', 'base/**/*.ts'],
      exclude: ['**/main.ts'],
      thresholds: { lines: 95, branches: 90 },
    },
  },
});
