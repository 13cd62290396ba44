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

function read(name) {
  try {
    return JSON.parse(readFileSync(new URL(`../.vitest/${name}.json`, import.meta.url), 'utf8'));
  } catch {
    return NOTHING;
  }
}

/** A file that could not be loaded has no tests to fail, and is a failure. */
const unloadedIn = ({ testResults }) =>
  testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;

// Those in real containers are there only where containers are.
const runs = ['results', 'compose'].map(read);
const sum = (count) => runs.reduce((all, run) => all + count(run), 0);

const passed = sum((run) => run.numPassedTests);
const failed = sum((run) => run.numFailedTests + unloadedIn(run));
const skipped = sum((run) => run.numPendingTests + run.numTodoTests);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
if (passed === 0 || failed > 0) process.exitCode = 1;
