import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import type { Session } from '../session.ts';
import type { UnitResult } from '../units/services.ts';
import { beginRest, measureRest } from './figures-step.ts';

async function questionsFor(units: readonly UnitResult[]): Promise<{ readonly asked: readonly string[]; readonly note: string }> {
  await using host = await recordingHost();
  const asked: string[] = [];
  const run: Session['run'] = async (argv) => {
    asked.push(argv[0]);
    return { exitCode: 0, stdout: '', stderr: '' };
  };
  const session = { host, run, measure: () => ({ disk: 4096 }) } as unknown as Session;
  const { note } = await measureRest(session, await beginRest(session, units));
  return { asked, note };
}

test('packages without a unit that is up have figures without a question to the machine', async () => {
  const units: readonly UnitResult[] = [{ unit: 'hello.service', outcome: 'skipped' }];
  expect(await questionsFor(units)).toEqual({ asked: [], note: 'disk 4 KiB' });
});

test('of units that are up it is asked how long they took and what they use', async () => {
  expect((await questionsFor([{ unit: 'hello.service', outcome: 'up' }])).asked).toEqual(['systemctl', '/bin/sh']);
});
