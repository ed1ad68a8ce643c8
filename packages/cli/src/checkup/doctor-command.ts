import { type Command, Option } from 'commander';
import { variableOf } from '../given.ts';
import type { Start } from '../job.ts';
import { explain } from '../manual/command-text.ts';
import type { Surroundings } from '../surroundings.ts';
import { type DoctorPart, doctor, doctorParts } from './doctor.ts';

const help = {
  details: [
    'Of the machine: Node, root, programs, what runs clean machines, room on the disk, what killed runs left.',
    'Of the repository: release-kit.yml; debian/ of each package, and its version against the newest release; in workflows that call release-kit the triggers, permissions, inputs, secrets and pins, compared with what the workflows of this release-kit take; how long the public key lasts; with a token, whether release tags can be moved.',
    'Each finding has its file and line and says what to do. Notes fail nothing.',
  ],
  environment: [
    { word: variableOf('token'), about: 'reads the rules for tags on GitHub (contents: read); without it they are not looked at' },
  ],
  examples: [
    { command: 'release-kit doctor', about: 'Everything:' },
    { command: 'release-kit doctor --only repository', about: 'In a hook or in CI, where nothing is built:' },
  ],
};

/** `doctor`: what is missing, before it fails somewhere. */
export function addDoctor(program: Command, start: Start, { env }: Pick<Surroundings, 'env'>): void {
  explain(program.command('doctor'), help)
    .description('check whether this machine can run the pipeline and whether the repository is set up for it, and say what is missing')
    .argument('[path]', 'folder of the repository', '.')
    .addOption(new Option('--only <part>', 'look at one of both').choices(doctorParts))
    .action(async (path: string, { only }: { only?: DoctorPart }, command: Command) => {
      const token = env[variableOf('token')] || undefined;
      await start(command, 'doctor', (host, record) =>
        doctor({ path, parts: only === undefined ? doctorParts : [only], token }, host, record),
      );
    });
}
