// Prints the outcome of the last test run as one line, `123 passed, 0 failed, 4 skipped`, from the JSON that
// vitest writes where CI is set. Exits 1 where a test failed, or none ran.
import { readFileSync } from 'node:fs';

const NOTHING = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

function read() {
  try {
    return JSON.parse(readFileSync(new URL('../.vitest/results.json', import.meta.url), 'utf8'));
  } catch {
    return NOTHING;
  }
}

const results = read();
/** A file that could not be loaded has no tests to fail, and is a failure. */
const unloaded = results.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
).length;

const passed = results.numPassedTests;
const failed = results.numFailedTests + unloaded;
const skipped = results.numPendingTests + results.numTodoTests;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
if (passed === 0 || failed > 0) process.exitCode = 1;
