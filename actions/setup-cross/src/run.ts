import { readFile } from 'node:fs/promises';
import { type Host, type InputsOf, type OutputsOf, UserError } from '@release-kit/action';
import { chooseEngine, missingTools, parseDistribution } from '@release-kit/machine';
import { hostArchitecture, strategyFor } from './architecture.ts';
import { parseOsRelease, untestedHost } from './host-system.ts';
import { install } from './install.ts';
import { installable, missingText } from './installation.ts';
import { prepareAll, proveEngine } from './preparation.ts';
import type { spec } from './spec.ts';

/** Makes this host able to build, and has the base systems ready. */
export async function run(inputs: InputsOf<typeof spec>, host: Host): Promise<OutputsOf<typeof spec>> {
  const distribution = parseDistribution(inputs.distribution);
  const strategy = strategyFor(inputs.architecture, await hostArchitecture(host));
  const system = parseOsRelease(await readFile('/etc/os-release', 'utf8').catch(() => ''));
  const warning = untestedHost(system);
  if (warning !== undefined) host.log.warning(warning);
  if (process.getuid?.() !== 0)
    throw new UserError('E_HOST', 'clean machines need root, and this is another user', { cure: 'Run with sudo.' });

  const missing = installable(await missingTools(host, distribution), system.name, inputs.mirror);
  if (missing.length > 0 && !inputs.install) throw new UserError('E_TOOL_MISSING', `this host lacks ${missingText(missing)}`);
  if (missing.length === 0) host.log.info('Nothing to install: this host has all that machines need');
  const installed = missing.length === 0 ? [] : await install(host, missing);
  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.info(`Machines run by ${engine}: ${reason}`);

  const request = { distribution, architecture: inputs.architecture, ...(inputs.mirror === undefined ? {} : { mirror: inputs.mirror }) };
  const base = await host.log.group(`Prepare base systems of ${distribution.name}`, () => prepareAll(host, request));
  await proveEngine(host, base, engine);
  return { strategy, engine, installed: installed.join('\n'), baseSystem: base.key, baseOrigin: base.origin };
}
