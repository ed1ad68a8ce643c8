import { UserError } from './errors.ts';

/** The first Node that has all that we use; runners start actions with it (`using: node24`). */
const needed = 24;

/** Throws E_HOST for a Node that lacks what we use, where a bundle is started by hand. */
export function refuseOldNode(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) >= needed) return;
  throw new UserError('E_HOST', `this is Node ${version}, and release-kit needs Node ${needed} or newer`, {
    cure: `Start it with Node ${needed}; a runner that knows node${needed} brings its own, and scripts/release-kit fetches one.`,
  });
}
