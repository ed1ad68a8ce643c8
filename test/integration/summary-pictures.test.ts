/** @slow 85 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { readInputs, recordingHost } from '@release-kit/action';
import { buildSummary } from '@release-kit/action-build-deb';
import * as buildMatrix from '@release-kit/action-build-matrix';
import * as lintianCheck from '@release-kit/action-lintian-check';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, tinyPackage } from '../support/packages.ts';
import { look, type Seen, type View } from '../support/pictures/browser.ts';
import { everyKind } from '../support/pictures/lint-sample.ts';
import { edge } from '../support/pictures/page.ts';
import { inkAtRightEdge } from '../support/pictures/picture.ts';
import { signingSample } from '../support/pictures/signing-sample.ts';
import { smokeSample } from '../support/pictures/smoke-sample.ts';

/** Milliseconds; the first run makes the browser's base system. */
const long = 600_000;
const widths = [
  ['desktop', 1280],
  ['phone', 390],
] as const;
const github = {
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_REPOSITORY: 'example/hello',
  GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
};

/** What the step writes for a package with defects of several kinds. */
async function realSummary(): Promise<string> {
  await using host = await machineHost({ env: github });
  const workspace = host.files.workspace;
  await mkdir(join(workspace, 'debian'));
  await writeFile(join(workspace, 'debian/control'), 'Source: tiny\n\nPackage: tiny\nArchitecture: all\nDescription: a\n');
  await writeFile(join(workspace, 'debian/install'), 'notes.txt opt/tiny\n');
  await writeFile(join(workspace, 'debian/postinst'), '#!/bin/sh\nset -e\nchown root.root /opt/tiny\n');
  await mkdir(join(workspace, 'out'));
  const files = {
    'opt/tiny/notes.txt': 'x\n',
    'usr/share/doc/tiny/README.Debian': 'teh occurence\n',
    'usr/lib/tiny/.keep': '',
    'var/run/tiny/x': '',
    'usr/share/lintian/overrides/tiny': 'tiny: no-copyright-file\ntiny: never-there\n',
  };
  const scripts = { postinst: 'chown root.root /opt/tiny', postrm: '', prerm: 'rm -r /tmp/x' };
  await manifestOf(join(workspace, 'out'), [await tinyPackage(host, join(workspace, 'out'), { name: 'tiny', files, scripts })]);
  const inputs = readInputs(lintianCheck.spec, { 'fail-on': 'never' }, { workspace, nameOf: (name) => name });
  await lintianCheck.run(inputs, host);
  return host.summary.text;
}

async function planSummary(): Promise<string> {
  await using host = await recordingHost();
  const workspace = host.files.workspace;
  await mkdir(join(workspace, 'debian'));
  await writeFile(join(workspace, 'debian/control'), 'Source: tiny\n\nPackage: tiny\nArchitecture: any\nDescription: a\n');
  await writeFile(
    join(workspace, 'release-kit.yml'),
    'architectures: [amd64, arm64, armhf, riscv64]\ndistributions: ["debian:12", "debian:13", "ubuntu:24.04"]\n',
  );
  await buildMatrix.run(readInputs(buildMatrix.spec, {}, { workspace, nameOf: (name) => name }), host);
  return host.summary.text;
}

const built = buildSummary(
  {
    schema: 1,
    sourceDateEpoch: 1_768_478_400,
    sources: [{ package: 'hello-service', version: '1.0.0+git20260101.0123456-1~deb12u1' }],
    files: ['hello-service', 'hello-service-dbgsym', 'libhello-service-with-a-long-name-dev'].map((name) => ({
      kind: 'deb',
      path: `${name}_1.0.0_amd64.deb`,
      size: 123_456,
      sha256: '0'.repeat(64),
      package: name,
      version: '1.0.0+git20260101.0123456-1~deb12u1',
      architecture: 'amd64',
      distribution: 'debian:12',
    })),
  },
  {
    distribution: 'debian:12',
    milliseconds: 83_000,
    reason: '1.0.0 of the changelog, 12 commits after the tag v1.0.0',
    warnings: 2,
    phases: ['dependencies', 'configure', 'build', 'test', 'install', 'package'].map((phase, index) => ({
      phase,
      seconds: 11.5 * index,
      cpuSeconds: 20.25 * index,
      peakMemory: 300_000_000,
      diskRead: 5_000_000,
      diskWritten: 70_000_000,
      networkReceived: 12_000_000,
      networkSent: 3_000,
    })),
    strategy: { strategy: 'cross', reason: 'make: every tool that it calls is known to cross-compile' },
  },
);

describeWithMachines('summaries in a browser, as GitHub renders Markdown', () => {
  const views: View[] = [];
  let seen: readonly Seen[] = [];

  beforeAll(async () => {
    const pages = {
      lint: await realSummary(),
      'lint-every-kind': everyKind(),
      plan: await planSummary(),
      build: built,
      smoke: smokeSample(),
      signing: signingSample(),
    };
    for (const [name, markdown] of Object.entries(pages))
      for (const [, width] of widths) views.push({ name, markdown, width, opened: true });
    await using host = await machineHost();
    seen = await look(host, views);
  }, long);

  const of = (name: string, width: number): Seen => {
    const found = seen[views.findIndex((view) => view.name === name && view.width === width)];
    if (found === undefined) throw new Error(`${name} was not looked at`);
    return found;
  };

  test.each(['lint', 'lint-every-kind', 'plan', 'build', 'smoke', 'signing'])(
    '%s fits a desktop and a phone: nothing but the inside of a table scrolls',
    (name) => {
      for (const [, width] of widths) {
        const { measures, picture } = of(name, width);
        expect([measures.viewport, picture.width]).toEqual([width, width]);
        expect(measures.contentWidth).toBeLessThanOrEqual(width);
        expect(measures.tables.length).toBeGreaterThan(0);
        for (const table of measures.tables) {
          expect(table.right).toBeLessThanOrEqual(width - edge);
          expect(table.ragged).toBe(false);
        }
        // What the numbers say, the picture shows: the edge of the page is empty, its middle is not.
        expect(inkAtRightEdge(picture, edge - 1)).toBe(0);
        expect(inkAtRightEdge(picture, width - edge)).toBeGreaterThan(1000);
      }
    },
  );

  test('the tables of a real run need no scrolling on a desktop, and those of counts not even on a phone', () => {
    expect(of('lint', 1280).measures.tables.every(({ hidden }) => hidden === 0)).toBe(true);
    expect(of('lint', 390).measures.tables[0]).toMatchObject({ hidden: 0, rows: 5, columns: 2 });
  });

  test('four systems beside each other need no scrolling on a desktop; what is folded away is evidence and single steps', () => {
    const { measures } = of('smoke', 1280);
    expect(measures.tables.every(({ hidden }) => hidden === 0)).toBe(true);
    expect(measures.folded).toBe(9);
  });

  test('what was signed and who signed needs no scrolling on a desktop, and the owner of a key is text', () => {
    const { measures } = of('signing', 1280);
    expect(measures.tables.every(({ hidden }) => hidden === 0)).toBe(true);
    expect([measures.active, measures.foreignLinks, measures.folded]).toEqual([0, 0, 4]);
  });

  test('what hostile packages write is neither an element nor a link', () => {
    for (const [, width] of widths) {
      const { measures } = of('lint-every-kind', width);
      expect([measures.active, measures.foreignLinks]).toEqual([0, 0]);
      expect(measures.folded).toBe(5);
    }
  });
});
