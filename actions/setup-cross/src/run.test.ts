import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { run, spec } from './index.ts';

const inputs = { distribution: 'debian:12', architecture: 'amd64', install: false, engine: 'auto', mirror: undefined } as const;

describe('what cannot work is told before anything is done', () => {
  test('an unknown distribution', async () => {
    await using host = await recordingHost();
    await expect(run({ ...inputs, distribution: 'debain:12' }, host)).rejects.toThrowWithCode('E_DISTRIBUTION', /did you mean debian:12/);
  });

  test("an architecture that is not the host's", async () => {
    await using host = await recordingHost();
    await expect(run({ ...inputs, architecture: 'riscv64' }, host)).rejects.toThrowWithCode('E_ARCHITECTURE', /later version/);
    expect(host.recorded.lines).toEqual([]);
  });
});

test('asks for no permission but to read', () => {
  expect(spec.permissions.map(({ permission }) => permission)).toEqual(['contents: read']);
});
