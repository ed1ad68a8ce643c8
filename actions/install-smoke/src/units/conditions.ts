import type { MachineRun } from '../package-manager.ts';

/**
 * The Condition…= and Assert…= of a unit that did not hold, such as `ConditionPathExists=/etc/x.conf`; all it has when systemd has
 * forgotten which, as it does when it is reloaded. Raw.
 */
export async function unmetConditions(run: MachineRun, unit: string): Promise<readonly string[]> {
  const path = `/org/freedesktop/systemd1/unit/${busLabel(unit)}`;
  const { stdout } = await run(
    ['busctl', 'get-property', 'org.freedesktop.systemd1', path, 'org.freedesktop.systemd1.Unit', 'Conditions', 'Asserts'],
    { allow: 'any', timeout: 30_000, env: { LC_ALL: 'C.UTF-8' } },
  );
  return parseConditions(stdout);
}

/** All but letters and digits of ASCII as `_` and two hexadecimal digits; sd_bus_path_encode(3). */
export function busLabel(name: string): string {
  const escaped = [...Buffer.from(name)].map((byte, index) => {
    const character = String.fromCharCode(byte);
    const isPlain = index === 0 ? /[A-Za-z]/.test(character) : /[A-Za-z0-9]/.test(character);
    return isPlain ? character : `_${byte.toString(16).padStart(2, '0')}`;
  });
  return escaped.join('');
}

/**
 * Reads what busctl(1) prints of `a(sbbsi)`: name, whether it triggers (`|`), whether it is negated (`!`), parameter, and the state,
 * which is below zero when it did not hold; org.freedesktop.systemd1(5).
 */
export function parseConditions(text: string): readonly string[] {
  const unmet: string[] = [];
  const untested: string[] = [];
  for (const line of text.split('\n').filter((each) => each.startsWith('a(sbbsi) '))) {
    for (const [, name, trigger, negate, parameter, state] of line.matchAll(
      /"(\w+)" (true|false) (true|false) "((?:[^"\\]|\\.)*)" (-?\d+)/g,
    )) {
      const setting = `${name}=${trigger === 'true' ? '|' : ''}${negate === 'true' ? '!' : ''}${parameter}`;
      if (Number(state) < 0) unmet.push(setting);
      else if (Number(state) === 0) untested.push(setting);
    }
  }
  return unmet.length > 0 ? unmet : untested;
}
