import { type Argv, type ExecResult, inertLine } from '@release-kit/action';
import type { CommandQuestion, FileQuestion, LogQuestion, UnitQuestion } from '@release-kit/config';
import { matches } from './expression.ts';
import { notMatched } from './http-verdict.ts';
import { type HealthVerdict, healthy, quoteEnd, quoteStart, unhealthy } from './verdict.ts';

/** Lines of output or of a journal that are shown. */
const mostShown = 30;

export function judgeCommand({ exit, output }: CommandQuestion, { exitCode, stdout, stderr }: ExecResult): HealthVerdict {
  const said = `${stdout}${stderr}`;
  const end = said.trimEnd().split('\n').slice(-mostShown).join('\n');
  if (exitCode !== exit) {
    const how = exitCode === null ? 'it was ended by a signal' : `exit code ${exitCode}${exit === 0 ? '' : `, not ${exit}`}`;
    return unhealthy(`${how}; ${lastSaid(said)}`, end);
  }
  const found = output === undefined || matches(output, said);
  if (found === true) return healthy;
  return unhealthy(
    notMatched(`the output ${said.trim() === '' ? 'is empty' : `starts with "${quoteStart(said, '')}"`}`, output ?? '', found),
    end,
  );
}

const lastSaid = (text: string): string => (text.trim() === '' ? 'it said nothing' : `it said last: ${quoteEnd(text, '')}`);

export const stateArgv = ({ unit }: UnitQuestion): Argv => [
  'systemctl',
  'show',
  '--property=LoadState,ActiveState,SubState,Result',
  '--',
  unit,
];

/** Of the two states that systemctl(1) shows either may be asked for. */
export function judgeState({ state }: UnitQuestion, { stdout, stderr, exitCode }: ExecResult): HealthVerdict {
  const fields = new Map(stdout.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  const active = fields.get('ActiveState');
  const sub = fields.get('SubState');
  if (active === undefined || sub === undefined)
    return unhealthy(`systemctl does not say (exit code ${exitCode}): ${quoteEnd(stderr, 'it said nothing')}`, stderr);
  // A unit that is not there is inactive to systemd: a misspelt one must not pass.
  const load = fields.get('LoadState') ?? 'loaded';
  if (load !== 'loaded')
    return unhealthy(inertLine(load === 'not-found' ? 'there is no such unit' : `the unit cannot be used: it is ${load}`));
  if (active === state || sub === state) return healthy;
  const result = fields.get('Result') ?? 'success';
  return unhealthy(inertLine(`it is ${active} (${sub})${result === 'success' ? '' : `, result ${result}`}`));
}

/** $1: path. Prints the nearest folder above that is there; nothing when the path is there itself. */
const fileScript = `[ -e "$1" ] && exit 0
if [ -L "$1" ]; then echo "link $(readlink -- "$1")"; exit 0; fi
above=$1
while [ "$above" != / ] && [ ! -e "$above" ]; do above=$(dirname -- "$above"); done
echo "above $above"`;

export const fileArgv = ({ path }: FileQuestion): Argv => ['/bin/sh', '-c', fileScript, 'look', path];

export function judgeFile({ exitCode, stdout, stderr }: ExecResult): HealthVerdict {
  if (exitCode !== 0) return unhealthy(`it cannot be looked at (exit code ${exitCode}): ${quoteEnd(stderr, 'it said nothing')}`, stderr);
  const [, how, path = ''] = /^(link|above) (.*)$/s.exec(stdout.trimEnd()) ?? [];
  if (how === undefined) return healthy;
  return unhealthy(
    inertLine(how === 'link' ? `it is a symbolic link to ${path}, which is not there` : `it is not there; of its path there is ${path}`),
  );
}

/**
 * Lines of the present run of a unit (systemd.exec(5), $INVOCATION_ID), with what systemd says of it; without a unit those since the
 * boot, which was before the installation. $1: unit, or empty. A run that nobody knows is that of a unit that never started.
 */
const logScript = `
set -- "$1" --no-pager --quiet --output=cat --lines=5000
run=
[ -z "$1" ] || run=$(systemctl show --property=InvocationID --value -- "$1")
unit=$1; shift
if [ -n "$run" ]; then exec journalctl "$@" _SYSTEMD_INVOCATION_ID="$run" + INVOCATION_ID="$run"; fi
exec journalctl "$@" --boot $\{unit:+"--unit=$unit"}`;

export const logArgv = ({ unit }: LogQuestion): Argv => ['/bin/sh', '-c', logScript, 'log', unit ?? ''];

export function judgeLog({ line }: LogQuestion, { exitCode, stdout, stderr }: ExecResult): HealthVerdict {
  if (exitCode !== 0 && stdout === '')
    return unhealthy(`the journal cannot be read (exit code ${exitCode}): ${quoteEnd(stderr, 'it said nothing')}`, stderr);
  const said = stdout.split('\n').filter((each) => each !== '');
  const found = matches(line, said.join('\n'));
  if (found === true) return healthy;
  const last = said.at(-1);
  const message = last === undefined ? 'the journal is empty' : `the last of ${said.length} lines is "${quoteStart(last, '')}"`;
  const why = found === false ? `${message}; none matches` : notMatched(message, line, found);
  return unhealthy(why, said.slice(-mostShown).join('\n'));
}
