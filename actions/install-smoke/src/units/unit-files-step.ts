import { inertLine, nearest } from '@release-kit/action';
import type { MachineRun } from '../package-manager.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { instanceOf, type PackagedUnit, packagedUnits } from './packaged-unit.ts';
import { mistakeOf, parseVerification, type UnitMistake, type VerifyMessage } from './unit-verification.ts';

const environment = {
  LC_ALL: 'C.UTF-8',
  SYSTEMD_COLORS: '0',
  SYSTEMD_LOG_TARGET: 'console-prefixed',
  // Where it would look for a user who is logged in; nobody is.
  XDG_RUNTIME_DIR: '/run',
};

/** systemd-analyze(1) verifies all units of the packages, on the system that they are installed on. */
export async function checkUnitFiles({ run, manager, packages }: Session): Promise<Finding> {
  const packaged = packagedUnits(await manager.pathsOf(run, packages));
  if (packaged.length === 0) return { note: 'the packages bring no unit' };
  const texts = await readTexts(run, packaged);
  const problems: Problem[] = [];
  for (const scope of ['system', 'user'] as const) {
    const units = packaged.filter(({ manager }) => manager === scope);
    if (units.length === 0) continue;
    const { messages, unread } = parseVerification(await verify(run, scope, units));
    problems.push(...(await judge(run, messages, units, texts)));
    if (unread.length > 0)
      problems.push({
        category: 'unit-invalid',
        level: 'warning',
        message: 'systemd-analyze verify said something that is not understood',
        cure: 'Look at what it said.',
        evidence: unread.join('\n'),
      });
  }
  const errors = problems.filter(({ level }) => level !== 'warning').length;
  const verified = packaged.length === 1 ? 'one unit file' : `${packaged.length} unit files`;
  const mistakes = errors === 0 ? 'no mistake found' : errors === 1 ? 'one mistake' : `${errors} mistakes`;
  const warnings = problems.length - errors;
  return {
    problems,
    note: `${verified} verified, ${mistakes}${warnings === 0 ? '' : warnings === 1 ? ', one remark' : `, ${warnings} remarks`}`,
  };
}

async function verify(run: MachineRun, manager: PackagedUnit['manager'], units: readonly PackagedUnit[]): Promise<string> {
  const { stdout, stderr } = await run(['systemd-analyze', 'verify', `--${manager}`, '--man=no', '--', ...units.map(({ path }) => path)], {
    allow: 'any',
    timeout: 120_000,
    env: environment,
  });
  return `${stdout}${stderr}`;
}

/** Path to text of each unit file. */
async function readTexts(run: MachineRun, units: readonly PackagedUnit[]): Promise<ReadonlyMap<string, string>> {
  // A package may bring what never ends: regular files only, and of each no more than any author writes.
  const script = 'for path; do printf "%s\\0" "$path"; [ ! -f "$path" ] || head -c 262144 "$path" | tr -d "\\000"; printf "\\0"; done';
  const { stdout } = await run(['/bin/sh', '-c', script, 'texts', ...units.map(({ path }) => path)], {
    allow: 'any',
    timeout: 60_000,
    env: { LC_ALL: 'C.UTF-8' },
  });
  const words = stdout.split('\0');
  return new Map(units.map((unit, index) => [unit.path, words[2 * index + 1] ?? '']));
}

async function judge(
  run: MachineRun,
  messages: readonly VerifyMessage[],
  units: readonly PackagedUnit[],
  texts: ReadonlyMap<string, string>,
): Promise<readonly Problem[]> {
  const found = messages.flatMap((message) => {
    const unit = unitOf(message, units);
    // Others are read along with ours, and theirs is not our fault.
    if (unit === undefined) return [];
    const mistake = mistakeOf(message, texts.get(unit.path) ?? '');
    return mistake === undefined ? [] : [{ unit, mistake, line: message.line, sentence: message.sentence }];
  });
  const known = found.some(({ mistake }) => mistake.unknown !== undefined) ? await knownDirectives(run) : [];
  return found.map(({ unit, mistake, line, sentence }) => ({
    category: 'unit-invalid',
    level: mistake.level,
    message: inertLine(`${unit.name}${mistake.why.startsWith(':') ? '' : ' '}${mistake.why}`),
    ...cureOf(mistake, known),
    evidence: `${unit.path}${line === undefined ? '' : `:${line}`}: ${sentence}`,
    subject: { kind: 'unit', unit: unit.name, ...(mistake.setting === undefined ? {} : { setting: mistake.setting }) },
  }));
}

/** The unit of the packages that a message is about; the name of an instance stands for its template. */
function unitOf({ path, unit }: VerifyMessage, units: readonly PackagedUnit[]): PackagedUnit | undefined {
  const plain = (name: string): string => name.replace(/^\/usr\/lib\//, '/lib/');
  if (path !== undefined) return units.find((each) => plain(each.path) === plain(path));
  return (
    units.find(({ name }) => name === unit) ??
    units.find(({ name, isTemplate }) => isTemplate && unit === instanceOf(name, instanceIn(unit)))
  );
}

const instanceIn = (unit: string | undefined): string => /@(.*)\.[a-z]+$/s.exec(unit ?? '')?.[1] ?? '';

function cureOf({ unknown }: UnitMistake, known: readonly string[]): { cure?: string } {
  if (unknown === undefined) return {};
  if (known.includes(unknown)) return { cure: `Move ${inertLine(unknown)}= to the section that it belongs to.` };
  const meant = nearest(unknown, known);
  return meant === undefined ? {} : { cure: `Did you mean ${inertLine(meant)}=?` };
}

/** Names of all settings of unit files that the systemd of the machine knows; none where it does not tell. */
async function knownDirectives(run: MachineRun): Promise<readonly string[]> {
  const { stdout } = await run(['/lib/systemd/systemd', '--dump-configuration-items'], {
    allow: 'any',
    timeout: 60_000,
    env: { LC_ALL: 'C.UTF-8' },
  });
  return [...new Set([...stdout.matchAll(/^\s*([A-Za-z]\w*)=/gm)].map(([, name = '']) => name))];
}
