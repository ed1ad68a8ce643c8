import { actions } from './actions.ts';
import { secretVariables } from './given.ts';
import { runProgram } from './program.ts';

const env = { ...process.env };
// What prints or inherits the environment of this process, such as a report of Node about a crash, finds no secret in it.
for (const name of secretVariables(Object.values(actions).map(({ spec }) => spec))) delete process.env[name];

process.exitCode = await runProgram(process.argv.slice(2), {
  env,
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
});
