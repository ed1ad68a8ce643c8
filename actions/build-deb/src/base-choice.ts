import { type BaseRequest, basePackages, ownArchitecture } from '@release-kit/machine';
import type { BaseNeeds } from './build-once.ts';

type Choice = Pick<BaseNeeds, 'distribution' | 'architecture' | 'strategy' | 'mirror' | 'image'>;

/** The base system that a build happens in: of our own architecture where it cross-compiles. */
export const buildBaseRequest = (choice: Choice): BaseRequest => requestOf(choice, buildArchitecture(choice));

/**
 * The base system to look at packages in, of any architecture: our own, which is the fastest. A user's image is used for it as
 * well, since there may be no archive to make another from; it has the architecture that was built in.
 */
export const helperBaseRequest = (choice: Choice): BaseRequest =>
  requestOf(choice, choice.image === undefined ? ownArchitecture() : buildArchitecture(choice));

const buildArchitecture = ({ strategy, architecture }: Choice): string => (strategy === 'cross' ? ownArchitecture() : architecture);

function requestOf({ distribution, mirror, image }: Choice, architecture: string): BaseRequest {
  return {
    distribution,
    architecture,
    packages: basePackages.build,
    ...(mirror === undefined ? {} : { mirror }),
    ...(image === undefined ? {} : { image }),
  };
}
