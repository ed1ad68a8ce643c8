import { actions } from './actions.ts';
import { secretVariables } from './given.ts';
import { tellLostOutput } from './lost-output.ts';
import { runProgram } from './program.ts';

const env = { ...process.env };
// What prints or inherits the environment of this process, such as a report of Node about a crash, finds no secret in it.
for (const name of secretVariables(Object.values(actions).map(({ spec }) => spec))) delete process.env[name];

const { stdout, stderr } = process;
process.exitCode = await tellLostOutput(process, () => runProgram(process.argv.slice(2), { env, stdout, stderr, cwd: process.cwd() }));
