/**
 * `npm test`: format, lint, types, then every test (unit, property, integration, end to end in a real headless
 * browser). Arguments go on to the test runner. Closes with "N passed, N failed[, N skipped]".
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureBuilt, ensureInstalled, pinnedNode, ROOT } from './toolchain.mjs';

ensureInstalled();
const bin = join(ROOT, 'node_modules', '.bin');
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
const node = pinnedNode();

/** One of the checks that are not tests: counts as one passed or one failed. */
const check = (name, args) => {
  process.stdout.write(`\n— ${name}\n`);
  const { status } = spawnSync(node, args, { cwd: ROOT, stdio: 'inherit', env });
  return status === 0;
};

const checks = [
  check('format and lint', [join(ROOT, 'node_modules/@biomejs/biome/bin/biome'), 'ci', '.']),
  check('types', [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b']),
];
ensureBuilt();

process.stdout.write('\n— tests\n');
const report = join(ROOT, 'out', 'test-report.json');
mkdirSync(join(ROOT, 'out'), { recursive: true });
rmSync(report, { force: true });
const run = spawnSync(
  node,
  [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: ROOT, stdio: 'inherit', env },
);

let passed = checks.filter(Boolean).length;
let failed = checks.length - passed;
let skipped = 0;
if (existsSync(report)) {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  skipped += result.numPendingTests + (result.numTodoTests ?? 0);
  for (const file of result.testResults) {
    const names = file.assertionResults.filter(
      (item) => item.status !== 'passed' && item.status !== 'failed',
    );
    for (const item of names) process.stdout.write(`skipped: ${item.fullName}\n`);
  }
}
// A file that cannot be loaded, or an error outside of any test, fails the run without a failed test.
if (run.status !== 0 && failed === 0) failed += 1;
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed === 0 ? 0 : 1;
