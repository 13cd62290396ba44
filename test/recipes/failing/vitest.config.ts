import { defineConfig } from 'vitest/config';

/** Tests that fail as they should: test/server/vitest-failures.test.ts runs them and reads what is printed. */
const config = defineConfig({ test: { include: ['*.spec.ts'], fileParallelism: false } });

// vitest wants it so.
export default config;
