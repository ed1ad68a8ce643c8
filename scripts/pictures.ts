/** Makes docs/pictures/ anew: what people see of runs, as the end-to-end tests of the workflows draw it in a browser. Look at each before it is committed. */
import { join } from 'node:path';
import { runProcess } from './testing/process.ts';

const root = join(import.meta.dirname, '..');
const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--selectProjects', 'e2e', '--runInBand'];
const env = { ...process.env, RELEASE_KIT_PICTURES: join(root, 'docs', 'pictures') };
const { exitCode } = await runProcess([process.execPath, ...jest, '--', 'test/e2e/workflows-'], { show: true, cwd: root, env });
process.exitCode = exitCode;
