import { readDuration } from '@release-kit/action';
import type { RawConfig } from './raw-config.ts';
import type { FileCheck, ServiceCheck, SmokeConfig } from './smoke-config.ts';

/** The section `smoke` with every default filled in. */
export function smokeConfig(raw: NonNullable<RawConfig['smoke']>): SmokeConfig {
  return {
    targets: [],
    unreachable: 'fail',
    services: (raw.services ?? []).map(serviceCheck),
    checks: [],
    commands: raw.commands ?? [],
    files: (raw.files ?? []).map(fileCheck),
    ports: undefined,
    allow: { changes: [], leftovers: [], modes: [] },
    recommends: true,
    beside: [],
    preseed: undefined,
    previous: undefined,
    figures: {
      ...{ install: undefined, active: undefined, healthy: undefined, memory: undefined, processor: undefined, disk: undefined },
      exceeded: 'warn',
    },
    autopkgtest: true,
    piuparts: false,
  };
}

function serviceCheck({ unit, healthy }: { unit: string; healthy?: { http: string; within?: string } }): ServiceCheck {
  return { unit, healthy: healthy && { http: healthy.http, within: readDuration('within', healthy.within ?? '30s') } };
}

function fileCheck(check: { path: string; mode?: string; owner?: string; group?: string }): FileCheck {
  return { path: check.path, mode: check.mode, owner: check.owner, group: check.group };
}
