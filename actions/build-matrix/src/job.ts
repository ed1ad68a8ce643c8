/** One job of the matrix. The names of the fields are a contract: workflows read them as `matrix.<name>`. */
export interface Job {
  /** Unique, stable, and allowed in the name of an artifact: `hello-debian-12-amd64`. */
  readonly name: string;
  /** Folder that holds debian/. */
  readonly path: string;
  /** Name of the source package. */
  readonly package: string;
  readonly distribution: string;
  readonly architecture: string;
  /** `auto`: build-deb decides, where it can ask apt. */
  readonly strategy: 'native' | 'cross' | 'emulate' | 'auto';
  /** For `runs-on`: one label, or a list of labels that must all match. */
  readonly runner: string | readonly string[];
  /** Exactly one job of each package and distribution builds the packages of `Architecture: all`, where it has some. */
  readonly 'build-all': boolean;
  /** Exactly one job of each package and distribution builds the source package, where one is wanted. */
  readonly source: boolean;
  /** For build-deb's input `version-suffix`: tells apart what is built for several distributions; '' for one. */
  readonly 'version-suffix': string;
  /** How long the build takes, roughly; a native one takes 1. */
  readonly cost: number;
  /** For build-deb's input `artifact`. */
  readonly artifact: string;
  /** From 1; packages that are built with others of the plan are in a later stage than these. */
  readonly stage: number;
  /** false where a later job of the same distribution and architecture is built with it: that one tries both together. */
  readonly smoke: boolean;
  /** Pattern of the artifacts of earlier stages that the build needs, for download-artifact; empty when it needs none. */
  readonly needs: string;
}

/** `hello`, `debian:12`, `amd64` -> `hello-debian-12-amd64`; artifacts must not have a colon in their name. */
export function jobName(name: string, distribution: string, architecture: string): string {
  return `${name}-${distribution.replace(':', '-')}-${architecture}`;
}
